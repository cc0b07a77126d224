import Domain
import Pricing

/// What the caches of two models hold of a thread's prompt while its calls go to the one or the other.
struct PairOfCaches {
    /// What a call finds less in its model's cache than it read in fact.
    struct Found {
        /// Tokens it has to write (or to send as plain input).
        var rewritten: Int
        /// How it writes them.
        var lifetime: CacheLifetime
        /// Both models are OpenAI's, whose newer ones bill what older ones cached for nothing.
        var isOpenAIs: Bool
    }

    /// One model's cache.
    private struct Cache {
        /// Tokens of the prompt, from its start; nil before the first call.
        var held: Int?
        var used = Timestamp.unknown
    }

    private var original = Cache()
    private var target = Cache()
    private var lifetime: CacheLifetime
    private let provider: String
    /// Whether the last call went to the target; nil before the first.
    private var wasMoved: Bool?
    private let startsCold: Bool
    private var lastPrompt = 0

    init(for move: Move, at index: Int, in thread: PricedThread, prices: PriceBook) {
        lifetime = thread.lifetimes[index]
        provider = prices.facts(of: move.model)?.provider ?? ""
        startsCold = move.startsCold
    }

    /// Takes the next call to its model and says what it finds there.
    mutating func passed(by call: Call, isMoved: Bool) -> Found {
        lifetime = CacheLifetime(writtenBy: call.usage) ?? lifetime
        let prompt = call.usage.promptTokens
        // After a compaction or a rewind only what was read is known to be the prompt of before.
        if prompt < lastPrompt { shorten(to: call.usage.cacheReadTokens) }
        lastPrompt = prompt
        let isChange = wasMoved.map { $0 != isMoved } ?? (isMoved && startsCold)
        let cache = isMoved ? target : original
        let rewritten = isChange ? max(0, call.usage.cacheReadTokens - alive(cache, at: call.time)) : 0
        wasMoved = isMoved
        let after = Cache(held: prompt, used: call.time)
        if isMoved { target = after } else { original = after }
        return Found(rewritten: rewritten, lifetime: lifetime, isOpenAIs: provider == "openai")
    }

    private func alive(_ cache: Cache, at time: Timestamp) -> Int {
        guard let held = cache.held else { return 0 }
        // Of unknown times nothing says that the entries had gone.
        let idle = time.pause(since: cache.used) ?? 0
        return idle <= lifetime.milliseconds(provider: provider) ? held : 0
    }

    private mutating func shorten(to tokens: Int) {
        original.held = original.held.map { min($0, tokens) }
        target.held = target.held.map { min($0, tokens) }
    }
}
