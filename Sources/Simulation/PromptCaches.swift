import Domain

/// What the models' prompt caches hold of one conversation: as its log has it, and as it is routed.
///
/// A cache belongs to one model. A call that stays where the calls before it went finds what it found in fact. One that
/// comes to another model reads what that model's cache still holds, where its entry is alive, and writes the rest of
/// what it had read in fact. Nothing is ever read that was not read in fact, and nothing is found in a cache that this
/// conversation did not put there itself: both make changing models look dearer than it may be, never cheaper.
struct PromptCaches: Hashable {
    /// A model's entry for the conversation's prompt.
    private struct Entry: Hashable {
        /// Tokens from the prompt's start.
        var held: Int
        var used: Timestamp
    }

    private var inFact: [ModelID: Entry] = [:]
    private var routed: [ModelID: Entry] = [:]
    private var lastServed: ModelID?
    private var lastPrompt = 0
    private var lifetime: CacheLifetime

    /// With nothing in any cache; entries live as long as the first one that the calls write.
    init(for calls: some Sequence<Call>) {
        lifetime = calls.lazy.compactMap { CacheLifetime(writtenBy: $0.usage) }.first { _ in true } ?? .automatic
    }

    /// The usage that a model is billed for the next call; the call's own where routing has changed nothing for it.
    mutating func usage(of call: Call, servedBy model: ModelID, of provider: CacheProvider) -> Usage {
        let usage = call.usage
        lifetime = CacheLifetime(writtenBy: usage) ?? lifetime
        // After a compaction or a rewind only what was read is known to be the prompt of before.
        if usage.promptTokens < lastPrompt { shorten(to: usage.cacheReadTokens) }
        lastPrompt = usage.promptTokens
        let held = routed[model].map { isAlive($0, at: call.time, at: provider) ? $0.held : 0 } ?? 0
        let staysAsInFact = model == call.model ? routed[model] == inFact[model] : model == lastServed
        let lost = staysAsInFact ? 0 : max(0, usage.cacheReadTokens - held)
        let entry = Entry(held: usage.promptTokens, used: call.time)
        inFact[call.model] = entry
        routed[model] = entry
        lastServed = model
        let billed = usage.writing(lost, as: lifetime)
        return model == call.model ? billed : billed.billed(by: provider, cachedUnasked: lifetime == .automatic)
    }

    private func isAlive(_ entry: Entry, at time: Timestamp, at provider: CacheProvider) -> Bool {
        // Of unknown times nothing says that the entry had gone.
        guard time != .unknown, entry.used != .unknown else { return true }
        return time.milliseconds(since: entry.used) <= lifetime.milliseconds(at: provider)
    }

    private mutating func shorten(to tokens: Int) {
        inFact = inFact.mapValues { Entry(held: min($0.held, tokens), used: $0.used) }
        routed = routed.mapValues { Entry(held: min($0.held, tokens), used: $0.used) }
    }
}

/// Whose caches, as far as they differ.
enum CacheProvider: Hashable {
    case anthropic
    case openAI
    case other

    init(_ name: String?) {
        switch name {
        case "anthropic": self = .anthropic
        case "openai": self = .openAI
        default: self = .other
        }
    }
}

/// Which entries a conversation writes, and with that how long they live unread.
enum CacheLifetime: Hashable {
    /// Billed as `cacheWrite5m`.
    case short
    /// Billed as `cacheWrite1h`.
    case long
    /// The provider caches by itself and bills nothing for it: what is not read is plain input.
    case automatic

    init?(writtenBy usage: Usage) {
        if usage.cacheWrite1hTokens > 0 {
            self = .long
        } else if usage.cacheWrite5mTokens > 0 {
            self = .short
        } else {
            return nil
        }
    }

    /// How long an entry lives after it was last used.
    ///
    /// Anthropic: five minutes or an hour. OpenAI, where writes are billed: thirty minutes or twelve hours; else five
    /// minutes, the shortest it documents.
    func milliseconds(at provider: CacheProvider) -> Int64 {
        let minute: Int64 = 60_000
        switch (self, provider) {
        case (.short, .openAI): return 30 * minute
        case (.long, .openAI): return 720 * minute
        case (.long, _): return 60 * minute
        case (.short, _), (.automatic, _): return 5 * minute
        }
    }
}

extension Usage {
    /// The usage if some of what was read from the cache had to be written (or sent as plain input) instead.
    fileprivate func writing(_ tokens: Int, as lifetime: CacheLifetime) -> Usage {
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

    /// The usage in the terms of the provider that serves it.
    ///
    /// OpenAI bills what it caches as written since gpt-5.6, asked for or not; earlier models have no price for that, and
    /// it costs input. Anthropic keeps what is written, which a conversation cached unasked would mark. Prompts under
    /// 1,024 tokens are not cached.
    fileprivate func billed(by provider: CacheProvider, cachedUnasked: Bool) -> Usage {
        guard cachedUnasked, provider != .other, promptTokens >= 1_024 else { return self }
        var usage = self
        usage.cacheWrite5mTokens += usage.inputTokens
        usage.inputTokens = 0
        return usage
    }
}
