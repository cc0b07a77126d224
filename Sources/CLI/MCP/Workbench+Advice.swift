import Analysis
import Domain
import Pricing
import Reports
import Routing

extension Workbench {
    /// The router's decision in the words of an advice, with what the history adds to it; nil where that is not known
    /// yet.
    func advice(
        _ report: DecideReport,
        facts: RequestFacts,
        evidence: ProjectEvidence?,
        recent: Call?,
        contradiction: Verdict?
    ) -> DowngradeAdvice {
        let decision = report.decision
        let saving = taskSaving(by: decision, promptBytes: facts.promptBytes)
        let switchPays = saving > .zero && switchPays(to: decision.chosen, from: recent)
        let isAdvised = saving > .zero && contradiction == nil
        var reasons = [report.explanation]
        if let contradiction, decision.chosen != decision.requested {
            reasons.append(
                "A replay of this project's own steps speaks against \(decision.chosen): \(contradiction.text)"
            )
        }
        if let evidence, evidence.sessions > 0 {
            let each = evidence.savingEach.map { ", \($0.dollars) each on average" } ?? ""
            reasons.append(
                "In \(evidence.sessions.of("session")) here, small work of \(decision.requested) looks like a cheaper "
                    + "model's\(each)."
            )
        }
        if evidence == nil {
            reasons.append("This project's history is still being looked at: ask again for its evidence.")
        }
        if decision.chosen != decision.requested, let recent {
            let size = recent.usage.promptTokens.compact
            reasons.append(
                switchPays
                    ? "Going over now pays, with \(size) tokens of prompt to write anew."
                    : "Not by going over now: \(size) tokens of prompt are in the cache; use a subagent or a new session."
            )
        }
        return DowngradeAdvice(
            isAdvised: isAdvised,
            target: isAdvised ? decision.chosen : nil,
            confidence: evidence?.confidence ?? .structural,
            reasons: reasons,
            sessions: evidence?.sessions,
            verdict: (contradiction ?? evidence?.verdict)?.outcome.rawValue,
            saving: isAdvised ? evidence?.savingEach ?? saving : .zero,
            switchPaysNow: switchPays
        )
    }

    /// What one turn on the task saves, which begins with nothing in any cache; zero where a price is not known.
    private func taskSaving(by decision: Decision, promptBytes: Int) -> Money {
        let tokens = Int(Double(promptBytes) / Call.bytesPerToken)
        var pricer = Pricer(book: prices)
        func cost(on model: ModelID) -> Money? {
            pricer.rates(for: Usage(inputTokens: tokens), on: model, at: world.now)
                .map { SwitchRule(promptTokens: tokens, warmTokens: 0).cost(on: $0, turns: 1, warm: 0) }
        }
        guard decision.chosen != decision.requested, let own = cost(on: decision.requested),
            let other = cost(on: decision.chosen)
        else { return .zero }
        return max(.zero, own - other)
    }

    /// Whether the session under way, whose last call this was, would save by going over now; without one nothing is
    /// given up.
    private func switchPays(to target: ModelID, from recent: Call?) -> Bool {
        guard let recent, recent.model != target else { return true }
        let provider = prices.facts(of: recent.model)?.provider
        let lifetime = (CacheLifetime(writtenBy: recent.usage) ?? .automatic).milliseconds(provider: provider)
        let usage = recent.usage
        let isWarm = world.now.milliseconds(since: recent.time) <= lifetime
        let rule = SwitchRule(
            promptTokens: usage.promptTokens + usage.outputTokens,
            warmTokens: isWarm ? usage.cacheReadTokens + usage.cacheWriteTokens : 0
        )
        let prompt = Usage(inputTokens: rule.promptTokens)
        var pricer = Pricer(book: prices)
        guard let own = pricer.rates(for: prompt, on: recent.model, at: world.now),
            let other = pricer.rates(for: prompt, on: target, at: world.now)
        else { return false }
        return rule.pays(from: own, to: other, turns: SwitchRule.expectedTurns)
    }
}

extension Decision {
    /// The replay that speaks against a project's small work on the model chosen; nil where none does.
    func contradiction(in project: String, _ verdicts: [String: Verdict]) -> Verdict? {
        let scope = FindingScope(kind: ModelDowngrade.kind, project: project, model: requested, target: chosen)
        return verdicts[scope.id].flatMap { $0.outcome == .contradicted ? $0 : nil }
    }
}
