/// How prompts of a conversation are kept by the provider: which entries are written and how long they live unread.
package enum CacheLifetime: Hashable, Sendable {
    /// Entries billed as `cacheWrite5m`.
    case short
    /// Entries billed as `cacheWrite1h`.
    case long
    /// The provider caches by itself and bills nothing for it: what is not read is plain input.
    case automatic

    /// The lifetime of the entries a call wrote; nil where it wrote none.
    package init?(writtenBy usage: Usage) {
        if usage.cacheWrite1hTokens > 0 {
            self = .long
        } else if usage.cacheWrite5mTokens > 0 {
            self = .short
        } else {
            return nil
        }
    }

    /// How long an entry lives after it was last used; providers by their names in the price list.
    ///
    /// Anthropic: five minutes or an hour. OpenAI, where writes are billed: thirty minutes or twelve hours. Automatic
    /// caches: OpenAI documents 5 to 10 minutes without use, others say nothing; the shortest is taken, since too short
    /// a life only makes switching look dearer.
    package func milliseconds(provider: String?) -> Int64 {
        let minute: Int64 = 60_000
        switch (self, provider) {
        case (.short, "openai"): return 30 * minute
        case (.long, "openai"): return 720 * minute
        case (.long, _): return 60 * minute
        case (.short, _), (.automatic, _): return 5 * minute
        }
    }
}

extension Usage {
    /// The usage where new prompt is billed as written to the cache, asked for or not.
    ///
    /// OpenAI does so since gpt-5.6, at 1.25 times the input price; earlier models have no price for it and cost input.
    /// Prompts under 1,024 tokens are not cached.
    package var cachedUnasked: Usage {
        guard promptTokens >= 1024 else { return self }
        var usage = self
        usage.cacheWrite5mTokens += inputTokens
        usage.inputTokens = 0
        return usage
    }

    /// The usage if some of what was read from the cache had to be written (or sent as plain input) instead.
    package func rereading(_ tokens: Int, as lifetime: CacheLifetime) -> Usage {
        let moved = min(max(0, tokens), max(0, cacheReadTokens))
        var usage = self
        usage.cacheReadTokens -= moved
        switch lifetime {
        case .short: usage.cacheWrite5mTokens += moved
        case .long: usage.cacheWrite1hTokens += moved
        case .automatic: usage.inputTokens += moved
        }
        return usage
    }
}
