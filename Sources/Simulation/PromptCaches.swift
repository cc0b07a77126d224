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
    mutating func usage(of call: Call, servedBy model: ModelID, of provider: String?) -> Usage {
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
        let billed = usage.rereading(lost, as: lifetime)
        guard model != call.model, lifetime == .automatic, provider == "openai" || provider == "anthropic" else {
            return billed
        }
        // OpenAI bills what it caches; Anthropic keeps what is marked, and an agent that moves there would mark it.
        return billed.cachedUnasked
    }

    private func isAlive(_ entry: Entry, at time: Timestamp, at provider: String?) -> Bool {
        // Of unknown times nothing says that the entry had gone.
        guard time != .unknown, entry.used != .unknown else { return true }
        return time.milliseconds(since: entry.used) <= lifetime.milliseconds(provider: provider)
    }

    private mutating func shorten(to tokens: Int) {
        inFact = inFact.mapValues { Entry(held: min($0.held, tokens), used: $0.used) }
        routed = routed.mapValues { Entry(held: min($0.held, tokens), used: $0.used) }
    }
}
