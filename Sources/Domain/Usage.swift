/// The tokens one response was billed for; the kinds do not overlap.
package struct Usage: Hashable, Sendable, Codable {
    /// Prompt tokens that were neither read from nor written to a cache.
    package var inputTokens: Int
    /// Everything the model wrote, reasoning included.
    package var outputTokens: Int
    package var cacheReadTokens: Int
    /// Cache entries that live five minutes (OpenAI: thirty).
    package var cacheWrite5mTokens: Int
    /// Cache entries that live an hour (OpenAI: twelve).
    package var cacheWrite1hTokens: Int
    /// The part of the output that was reasoning, where the log says so.
    package var reasoningTokens: Int
    /// Searches the provider ran and bills by the request.
    package var webSearchRequests: Int

    package init(
        inputTokens: Int = 0,
        outputTokens: Int = 0,
        cacheReadTokens: Int = 0,
        cacheWrite5mTokens: Int = 0,
        cacheWrite1hTokens: Int = 0,
        reasoningTokens: Int = 0,
        webSearchRequests: Int = 0
    ) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cacheReadTokens = cacheReadTokens
        self.cacheWrite5mTokens = cacheWrite5mTokens
        self.cacheWrite1hTokens = cacheWrite1hTokens
        self.reasoningTokens = reasoningTokens
        self.webSearchRequests = webSearchRequests
    }

    package static let zero = Usage()

    /// The whole prompt as the model saw it, cached or not.
    package var promptTokens: Int { inputTokens &+ cacheReadTokens &+ cacheWriteTokens }

    package var cacheWriteTokens: Int { cacheWrite5mTokens &+ cacheWrite1hTokens }

    package var totalTokens: Int { promptTokens &+ outputTokens }

    package static func + (a: Usage, b: Usage) -> Usage {
        Usage(
            inputTokens: a.inputTokens &+ b.inputTokens,
            outputTokens: a.outputTokens &+ b.outputTokens,
            cacheReadTokens: a.cacheReadTokens &+ b.cacheReadTokens,
            cacheWrite5mTokens: a.cacheWrite5mTokens &+ b.cacheWrite5mTokens,
            cacheWrite1hTokens: a.cacheWrite1hTokens &+ b.cacheWrite1hTokens,
            reasoningTokens: a.reasoningTokens &+ b.reasoningTokens,
            webSearchRequests: a.webSearchRequests &+ b.webSearchRequests
        )
    }

    package static func += (a: inout Usage, b: Usage) { a = a + b }
}
