import Domain
import Pricing

/// Calls of one thread on one model that could move to another by themselves, one by one or in runs.
struct LooseCalls {
    /// The place in ``PricedSession/threads``.
    var thread: Int
    var model: ModelID
    /// Places in the thread, ascending, in runs that nothing that stays comes between.
    var runs: [[Int]]
    /// Other choices of what to move, beside all of them and the runs that save.
    var choices: [[Int]] = []

    var all: [Int] { runs.flatMap(\.self) }
}

/// Loose calls on the model that would take them, and what that comes to.
struct LooseMove {
    var runs: [WorkUnit.Run]
    var target: ModelID
    var priced: Repricing

    var saving: Money { priced.actual - priced.estimated }
    var steps: [Int] { runs.flatMap(\.steps) }
}

extension PricedSession {
    /// The choice of calls that saves most when moved; nil where none saves.
    ///
    /// A lone call between two that stay changes the cache twice, a run only at its ends: so each run is tried by
    /// itself, and those that save are tried together.
    func bestMove(
        of calls: LooseCalls,
        claimed: Set<CallKey>,
        in context: AnalysisContext,
        to target: (Needs) -> ModelID?
    ) -> LooseMove? {
        func price(_ steps: [Int]) -> LooseMove? {
            move(steps, of: calls, claimed: claimed, in: context, to: target)
        }
        let paying = calls.runs.filter { price($0).map { $0.saving > .zero } ?? false }
        var choices = [calls.all] + calls.choices
        if !paying.isEmpty, paying.count < calls.runs.count { choices.append(paying.flatMap(\.self)) }
        return choices.compactMap(price).filter { $0.saving > .zero }.max { $0.saving < $1.saving }
    }

    private func move(
        _ steps: [Int],
        of calls: LooseCalls,
        claimed: Set<CallKey>,
        in context: AnalysisContext,
        to target: (Needs) -> ModelID?
    ) -> LooseMove? {
        var runs: [WorkUnit.Run] = []
        for step in steps { runs.extend(thread: calls.thread, step: step) }
        guard let target = target(needs(of: runs)) else { return nil }
        let move = Move(
            steps: steps,
            model: calls.model,
            target: target,
            startsCold: true,
            isAway: claimed.contains
        )
        return threads[calls.thread].reprice(move, in: context).map {
            LooseMove(runs: runs, target: target, priced: $0)
        }
    }

    func claim(
        _ scope: FindingScope,
        on move: LooseMove,
        of calls: LooseCalls,
        reasons: [String],
        in context: AnalysisContext
    ) -> Claim {
        let cached =
            "\(move.target) caches \(move.priced.rewrittenOnTarget.of("token")) anew, coming back "
            + "\(move.priced.rewrittenOnReturn.grouped); that is in the estimate"
        return claim(
            scope,
            unit: .call,
            model: calls.model,
            target: move.target,
            shape: shape(of: WorkUnit(kind: .call, runs: move.runs)),
            runs: move.runs,
            priced: move.priced,
            reasons: reasons + [cached],
            in: context
        )
    }
}

extension [[Int]] {
    /// Adds a place, to the last run where it follows on it.
    mutating func extend(by place: Int) {
        if let last = self.last?.last, last + 1 == place {
            self[count - 1].append(place)
        } else {
            append([place])
        }
    }
}
