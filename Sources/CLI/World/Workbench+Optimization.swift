import Analysis
import Domain
import Pricing
import Reports
import Store

extension Workbench {
    /// Looks for waste in the sessions of a selection; as if nothing had been replayed yet, where verdicts are left out.
    ///
    /// At every session it asks whether it goes on; what that throws stops it.
    func optimize(
        in selection: Selection,
        showing kinds: Set<String>? = nil,
        nearMisses: Bool = false,
        withVerdicts: Bool = true,
        goesOn: () throws -> Void = {}
    ) throws -> OptimizeReport {
        var window = selection.period.window
        // A window that has a beginning goes on until now, whether anything happened lately or not.
        if window.from != nil, window.to == nil { window.to = world.now }
        var analysis = Analysis(
            in: AnalysisContext(
                prices: prices,
                today: today,
                window: window,
                thresholds: Thresholds(settings.thresholds)
            )
        )
        try forEachSession(in: selection) { session in
            try goesOn()
            analysis.add(session)
        }
        let verdicts = withVerdicts ? try telling { try store.verdicts() } : [:]
        let contradicted = verdicts.values.filter { $0.outcome == .contradicted }
        let costlier = verdicts.filter { $0.value.outcome == .supported && $0.value.extraCalls > 1 }
        let result = analysis.finish(
            showing: kinds,
            silencing: Set(contradicted.map(\.subject)),
            making: costlier.mapValues { ExtraCalls(target: $0.target, ratio: $0.extraCalls) }
        )
        // What a kept rule has measured holds for the finding it came from.
        let measured = try telling { Set(try store.rules().filter { $0.status == .promoted }.map(\.finding)) }
        return OptimizeReport(
            period: selection.period,
            days: result.days,
            sessionsAnalyzed: result.sessionsAnalyzed,
            callsAnalyzed: result.callsAnalyzed,
            billing: BillingSplit(result.total),
            recoverable: result.recoverable,
            findings: result.findings.map { found in
                var finding = found.finding
                if measured.contains(finding.id) { finding.confidence = .userValidated }
                return OptimizeReport.Found(
                    finding: finding,
                    model: found.scope.model,
                    target: found.scope.target,
                    saving: BillingSplit(found.saving)
                ).judged(by: verdicts[found.finding.id])
            },
            kinds: result.kinds.map { .init(kind: $0.kind, basis: $0.basis, text: $0.summary) },
            droppedForSwitching: result.kinds.reduce(0) { $0 + $1.dropped.count },
            droppedCost: result.kinds.reduce(.zero) { $0 + $1.dropped.actual },
            nearMisses: nearMisses
                ? result.kinds.flatMap { $0.nearMisses.map { .init(candidate: $0.candidate, missed: $0.missed) } }
                : nil,
            unpricedCalls: result.unpriced.values.reduce(0) { $0 + $1.calls },
            newestCall: result.callsAnalyzed == 0 ? try newestCall(of: selection) : result.window.to,
            firstCall: result.window.from,
            contradicted: contradicted.filter { result.silenced.contains($0.subject) }.sorted {
                $0.subject < $1.subject
            }
        )
    }
}

extension OptimizeReport.Found {
    /// The finding with what a replay showed of it: one that is supported is surer.
    fileprivate func judged(by verdict: Verdict?) -> OptimizeReport.Found {
        guard let verdict else { return self }
        var found = self
        found.verdict = verdict
        // A study of another pair of models, such as one with --target, says nothing of this finding.
        let targets = Set(finding.candidates.compactMap(\.target))
        guard target ?? (targets.count == 1 ? targets.first : nil) == verdict.target else {
            found.verdict = nil
            return found
        }
        guard verdict.outcome == .supported else { return found }
        if finding.confidence == .structural { found.finding.confidence = .replayValidated }
        found.finding.caveats.append(verdict.text)
        guard verdict.extraCalls > 1 else { return found }
        let ratio = (verdict.extraCalls * 100).rounded() / 100
        found.finding.caveats.append("The target makes \(ratio) calls of tools for one: the saving is less by as much.")
        return found
    }
}

extension BillingSplit {
    fileprivate init(_ money: MoneyByBilling) {
        self.init()
        api = money.api
        subscription = money.subscription
        unknown = money.unknown
    }
}
