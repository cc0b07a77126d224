import Domain
import Pricing

/// What ``ModelDowngrade`` makes of one unit of work.
enum Judgement {
    case small(Claim)
    /// Small, but moving it costs more than it saves; what it cost.
    case costsMore(Money)
    case nearMiss(NearMiss)
    /// Small by its numbers only.
    case doubtful(Doubt)
    /// Small, but no cheaper model can serve it, or it has no price.
    case withoutTarget
    /// Or what it would save is too little to matter.
    case large
}

extension PricedSession {
    /// Sizes, doubts and prices a unit; `claimed` are the session's calls that move already.
    func judge(_ unit: WorkUnit, claimed: Set<CallKey> = [], in context: AnalysisContext) -> Judgement {
        let limits = context.thresholds.modelDowngrade
        let shape = shape(of: unit)
        let exceeded = limits.exceeded(by: shape)
        guard exceeded.count < 2, exceeded.allSatisfy(\.isNear), let first = unit.runs.first else { return .large }
        if let doubt = doubt(about: unit, limits: limits) { return exceeded.isEmpty ? .doubtful(doubt) : .large }
        let model = threads[first.thread].steps[first.steps.lowerBound].call.model
        // Subagents on another model stay where they are; each can be a candidate of its own.
        let runs = unit.runs.filter { run in threads[run.thread].steps[run.steps].allSatisfy { $0.call.model == model }
        }
        let needs = needs(of: runs)
        guard let target = context.targets.downgrade(for: model, needs: needs, in: context) else {
            return .withoutTarget
        }
        var total = Repricing()
        for run in runs {
            let move = Move(
                steps: Array(run.steps),
                model: model,
                target: target,
                startsCold: unit.kind == .task,
                isAway: claimed.contains
            )
            guard let priced = threads[run.thread].reprice(move, in: context) else { return .withoutTarget }
            total = total + priced
        }
        guard total.estimated < total.actual else { return exceeded.isEmpty ? .costsMore(total.actual) : .large }
        let least = context.thresholds.money(ModelDowngrade.least)
        guard total.actual - total.estimated >= least else { return .large }
        let claim = claim(
            FindingScope(kind: ModelDowngrade.kind, project: project, model: model, target: target),
            unit: unit.kind,
            model: model,
            target: target,
            shape: shape,
            runs: runs,
            priced: total,
            reasons: limits.reasons(for: shape, priced: total, target: target),
            in: context
        )
        if let miss = exceeded.first { return .nearMiss(NearMiss(candidate: claim.candidate, missed: miss.text)) }
        return .small(claim)
    }
}
