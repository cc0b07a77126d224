package import Domain

/// Long thinking on small tasks.
///
/// Finds tasks (one prompt and what followed) that are small by what they
/// brought in, by what the model visibly wrote and by their tool calls (the
/// limits of model-downgrade), on which the model thought at least twice as long
/// as on the middle one of your small tasks on the same model with the same
/// number of calls. Thinking is what the log says was reasoning, or else output
/// beyond the visible text, at 1.8 bytes a token: what was thought at least.
///
/// How it is priced. Estimated: the thinking tokens over that median, at the
/// output price each call really paid. The median is your own history's: it says
/// what is usual for such tasks, not what this one needed.
///
/// When it does not fire:
/// - effort was low already, so that there is nothing to lower;
/// - there are fewer than 10 small tasks of that model and number of calls: the
///   middle of a few says little;
/// - the log shows only a placeholder of the output;
/// - the task had trouble, took a plan or a question back, was cut off, went on
///   by itself, is about a picture, rests on a long conversation, or was asked or
///   done again: what model-downgrade, too, takes for a sign that work is harder
///   than it looks;
/// - it saves less than a cent.
///
/// Set the limits in suffice.toml under [thresholds.effort]: times_median (2),
/// tasks (10), usd (0.01).
package struct EffortBeyondUsual: Detector {
    package static let kind = "effort"
    package static let lever = Lever.effort
    private static let timesMedian = Limit(kind, "times_median", 2)
    private static let fewestTasks = Limit(kind, "tasks", 10)
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [timesMedian, fewestTasks, least]

    private var usual = UsualThinking()
    /// Only tasks whose thinking alone cost enough to matter: memory follows what may be found.
    private var thought: [ThoughtTask] = []
    private var tasks = 0
    private var thinking = 0
    private var written = 0
    private var comparable = 0
    private var claimed = 0

    package init() {}

    package var summary: String {
        let share = thinking + written > 0 ? Double(thinking) / Double(thinking + written) * 100 : 0
        return "looked at \(tasks.of("small task")): \(share.percent) of the tokens written in them were thinking; "
            + "\(comparable) of them had enough others of their shape to say what is usual, and \(claimed) took much more"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        let least = context.thresholds.money(EffortBeyondUsual.least)
        for thread in session.threads.indices {
            for unit in session.tasks(of: thread) {
                guard let task = session.thoughtTask(unit, in: context) else { continue }
                tasks += 1
                thinking += task.thinkingTokens
                written += task.shape.outputTokens
                usual.note(task.thinkingTokens, for: task.taskShape)
                let isLow = task.effort.map { $0.rawValue <= Effort.low.rawValue } ?? false
                if !isLow, task.thinkingTokens > 0, task.thinkingCost >= least { thought.append(task) }
            }
        }
        return []
    }

    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] {
        let times = context.thresholds.number(EffortBeyondUsual.timesMedian)
        let least = context.thresholds.money(EffortBeyondUsual.least)
        let medians = usual.medians(of: context.thresholds.count(EffortBeyondUsual.fewestTasks))
        let claims = thought.compactMap { task -> Claim? in
            guard let (median, tasks) = medians[task.taskShape], task.thinkingTokens > median,
                Double(task.thinkingTokens) >= times * Double(median)
            else { return nil }
            let claim = claim(on: task, median: median, of: tasks)
            return claim.candidate.saving >= least ? claim : nil
        }
        comparable = medians.values.reduce(0) { $0 + $1.tasks }
        claimed = claims.count
        return claims
    }

    private func claim(on task: ThoughtTask, median: Int, of tasks: Int) -> Claim {
        let shares = task.shares(sparing: task.thinkingTokens - median)
        let calls = task.taskShape.calls
        var reasons = [
            "\(task.thinkingTokens.of("thinking token")), where the middle of \(tasks.of("small task")) of \(calls.of("call")) "
                + "took \(median.grouped)",
            "visibly small: \(task.shape.inputTokens.of("token")) in, \(task.shape.outputTokens.grouped) out, "
                + task.shape.toolCalls.of("tool call"),
        ]
        if let effort = task.effort { reasons.append("effort was \(effort)") }
        return Claim(
            FindingScope(kind: EffortBeyondUsual.kind, project: task.project),
            unit: .task,
            model: task.taskShape.model,
            shape: task.shape,
            reasons: reasons,
            evidence: task.evidence,
            shares: shares,
            billing: task.billing
        )
    }
}
