import Domain
import Pricing

/// Calls of one thread that another model would take over.
struct Move {
    /// Places in the thread, ascending, of calls on the model.
    var steps: [Int]
    var model: ModelID
    var target: ModelID
    /// Nothing of the prompt is in the target's cache yet: the first call must write what it read.
    var startsCold: Bool
    /// Which of the other calls on the model do not stay on it: an earlier move took them and pays for coming back.
    var isAway: (CallKey) -> Bool = { _ in false }
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
    /// Plays the thread's calls on the model through two caches, one a model. A moved call that follows a moved one
    /// finds what it found in fact. One that takes over from the original reads what the target's cache holds of the
    /// prompt and writes the rest of what it had read; the original's first call after moved ones does the same with its
    /// own. So a whole thread keeps its reuse, and a task in the middle of it pays for two changes of the cache.
    ///
    /// Calls keep their tokens: within a family the count is taken to be the same. Earlier billed attempts stay, which
    /// another model would not undo. The calls moved are priced on the target as of today, what happens to the
    /// original's cache as of the call's day.
    func reprice(_ move: Move, in context: AnalysisContext) -> Repricing? {
        guard let first = move.steps.first else { return Repricing() }
        let stays = { (step: SessionThread.Step) in step.call.model == move.model && !move.isAway(step.call.key) }
        let start = steps[..<first].lastIndex(where: stays) ?? first
        var caches = PairOfCaches(for: move, at: start, in: self, prices: context.prices)
        var result = Repricing()
        var next = 0
        for index in start..<steps.count {
            let isMoved = next < move.steps.count && move.steps[next] == index
            guard isMoved || stays(steps[index]) else { continue }
            let call = steps[index].call
            let found = caches.passed(by: call, isMoved: isMoved)
            if isMoved {
                guard let cost = costs[index], result.add(call, costing: cost, reading: found, on: move, in: context)
                else { return nil }
                next += 1
            } else if found.rewritten > 0 {
                guard let charge = charge(for: call, rewriting: found, in: context) else { return nil }
                result.estimated += charge
                result.rewrittenOnReturn += found.rewritten
            }
            if !isMoved, next == move.steps.count { break }
        }
        return result
    }

    /// What a call on the original model costs more than it did, if its cache holds less.
    private func charge(for call: Call, rewriting found: PairOfCaches.Found, in context: AnalysisContext) -> Money? {
        let pricer = context.pricer
        let usage = call.usage.rereading(found.rewritten, as: found.lifetime)
        guard let before = pricer.cost(of: call.usage, on: call.model, mode: call.mode, at: call.time),
            let after = pricer.cost(of: usage, on: call.model, mode: call.mode, at: call.time)
        else { return nil }
        return after - before
    }
}

extension Repricing {
    /// Adds a moved call; false where it has no price.
    fileprivate mutating func add(
        _ call: Call,
        costing cost: Money,
        reading found: PairOfCaches.Found,
        on move: Move,
        in context: AnalysisContext
    ) -> Bool {
        let pricer = context.pricer
        var usage = call.usage.rereading(found.rewritten, as: found.lifetime)
        if found.isOpenAIs, found.lifetime == .automatic { usage = usage.cachedUnasked }
        guard let moved = pricer.cost(of: usage, on: move.target, mode: call.mode, at: context.today.start) else {
            return false
        }
        actual += cost
        estimated += moved
        if !call.earlierAttempts.isEmpty {
            let last = pricer.cost(of: call.usage, on: call.model, mode: call.mode, at: call.time)
            guard let last else { return false }
            estimated += cost - last
        }
        rewrittenOnTarget += found.rewritten
        calls.append(call.key)
        costs.append(cost)
        return true
    }
}
