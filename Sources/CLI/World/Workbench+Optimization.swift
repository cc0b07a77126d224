import Analysis
import Domain
import Pricing
import Reports

extension Workbench {
    /// Looks for waste in the sessions of a selection.
    func optimize(
        in selection: Selection,
        showing kinds: Set<String>? = nil,
        nearMisses: Bool = false
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
        try forEachSession(in: selection) { analysis.add($0) }
        let result = analysis.finish(showing: kinds)
        return OptimizeReport(
            period: selection.period,
            days: result.days,
            sessionsAnalyzed: result.sessionsAnalyzed,
            callsAnalyzed: result.callsAnalyzed,
            billing: BillingSplit(result.total),
            recoverable: result.recoverable,
            findings: result.findings.map { found in
                OptimizeReport.Found(
                    finding: found.finding,
                    model: found.scope.model,
                    target: found.scope.target,
                    saving: BillingSplit(found.saving)
                )
            },
            kinds: result.kinds.map { .init(kind: $0.kind, basis: $0.basis, text: $0.summary) },
            droppedForSwitching: result.kinds.reduce(0) { $0 + $1.dropped.count },
            droppedCost: result.kinds.reduce(.zero) { $0 + $1.dropped.actual },
            nearMisses: nearMisses
                ? result.kinds.flatMap { $0.nearMisses.map { .init(candidate: $0.candidate, missed: $0.missed) } }
                : nil,
            unpricedCalls: result.unpriced.values.reduce(0) { $0 + $1.calls },
            newestCall: result.callsAnalyzed == 0 ? try newestCall(of: selection) : result.window.to,
            firstCall: result.window.from
        )
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
