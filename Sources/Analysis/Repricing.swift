import Domain
import Pricing

/// Calls of one thread that another model would take over.
struct Move {
    /// Places in the thread, ascending.
    var steps: [Int]
    var model: ModelID
    var target: ModelID
    /// Nothing of the prompt is in the target's cache yet: the first call must write what it read.
    var startsCold: Bool
    /// The original model takes the thread up again.
    var comesBack: ComingBack? = nil

    struct ComingBack {
        /// The last call before the moved ones that the original model still makes.
        var last: Int?
        /// The first call after them that it makes.
        var next: Int
    }
}

/// What moved calls cost as they were and would cost on the target.
struct Repricing {
    var actual = Money.zero
    var estimated = Money.zero
    var calls: [CallKey] = []
    var costs: [Money] = []
    /// Tokens the target must put into its cache because the original's is no use to it.
    var rewrittenOnTarget = 0
    /// Tokens the original model must put into its cache on coming back.
    var rewrittenOnReturn = 0

    static func + (a: Repricing, b: Repricing) -> Repricing {
        Repricing(
            actual: a.actual + b.actual,
            estimated: a.estimated + b.estimated,
            calls: a.calls + b.calls,
            costs: a.costs + b.costs,
            rewrittenOnTarget: a.rewrittenOnTarget + b.rewrittenOnTarget,
            rewrittenOnReturn: a.rewrittenOnReturn + b.rewrittenOnReturn
        )
    }
}

extension PricedThread {
    /// Prices a move, or nil where a call has no price.
    ///
    /// Calls keep their tokens: within a family the count is taken to be the same. A call keeps its kinds of tokens
    /// too, save the first one of a cold start, and its earlier billed attempts, which another model would not undo.
    /// The calls moved are priced on the target as of today, what happens to the original's cache as of the call's day.
    func reprice(_ move: Move, in context: AnalysisContext) -> Repricing? {
        let pricer = context.pricer
        var result = Repricing()
        for (place, index) in move.steps.enumerated() {
            let call = steps[index].call
            var usage = call.usage
            if place == 0, move.startsCold {
                let lifetime = CacheLifetime(at: index, on: move.model, in: steps)
                usage = usage.rereading(usage.cacheReadTokens, as: lifetime)
                result.rewrittenOnTarget = call.usage.cacheReadTokens
            }
            guard let cost = costs[index],
                let moved = pricer.cost(of: usage, on: move.target, mode: call.mode, at: context.today.start)
            else { return nil }
            result.actual += cost
            result.estimated += moved
            if !call.earlierAttempts.isEmpty {
                let last = pricer.cost(of: call.usage, on: call.model, mode: call.mode, at: call.time)
                guard let last else { return nil }
                result.estimated += cost - last
            }
            result.calls.append(call.key)
            result.costs.append(cost)
        }
        guard let comingBack = move.comesBack else { return result }
        guard let (charge, tokens) = charge(for: comingBack, on: move.model, in: context) else { return nil }
        result.estimated += charge
        result.rewrittenOnReturn = tokens
        return result
    }

    /// What the first call back on the original model costs more than it did.
    ///
    /// Its cache holds the prompt of its last call before, if that was not too long ago; what the moved calls added, it
    /// had read and now has to write. With the cache expired, or never written, it writes all it had read.
    private func charge(
        for comingBack: Move.ComingBack,
        on model: ModelID,
        in context: AnalysisContext
    ) -> (Money, tokens: Int)? {
        let pricer = context.pricer
        let call = steps[comingBack.next].call
        let lifetime = CacheLifetime(at: comingBack.next, on: model, in: steps)
        var kept = 0
        if let last = comingBack.last.map({ steps[$0].call }) {
            let provider = context.prices.facts(of: model)?.provider ?? ""
            let idle = call.time.milliseconds - last.time.milliseconds
            if idle <= lifetime.milliseconds(provider: provider) { kept = last.usage.promptTokens }
        }
        let rewritten = max(0, call.usage.cacheReadTokens - kept)
        let usage = call.usage.rereading(rewritten, as: lifetime)
        guard let before = pricer.cost(of: call.usage, on: call.model, mode: call.mode, at: call.time),
            let after = pricer.cost(of: usage, on: call.model, mode: call.mode, at: call.time)
        else { return nil }
        return (after - before, rewritten)
    }
}
