import Analysis
import Domain
import Pricing
import Reports
import Store

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
