package import Domain

/// Finds small pieces of work on a model of a higher tier than they needed; ``page`` is what its user reads.
package struct ModelDowngrade: Detector {
    package static let kind = "model-downgrade"
    package static let thresholds = SmallWork.names.map(\.name)

    private var tally = SmallWorkTally()
    private var misses = NearMissList()
    package private(set) var dropped = Dropped()

    package init() {}

    package var summary: String { tally.summary(dropped: dropped.count) }
    package var nearMisses: [NearMiss] { misses.ranked }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        tally.sessions += 1
        guard let whole = session.wholeSession else { return lookAtParts(of: session, in: context) }
        switch session.judge(whole, in: context) {
        case .small(let claim):
            tally.claimed += 1
            // A subagent on another model is no part of the claim.
            let claimed = Set(claim.candidate.calls)
            let others = session.threads.indices.filter { thread in
                session.threads[thread].steps.contains { !claimed.contains($0.call.key) }
            }
            return [claim] + lookAtSubagents(others, of: session, in: context)
        case .costsMore(let actual):
            dropped.add(actual)
            return []
        case .nearMiss(let miss):
            let claims = lookAtParts(of: session, in: context, keepsMisses: false)
            if claims.isEmpty { misses.add(miss) }
            return claims
        case .doubtful, .withoutTarget, .large:
            return lookAtParts(of: session, in: context)
        }
    }

    /// The tasks and subagents of a session that is not small as a whole.
    private mutating func lookAtParts(
        of session: PricedSession,
        in context: AnalysisContext,
        keepsMisses: Bool = true
    ) -> [Claim] {
        var claims: [Claim] = []
        for thread in session.threads.indices {
            let steps = session.threads[thread].steps
            // By model, its last call that stays: what the provider's cache still holds when it comes back.
            var lastStaying: [ModelID: Int] = [:]
            var seen = 0
            for task in session.tasks(of: thread) {
                guard let range = task.runs.first?.steps else { continue }
                for index in seen..<range.lowerBound { lastStaying[steps[index].call.model] = index }
                let judgement = session.judge(task, lastStaying: lastStaying, in: context)
                let claim = settle(judgement, of: .task, keepsMisses: keepsMisses)
                if let claim { claims.append(claim) }
                seen = claim == nil ? range.lowerBound : range.upperBound
            }
        }
        return claims
            + lookAtSubagents(Array(session.threads.indices), of: session, in: context, keepsMisses: keepsMisses)
    }

    private mutating func lookAtSubagents(
        _ threads: [Int],
        of session: PricedSession,
        in context: AnalysisContext,
        keepsMisses: Bool = true
    ) -> [Claim] {
        threads.compactMap { thread in
            guard let subagent = session.subagent(thread) else { return nil }
            return settle(session.judge(subagent, in: context), of: .subagent, keepsMisses: keepsMisses)
        }
    }

    private mutating func settle(_ judgement: Judgement, of unit: Candidate.Unit, keepsMisses: Bool) -> Claim? {
        if unit == .task { tally.tasks += 1 } else { tally.subagents += 1 }
        switch judgement {
        case .small(let claim):
            tally.claimed += 1
            return claim
        case .costsMore(let actual): dropped.add(actual)
        case .nearMiss(let miss): if keepsMisses { misses.add(miss) }
        case .doubtful(let doubt): tally.doubts[doubt, default: 0] += 1
        case .withoutTarget: tally.withoutTarget += 1
        case .large: break
        }
        return nil
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let target = scope.target?.rawValue ?? ""
        guard claims.allSatisfy({ $0.candidate.unit == .subagent }) else {
            return ProposedAction(
                kind: "model",
                text: "Start small work in this project on \(target), and let /model or --model pick the larger one "
                    + "when it is needed. \(ProposedAction.lookFirst)"
            )
        }
        return ProposedAction(
            kind: "subagent-model",
            text: "Set \"model: \(target)\" in the definitions of the subagents that the candidates are. "
                + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "A structural heuristic: judged by size and course of the work. Nothing was re-run, and that the cheaper "
                + "model would have done the same is not proven."
        ]
    }
}

extension Dropped {
    mutating func add(_ cost: Money) {
        count += 1
        actual += cost
    }
}
