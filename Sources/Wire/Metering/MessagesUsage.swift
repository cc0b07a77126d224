package import Domain
internal import JSONText

/// `usage` of Anthropic's Messages API, which a stream tells in parts: each part overwrites what it names.
package struct MessagesUsage: Hashable, Sendable {
    private var counts = Usage.zero
    private var flatCacheWriteTokens = 0
    package private(set) var mode = ServingMode.standard
    private var iterations: [Iteration] = []

    /// A try at the reply, or what was spent beside it.
    private struct Iteration: Hashable, Sendable {
        var counts = MessagesCounts()
        var model: String?
        /// Of a compaction or an advisor: never part of the totals.
        var isBeside = false
    }

    package init() {}

    /// The tokens of the attempt that gave the reply.
    ///
    /// `input_tokens` is without what was read from or written to a cache. Where only the flat count of written tokens
    /// is told, they live five minutes.
    package var usage: Usage { counts.settling(flatCacheWriteTokens) }

    /// Tries and side work that are billed besides ``usage``, each on its own model or else on the reply's.
    package func earlierAttempts(of model: ModelID) -> [Attempt] {
        let beside = iterations.filter(\.isBeside)
        let tries = iterations.filter { !$0.isBeside }
        return (beside + tries.dropLast(isSum(of: tries) ? tries.count : 1)).map {
            Attempt(model: $0.model.map { RequestedModel($0).id } ?? model, usage: $0.counts.usage)
        }
    }

    /// Whether the usage already is all tries together, and so hides none.
    private func isSum(of tries: [Iteration]) -> Bool {
        guard let last = tries.last, last.counts.usage.totalTokens != usage.totalTokens else { return false }
        return tries.reduce(0) { $0 + $1.counts.usage.totalTokens } == usage.totalTokens
    }

    /// Takes over what the next value tells; anything but an object tells nothing.
    mutating func read(_ scanner: inout JSONScanner) {
        var told = MessagesCounts(usage: counts, flatCacheWriteTokens: flatCacheWriteTokens)
        scanner.eachMember { key, scanner in
            if told.read(key, &scanner) { return }
            switch key.count {
            case 5 where key.is("speed"): mode.isFast = scanner.text()?.is("fast") ?? false
            case 12 where key.is("service_tier"):
                mode.serviceTier = scanner.text().map { ServingMode.ServiceTier($0) } ?? .standard
            case 13 where key.is("inference_geo"): mode.isUSOnly = scanner.text()?.is("us") ?? false
            case 10 where key.is("iterations"): readIterations(&scanner)
            default: scanner.skipValue()
            }
        }
        counts = told.told
        flatCacheWriteTokens = told.flatCacheWriteTokens
    }

    private mutating func readIterations(_ scanner: inout JSONScanner) {
        iterations.removeAll()
        scanner.eachElement { scanner in
            var iteration = Iteration()
            scanner.eachMember { key, scanner in
                if iteration.counts.read(key, &scanner) { return }
                if key.is("model") {
                    iteration.model = scanner.text()?.string
                } else if key.is("type") {
                    let type = scanner.text() ?? .empty
                    iteration.isBeside = type.is("compaction") || type.is("advisor_message")
                } else {
                    scanner.skipValue()
                }
            }
            iterations.append(iteration)
        }
    }
}

/// The counts that a usage and each of its iterations hold.
private struct MessagesCounts: Hashable, Sendable {
    var told = Usage.zero
    var flatCacheWriteTokens = 0

    init(usage: Usage = .zero, flatCacheWriteTokens: Int = 0) {
        told = usage
        self.flatCacheWriteTokens = flatCacheWriteTokens
    }

    var usage: Usage { told.settling(flatCacheWriteTokens) }

    /// Reads the value of a key; false, and nothing consumed, where it is none of the counts.
    mutating func read(_ key: RawText, _ scanner: inout JSONScanner) -> Bool {
        switch key.count {
        case 12 where key.is("input_tokens"): told.inputTokens = scanner.tokenCount()
        case 13 where key.is("output_tokens"): told.outputTokens = scanner.tokenCount()
        case 23 where key.is("cache_read_input_tokens"): told.cacheReadTokens = scanner.tokenCount()
        case 27 where key.is("cache_creation_input_tokens"): flatCacheWriteTokens = scanner.tokenCount()
        case 14 where key.is("cache_creation"):
            scanner.eachMember { key, scanner in
                if key.is("ephemeral_5m_input_tokens") {
                    told.cacheWrite5mTokens = scanner.tokenCount()
                } else if key.is("ephemeral_1h_input_tokens") {
                    told.cacheWrite1hTokens = scanner.tokenCount()
                } else {
                    scanner.skipValue()
                }
            }
        case 21 where key.is("output_tokens_details"):
            scanner.eachMember { key, scanner in
                if key.is("thinking_tokens") {
                    told.reasoningTokens = scanner.tokenCount()
                } else {
                    scanner.skipValue()
                }
            }
        case 15 where key.is("server_tool_use"):
            scanner.eachMember { key, scanner in
                if key.is("web_search_requests") {
                    told.webSearchRequests = scanner.tokenCount()
                } else {
                    scanner.skipValue()
                }
            }
        default: return false
        }
        return true
    }
}

extension Usage {
    /// The counts with the cache writes that the split does not name, and no more reasoning than output.
    fileprivate func settling(_ flatCacheWriteTokens: Int) -> Usage {
        var settled = self
        settled.cacheWrite5mTokens += max(0, flatCacheWriteTokens - cacheWriteTokens)
        settled.reasoningTokens = min(reasoningTokens, outputTokens)
        return settled
    }
}

extension ServingMode.ServiceTier {
    /// A provider's word for it; one that is not known is billed as standard.
    init(_ name: RawText) {
        self =
            switch name.count {
            case 5 where name.is("batch"): .batch
            case 4 where name.is("flex"): .flex
            case 8 where name.is("priority"): .priority
            default: .standard
            }
    }
}
