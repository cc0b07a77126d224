import Domain
import Pricing

extension PricedSession {
    /// What a model must be able to do to serve these calls.
    func needs(of runs: [WorkUnit.Run]) -> Needs {
        var needs = Needs()
        for run in runs {
            let thread = threads[run.thread]
            needs.images = needs.images || thread.firstPicture.map { $0 < run.steps.upperBound } ?? false
            for step in thread.steps[run.steps] {
                let call = step.call
                needs.promptTokens = max(needs.promptTokens, call.usage.promptTokens)
                needs.outputTokens = max(needs.outputTokens, call.estimatedOutputTokens)
                needs.tools = needs.tools || !step.toolCalls.isEmpty
                needs.thinking = needs.thinking || call.asksForThinking
            }
        }
        return needs
    }

    /// A claim on the calls of some runs, with their first one as evidence.
    func claim(
        _ scope: FindingScope,
        unit: Candidate.Unit,
        model: ModelID,
        target: ModelID,
        shape: Shape,
        runs: [WorkUnit.Run],
        priced: Repricing,
        reasons: [String],
        in context: AnalysisContext
    ) -> Claim {
        let steps = runs.flatMap { threads[$0.thread].steps[$0.steps] }
        let first = steps.first
        let release = context.prices.facts(of: target)?.availableFrom.start ?? .unknown
        let precedesTarget = steps.contains { $0.call.time != .unknown && $0.call.time < release }
        let candidate = Candidate(
            session: id,
            unit: unit,
            project: project,
            model: model,
            target: target,
            shape: shape,
            actual: priced.actual,
            estimated: priced.estimated,
            reasons: precedesTarget ? reasons + ["older than \(target): compared at today's prices"] : reasons,
            evidence: Evidence(
                session: id,
                calls: steps.map(\.call.id),
                file: first?.file ?? "",
                offset: first?.call.position.offset ?? 0
            ),
            calls: priced.calls
        )
        return Claim(
            scope: scope,
            candidate: candidate,
            shares: [Claim.Share](
                spreading: priced.actual - priced.estimated,
                over: priced.calls,
                costing: priced.costs
            ),
            billing: billing,
            outputIsLowerBound: steps.contains(where: \.call.outputIsLowerBound),
            precedesTarget: precedesTarget,
            isInsideSubagent: unit == .call && runs.contains { threads[$0.thread].id.kind == .subagent }
        )
    }
}

extension Call {
    fileprivate var asksForThinking: Bool {
        usage.reasoningTokens > 0 || (effort.map { $0.rawValue > Effort.minimal.rawValue } ?? false)
    }
}
