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
        var pricer = Pricer(book: prices)
        let prompt = Usage(inputTokens: Int(Double(facts.promptBytes) / Call.bytesPerToken))
        let own = pricer.rates(for: prompt, on: decision.requested, at: world.now)
        let target = pricer.rates(for: prompt, on: decision.chosen, at: world.now)
        var saving = Money.zero
        var switchPays = false
        if decision.chosen != decision.requested, let own, let target {
            // A task of its own begins with nothing in any cache.
            let task = SwitchRule(promptTokens: prompt.inputTokens, warmTokens: 0)
            saving = max(.zero, task.cost(on: own, turns: 1, warm: 0) - task.cost(on: target, turns: 1, warm: 0))
            let turns = SwitchRule.expectedTurns
            switchPays =
                SwitchRule(recent, at: world.now)?.pays(from: own, to: target, turns: turns) ?? (saving > .zero)
        }
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
            switchPaysNow: isAdvised && switchPays
        )
    }
}

extension SwitchRule {
    /// The conversation that a call was the last of; nil where there is none.
    fileprivate init?(_ recent: Call?, at now: Timestamp) {
        guard let usage = recent?.usage, let time = recent?.time else { return nil }
        let lifetime: Int64 = usage.cacheWrite1hTokens > 0 ? 3_600_000 : 300_000
        let isWarm = now.milliseconds(since: time) <= lifetime
        self.init(
            promptTokens: usage.promptTokens + usage.outputTokens,
            warmTokens: isWarm ? usage.cacheReadTokens + usage.cacheWriteTokens : 0
        )
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
