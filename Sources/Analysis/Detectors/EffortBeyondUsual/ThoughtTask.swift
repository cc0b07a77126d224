import Domain
import Pricing

/// Tasks that one may compare by how long the model thought.
struct TaskShape: Hashable {
    var model: ModelID
    /// Calls of the model.
    var calls: Int
}

/// A small task on which the model thought, with what is needed to claim it.
struct ThoughtTask {
    struct Call {
        var key: CallKey
        var cost: Money
        var thinkingTokens: Int
        /// What the thinking cost.
        var thinking: Money
    }

    var session: SessionID
    var project: String
    var billing: Billing
    var taskShape: TaskShape
    /// Of the task as it can be seen: without the thinking.
    var shape: Shape
    var effort: Effort?
    var calls: [Call]
    var evidence: Evidence

    var thinkingTokens: Int { calls.reduce(0) { $0 + $1.thinkingTokens } }
    var thinkingCost: Money { calls.reduce(.zero) { $0 + $1.thinking } }

    /// What each call would have saved, had the task taken so many thinking tokens less.
    func shares(sparing spared: Int) -> [Claim.Share] {
        let all = Int128(thinkingTokens)
        return calls.map { call in
            let saving = Int128(call.thinking.nanoUSD) * Int128(spared) / all
            return Claim.Share(call: call.key, cost: call.cost, saving: Money(nanoUSD: Int64(clamping: saving)))
        }
    }
}

extension PricedSession {
    /// A task as it can be seen: small in what came in, in what was written besides thinking and in what was done, and
    /// with nothing that speaks for its being harder than that; nil for any other.
    func thoughtTask(_ unit: WorkUnit, in context: AnalysisContext) -> ThoughtTask? {
        let limits = context.thresholds.modelDowngrade
        let run = unit.runs[0]
        let thread = threads[run.thread]
        var shape = shape(of: unit)
        var calls: [ThoughtTask.Call] = []
        var effort: Effort?
        for index in run.steps {
            let call = thread.steps[index].call
            let thinking = min(call.hiddenOutputTokens, call.usage.outputTokens)
            guard !call.outputIsLowerBound, let cost = thread.costs[index], let rates = context.pricer.rates(of: call)
            else { return nil }
            shape.outputTokens -= thinking
            if let asked = call.effort, asked.rawValue > effort?.rawValue ?? 0 { effort = asked }
            calls.append(
                ThoughtTask.Call(
                    key: call.key,
                    cost: cost,
                    thinkingTokens: max(0, thinking),
                    thinking: rates.cost(of: Usage(outputTokens: thinking))
                )
            )
        }
        guard limits.exceeded(by: shape).isEmpty, !isHarder(run, limits: limits) else { return nil }
        let steps = thread.steps[run.steps]
        let first = steps[run.steps.lowerBound]
        return ThoughtTask(
            session: id,
            project: project,
            billing: billing,
            taskShape: TaskShape(model: first.call.model, calls: run.steps.count),
            shape: shape,
            effort: effort,
            calls: calls,
            evidence: Evidence(
                session: id,
                calls: steps.map(\.call.id),
                file: first.file,
                offset: first.call.position.offset
            )
        )
    }

    /// Whether something but its effort and its thinking says that a task is not as small as it looks.
    private func isHarder(_ run: WorkUnit.Run, limits: SmallWork) -> Bool {
        let thread = threads[run.thread]
        let last = thread.steps[run.steps.upperBound - 1].call
        let answer = last.usage.outputTokens - last.hiddenOutputTokens
        return thread.doubtAboutSteps(run.steps, kind: .task) != nil
            || thread.doubtAboutCourse(of: run.steps, kind: .task) != nil
            || thread.doubtAboutConversation(before: run.steps, answer: answer, limits: limits) != nil
            || thread.doubtAboutWhatFollowed(run.steps) != nil
    }
}
