package import Domain
import Pricing

/// Subagents that only look around, on a frontier model.
///
/// Finds subagents whose every tool call left the world as it was (a file read,
/// a search, a listing, a question to git or the machine, a page fetched), on a
/// frontier model, at whatever size: looking around takes reading, and whoever
/// started the subagent judges what it reports. Where the log does not say what
/// a shell command was for, the subagent is left alone. Subagents that
/// model-downgrade claims, because they are small, are left to it.
///
/// How it is priced. Actual: each call at the price of its day. Estimated: the
/// same tokens on the cheapest current model of a lower tier that can serve
/// them, at today's price. The whole subagent moves, so it reuses its cache as
/// it did.
///
/// When it does not fire: no tool was called; a call was refused, failed or fell
/// back to another model; the subagent was cut off before its report, changed
/// models, was compacted or saw pictures; the saving is under a cent
/// (usd, 0.01, under [thresholds.subagent-oversized] in suffice.toml).
///
/// It goes by what the tools did and re-runs nothing: a cheaper model may look
/// longer or miss more for the same question.
package struct SubagentOversized: Detector {
    package static let kind = "subagent-oversized"
    private static let minimum = Limit(kind, "usd", 0.01)
    package static let limits = [minimum]

    private var subagents = 0
    private var onFrontier = 0
    private var lookers = 0
    private var claimed = 0
    package private(set) var dropped = Dropped()

    package init() {}

    package var summary: String {
        "looked at \(subagents.of("subagent")): \(onFrontier) ran on a frontier model, \(lookers) of these only read and "
            + "searched, beside those that are small anyway; \(claimed) can run on a cheaper one"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        var claims: [Claim] = []
        for thread in session.threads.indices {
            guard let unit = session.subagent(thread), let model = session.threads[thread].steps.first?.call.model
            else { continue }
            subagents += 1
            guard context.prices.facts(of: model)?.tier == .frontier else { continue }
            onFrontier += 1
            let steps = session.threads[thread].steps
            guard steps.onlyLook, !steps.contains(where: { taken.contains($0.call.key) }) else { continue }
            lookers += 1
            guard session.lookingSubagent(thread, in: context) != nil,
                let claim = claim(on: unit, from: model, of: session, in: context)
            else { continue }
            claims.append(claim)
        }
        claimed += claims.count
        return claims
    }

    private mutating func claim(
        on unit: WorkUnit,
        from model: ModelID,
        of session: PricedSession,
        in context: AnalysisContext
    ) -> Claim? {
        let thread = session.threads[unit.runs[0].thread]
        let needs = session.needs(of: unit.runs)
        guard let target = context.targets.downgrade(for: model, needs: needs, in: context) else { return nil }
        let move = Move(steps: Array(thread.steps.indices), model: model, target: target, startsCold: false)
        guard let priced = thread.reprice(move, in: context) else { return nil }
        guard priced.estimated < priced.actual else {
            dropped.add(priced.actual)
            return nil
        }
        let least = context.thresholds.money(SubagentOversized.minimum)
        guard priced.actual - priced.estimated >= least else { return nil }
        let shape = session.shape(of: unit)
        return session.claim(
            FindingScope(kind: SubagentOversized.kind, project: session.project),
            unit: .subagent,
            model: model,
            target: target,
            shape: shape,
            runs: unit.runs,
            priced: priced,
            reasons: [
                "the subagent \(thread.thread.agentType ?? "(of no named type)") only read and searched",
                shape.toolCalls == 1
                    ? "its tool call changed nothing"
                    : "none of its \(shape.toolCalls.of("tool call")) changed anything",
            ],
            in: context
        )
    }
}

extension PricedSession {
    /// A subagent on a frontier model that only looked around and came to its report, and so can move as a whole.
    func lookingSubagent(_ thread: Int, in context: AnalysisContext) -> WorkUnit? {
        let steps = threads[thread].steps
        guard let unit = subagent(thread), let model = steps.first?.call.model,
            context.prices.facts(of: model)?.tier == .frontier, steps.onlyLook, !threads[thread].isDoubtful
        else { return nil }
        return unit
    }
}

extension [SessionThread.Step] {
    /// At least one tool was called, and none that may change anything.
    fileprivate var onlyLook: Bool {
        contains { !$0.toolCalls.isEmpty } && allSatisfy { $0.toolCalls.allSatisfy(\.purpose.isObservation) }
    }
}

extension PricedThread {
    /// Something speaks for keeping it on its model, or there is no report to judge it by.
    fileprivate var isDoubtful: Bool {
        for step in steps {
            let call = step.call
            if call.stopReason == .refusal || call.stopReason == .error || !call.earlierAttempts.isEmpty { return true }
            if call.model != steps[0].call.model { return true }
            if step.arrivals.contains(where: { $0.kind == .compactSummary || $0.attachments > 0 }) { return true }
        }
        return doubtAboutEnd(of: steps.indices) != nil
    }
}
