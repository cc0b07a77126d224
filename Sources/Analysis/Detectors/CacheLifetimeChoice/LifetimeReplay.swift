import Domain
import Pricing

/// What calls would have cost with cache entries of another life, the pauses between them as they were.
struct LifetimeReplay {
    /// A call, what it cost, and what the other life saves on it: less than nothing where it costs more.
    struct Entry {
        /// Its thread's place in the session, and its own in the thread.
        var place: (thread: Int, step: Int)
        var cost: Money
        var saving: Money
    }

    let change: LifetimeChange
    private(set) var entries: [Entry] = []
    private(set) var saving = Money.zero
    private(set) var writtenTokens = 0
    /// Tokens that are read in place of being written again.
    private(set) var keptTokens = 0
    /// Tokens that are written again in place of being read.
    private(set) var lostTokens = 0

    init(of session: PricedSession, with change: LifetimeChange, in context: AnalysisContext) {
        self.change = change
        let threads = session.threads.indices.filter { place in
            let thread = session.threads[place]
            return (thread.id.kind == .main) == (change.part == .main) && thread.writes(not: change)
        }
        guard !threads.isEmpty else { return }
        let expired = change.isLong ? session.expired(in: context) : [:]
        for thread in threads { replay(thread, of: session, expired: expired, in: context) }
    }

    private mutating func replay(
        _ place: Int,
        of session: PricedSession,
        expired: [CallKey: Int],
        in context: AnalysisContext
    ) {
        let thread = session.threads[place]
        var lifetime = thread.steps.lazy.compactMap { CacheLifetime(writtenBy: $0.call.usage) }.first
        var lastUse: [ModelID: Timestamp] = [:]
        var previous: ModelID?
        for index in thread.steps.indices {
            let call = thread.steps[index].call
            let before = lastUse[call.model]
            lastUse[call.model] = call.time
            defer {
                previous = call.model
                lifetime = CacheLifetime(writtenBy: call.usage) ?? lifetime
            }
            guard thread.isOwn[index], let cost = thread.costs[index], call.usage.usesCache,
                context.prices.facts(of: call.model)?.family == "claude",
                let rates = context.pricer.rates(of: call)
            else { continue }
            let isAlive = session.isUsed(within: change.milliseconds, before: call, lastUse: before)
            var usage = call.usage.written(for: change)
            if change.isLong, isAlive, previous == call.model {
                keptTokens += usage.read(expired[call.key] ?? 0)
            } else if !change.isLong, !isAlive, lifetime == .long {
                usage = usage.rereading(usage.cacheReadTokens, as: .short)
                lostTokens += call.usage.cacheReadTokens
            }
            let saved = rates.cost(of: call.usage) - rates.cost(of: usage)
            saving += saved
            entries.append(Entry(place: (place, index), cost: cost, saving: saved))
            writtenTokens += call.usage.cacheWriteTokens
        }
    }
}

extension PricedThread {
    /// Whether any of its own calls wrote entries of the other life.
    fileprivate func writes(not change: LifetimeChange) -> Bool {
        steps.indices.contains { index in
            let usage = steps[index].call.usage
            return isOwn[index] && (change.isLong ? usage.cacheWrite5mTokens : usage.cacheWrite1hTokens) > 0
        }
    }
}

extension PricedSession {
    /// By call, the tokens written again because their entries had lived out their time.
    fileprivate func expired(in context: AnalysisContext) -> [CallKey: Int] {
        var tokens: [CallKey: Int] = [:]
        for rebuild in rebuilds(of: 1024, in: context)
        where rebuild.reason == .lifetimePassed || rebuild.reason == .resumedAnotherDay {
            tokens[rebuild.step.call.key] = rebuild.tokens
        }
        return tokens
    }

    /// Whether the prompt was in use so shortly before a call: by its thread, or where that is new, by any other.
    ///
    /// What other sessions keep warm is not known here, and taken to be gone.
    fileprivate func isUsed(within life: Int64, before call: Call, lastUse: Timestamp?) -> Bool {
        // Of unknown times nothing says that the entries had gone.
        if let lastUse { return call.time.pause(since: lastUse) ?? 0 <= life }
        let isRecent = { (time: Timestamp) in
            call.time.pause(since: time).map { (0...life).contains($0) } ?? false
        }
        return threads.contains { thread in
            thread.steps.contains {
                $0.call.key != call.key && $0.call.model == call.model && isRecent($0.call.time)
            }
        }
    }
}

extension Usage {
    /// The same writes as entries of one life.
    fileprivate func written(for change: LifetimeChange) -> Usage {
        var usage = self
        usage.cacheWrite1hTokens = change.isLong ? cacheWriteTokens : 0
        usage.cacheWrite5mTokens = change.isLong ? 0 : cacheWriteTokens
        return usage
    }

    /// Reads what was written, up to so many tokens, and says how many that is: what was sent as plain input stays it.
    fileprivate mutating func read(_ tokens: Int) -> Int {
        let moved = min(max(0, tokens), cacheWrite1hTokens)
        cacheWrite1hTokens -= moved
        cacheReadTokens += moved
        return moved
    }
}
