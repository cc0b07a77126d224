package import Domain

/// A call and the one before it, whose prompt it could have read from the cache.
package struct CacheSuccession: Sendable {
    package var previous: Call
    package var call: Call
    /// What entered the prompt between the two.
    package var arrivals: [Arrival]
    /// Of the entries that the previous call wrote or read.
    package var lifetime: CacheLifetime
    /// The previous call's, in the price list's words.
    package var provider: String
    /// What the thread began with.
    package var opening: Opening

    package init(
        previous: Call,
        call: Call,
        arrivals: [Arrival] = [],
        lifetime: CacheLifetime,
        provider: String = "anthropic",
        opening: Opening
    ) {
        self.previous = previous
        self.call = call
        self.arrivals = arrivals
        self.lifetime = lifetime
        self.provider = provider
        self.opening = opening
    }

    /// The first prompt of a thread, and how much of it the agent sends before anything is said.
    package struct Opening: Hashable, Sendable {
        package var promptTokens: Int
        package var standingTokens: Int

        package init(promptTokens: Int, standingTokens: Int) {
            self.promptTokens = promptTokens
            self.standingTokens = standingTokens
        }
    }
}

extension CacheSuccession {
    /// The stretch of this call's prompt that was in the cache before and was not read from it.
    ///
    /// What of the prompt is new was never there. Of a compacted conversation only the standing prompt is old. Where the
    /// prompt shrank without one (a rewind, cleared results), the new text is at its end, at most as long as logged.
    package var rebuilt: Range<Int> {
        let prompt = call.usage.promptTokens
        var old = min(previous.usage.promptTokensKept(by: lifetime), prompt)
        if isCompacted {
            old = min(old, opening.standingTokens)
        } else if prompt < previous.usage.promptTokens {
            old = min(old, max(0, prompt - arrivals.textTokens))
        }
        let read = max(0, call.usage.cacheReadTokens)
        return read..<max(read, old)
    }

    /// The summary took the place of the conversation.
    var isCompacted: Bool {
        arrivals.contains { $0.kind == .compactSummary || $0.label == "compact_boundary" }
    }
}

extension Usage {
    /// How much of a prompt a call leaves in the cache: where writing is billed, what was read or written.
    fileprivate func promptTokensKept(by lifetime: CacheLifetime) -> Int {
        lifetime == .automatic ? promptTokens : promptTokens - max(0, inputTokens)
    }
}

extension [Arrival] {
    fileprivate var textTokens: Int { reduce(0) { $0 &+ Swift.max(0, $1.bytes) }.tokensByLength }
}
