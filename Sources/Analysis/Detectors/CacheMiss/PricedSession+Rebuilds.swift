import Domain
import Pricing

/// A call that had to cache (or send) again what had been in the cache.
struct Rebuild {
    var step: SessionThread.Step
    var cost: Money
    var tokens: Int
    /// What was paid for the stretch, less what reading it would have cost.
    var saving: Money
    var reason: RebuildReason
}

extension PricedSession {
    /// The session's own calls that left at least so many tokens unread of what the call before them had cached.
    func rebuilds(of tokens: Int, in context: AnalysisContext) -> [Rebuild] {
        let least = min(1024, max(1, context.thresholds.count(CacheMiss.fewestTokens)))
        return knownRebuilds.recall { findRebuilds(of: least, in: context) }
            .filter { $0.tokens >= tokens }
    }

    private func findRebuilds(of tokens: Int, in context: AnalysisContext) -> [Rebuild] {
        var rebuilds: [Rebuild] = []
        for thread in threads where !thread.cachingModels.isEmpty {
            for index in thread.steps.indices where thread.isOwn[index] {
                guard thread.mayLeaveUnread(tokens, at: index), let before = predecessor(of: index, in: thread),
                    before.isCached,
                    let rebuild = thread.rebuild(at: index, after: before, in: context),
                    rebuild.tokens >= tokens, rebuild.saving > .zero
                else { continue }
                rebuilds.append(rebuild)
            }
        }
        return rebuilds
    }

    /// The call whose prompt a call goes on from; none for the first of a thread, since someone has to warm the cache.
    ///
    /// The call that summarises a conversation sends the conversation once more: it goes on from the main thread.
    private func predecessor(of index: Int, in thread: PricedThread) -> Predecessor? {
        let step = thread.steps[index]
        if index > 0 {
            let before = thread.steps[index - 1]
            return step.startsAnew(after: before) ? nil : Predecessor(thread: thread, index: index - 1)
        }
        guard thread.id.kind == .compaction, let main = threads.first(where: { $0.id.kind == .main }) else {
            return nil
        }
        let last = main.steps.lastIndex { $0.call.time <= step.call.time && $0.call.time != .unknown }
        guard let last else { return nil }
        // Not the same size on two models, but a summary of something else would be far smaller.
        guard main.steps[last].call.usage.promptTokens / 4 * 3 <= step.call.usage.promptTokens else { return nil }
        return Predecessor(thread: main, index: last)
    }
}

extension PricedThread {
    /// By its usage alone: almost every call reads what it can, and need not be looked at more closely.
    fileprivate func mayLeaveUnread(_ tokens: Int, at index: Int) -> Bool {
        let usage = steps[index].call.usage
        let before = index > 0 ? steps[index - 1].call.usage.promptTokens : .max
        return min(before, usage.promptTokens) &- usage.cacheReadTokens >= tokens
    }

    fileprivate func rebuild(at index: Int, after before: Predecessor, in context: AnalysisContext) -> Rebuild? {
        let step = steps[index]
        guard let cost = costs[index], let rates = context.pricer.rates(of: step.call) else { return nil }
        let succession = before.succession(to: step, in: context)
        let rebuilt = succession.rebuilt
        let paid = step.call.usage.cost(ofPrompt: rebuilt, at: rates)
        let reading = rates.cost(of: Usage(cacheReadTokens: rebuilt.count))
        var reason = succession.reason
        if reason == .unexplained, id.kind == .compaction { reason = .compacted }
        return Rebuild(
            step: step,
            cost: cost,
            tokens: rebuilt.count,
            saving: min(paid - reading, cost),
            reason: reason
        )
    }
}

/// A place in a thread that another call goes on from.
private struct Predecessor {
    var thread: PricedThread
    var index: Int

    /// A model that never read or wrote any cache in its thread left none to lose, whatever the others did.
    var isCached: Bool { thread.cachingModels.contains(thread.steps[index].call.model) }

    func succession(to step: SessionThread.Step, in context: AnalysisContext) -> CacheSuccession {
        let previous = thread.steps[index].call
        let first = thread.steps[0].call.usage
        // What the very first call could read, other sessions had sent too.
        let standing =
            first.cacheReadTokens > 0
            ? first.cacheReadTokens : first.promptTokens - thread.steps.tokensBroughtIn(at: 0)
        return CacheSuccession(
            previous: previous,
            call: step.call,
            arrivals: step.arrivals,
            lifetime: thread.lifetimes[index],
            provider: context.prices.facts(of: previous.model)?.provider ?? "",
            opening: .init(promptTokens: first.promptTokens, standingTokens: max(0, standing))
        )
    }
}

extension SessionThread.Step {
    /// Old logs keep several subagents in one thread: a shorter prompt after a delegation is another one's first.
    fileprivate func startsAnew(after before: SessionThread.Step) -> Bool {
        call.usage.promptTokens < before.call.usage.promptTokens && arrivals.contains { $0.kind == .delegation }
    }
}
