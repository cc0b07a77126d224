package import Domain

/// What the classifying model is asked about a request that no pattern knows.
///
/// Send it with an upstream key of the gateway's own: a client's credential is never spent on it.
package struct ClassifierQuestion: Hashable, Sendable {
    package var model: ModelID
    package var system: String
    package var text: String
    package var maxOutputTokens: Int
    /// After so long the requested model is kept: pass ``Classification/failed(_:)``.
    package var timeoutMilliseconds: Int
    /// Equal for questions whose answers can be shared.
    package var cacheKey: String

    package init(
        model: ModelID,
        system: String,
        text: String,
        maxOutputTokens: Int,
        timeoutMilliseconds: Int,
        cacheKey: String
    ) {
        self.model = model
        self.system = system
        self.text = text
        self.maxOutputTokens = maxOutputTokens
        self.timeoutMilliseconds = timeoutMilliseconds
        self.cacheKey = cacheKey
    }
}

/// What came of a ``ClassifierQuestion``.
package enum Classification: Hashable, Sendable {
    case simple
    case complex
    /// No answer in time, an error, or an answer that is not one of the two words; the text says which.
    case failed(String)

    /// Reads the classifying model's reply; only the exact word counts.
    package init(reply: String) { self = .failed("unreadable") }
}
