/// What a conversion dropped by rule, counted: shown in the metrics and in the ledger.
package struct ConversionLoss: Hashable, Sendable {
    /// Each is a row in `Docs/Formats.md`; the raw value is its label in the metrics.
    package enum Kind: String, CaseIterable, Sendable, Codable {
        case thinking
        case cacheMarker = "cache-marker"
        case attribution
        case prefill
        case topK = "top-k"
        case sampling
        case stopSequences = "stop-sequences"
        case effort
        case thinkingBudget = "thinking-budget"
        case serverTool = "server-tool"
        case contextManagement = "context-management"
        case citations
        case imageDetail = "image-detail"
        case documentDetail = "document-detail"
        case jsonMode = "json-mode"
        case strictness
        case malformedArguments = "malformed-arguments"
        case metadata
        case serviceTier = "service-tier"
        case verbosity
        case logProbabilities = "log-probabilities"
        case phase
        /// A field the gateway does not know.
        case unknownField = "unknown-field"
        /// A part of a kind that the other format has no word for.
        case unknownPart = "unknown-part"
    }

    package private(set) var counts: [Kind: Int] = [:]

    package init() {}

    package var isEmpty: Bool { counts.isEmpty }

    package mutating func count(_ kind: Kind, times: Int = 1) {
        guard times > 0 else { return }
        counts[kind, default: 0] += times
    }

    package mutating func add(_ other: ConversionLoss) {
        for (kind, times) in other.counts { count(kind, times: times) }
    }
}
