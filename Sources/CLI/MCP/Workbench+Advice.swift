import Analysis
import Domain
import Pricing
import Reports
import Routing

/// What a project's history says about small work on a model.
struct ProjectEvidence {
    var findings: [OptimizeReport.Found]

    init(in history: OptimizeReport, about model: ModelID, selection: Selection) {
        findings = history.findings.filter { found in
            found.finding.kind == ModelDowngrade.kind && found.model == model
                && selection.includes(agent: nil, project: found.finding.project)
        }
    }

    var sessions: Int { findings.reduce(0) { $0 + $1.finding.sessionsFlagged } }

    /// The surest there is.
    var confidence: Confidence {
        let all = Set(findings.map(\.finding.confidence))
        return [Confidence.userValidated, .replayValidated].first(where: all.contains) ?? .structural
    }

    /// What a piece of small work has saved on average.
    var savingEach: Money? {
        let count = findings.reduce(0) { $0 + $1.finding.candidates.count }
        guard count > 0 else { return nil }
        return Money(nanoUSD: findings.reduce(.zero) { $0 + $1.finding.saving }.nanoUSD / Int64(count))
    }
}

extension Workbench {
    /// The router's decision in the words of an advice, with what the history adds to it.
    func advice(
        _ report: DecideReport,
        facts: RequestFacts,
        evidence: ProjectEvidence,
        recent: Call?
    ) -> DowngradeAdvice {
        let decision = report.decision
        let saving = taskSaving(by: decision, promptBytes: facts.promptBytes)
        let switchPays = saving > .zero && switchPays(to: decision.chosen, from: recent)
        let isAdvised = saving > .zero
        var reasons = [report.explanation]
        if evidence.sessions > 0 {
            let each = evidence.savingEach.map { ", \($0.dollars) each on average" } ?? ""
            reasons.append(
                "In \(evidence.sessions.of("session")) here, small work of \(decision.requested) looks like a cheaper "
                    + "model's\(each)."
            )
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
            confidence: evidence.confidence,
            reasons: reasons,
            sessions: evidence.sessions,
            verdict: evidence.confidence.verdict,
            saving: isAdvised ? evidence.savingEach ?? saving : .zero,
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

extension Confidence {
    /// What was tried, in a word; nil where nothing was.
    fileprivate var verdict: String? {
        switch self {
        case .structural: nil
        case .replayValidated: "supported"
        case .userValidated: "kept"
        }
    }
}
