package import Domain

/// One line to share that says how hard you are overpaying; it holds no project names unless they are asked for.
package struct TokenmaxxReport: Report {
    package var period: Period
    package var calls: Int
    package var billing: BillingSplit
    package var recoverable: MoneyInterval
    package var newestCall: Timestamp?
    package var firstCall: Timestamp?
    /// Names of the projects it is mostly about, for the picture; empty unless the user asked for them.
    package var projects: [String] = []

    package init(_ report: OptimizeReport, namingProjects: Bool = false) {
        period = report.period
        calls = report.callsAnalyzed
        billing = report.billing
        recoverable = report.recoverable
        newestCall = report.newestCall
        firstCall = report.firstCall
        if namingProjects { projects = report.largestProjects }
    }

    /// The part of the money that could have been saved, in percent.
    package var overpaid: Double { recoverable.mid.share(of: billing.total) ?? 0 }

    package var line: String {
        let total = "\(billing.total.roundDollars) \(billing.noun) over \(calls.of("call"))"
        guard recoverable.mid > .zero else { return "tokenmaxx 0%: \(total), nothing found that could have cost less" }
        return "tokenmaxx \(overpaid.percent): about \(recoverable.mid.roundDollars) of \(total) looks overpaid"
    }

    package var page: Page {
        guard calls > 0 else { return Page([.text(period.emptyText(newest: newestCall))]) }
        return Page([
            .headline(line),
            .note("Estimated, \(recoverable.dollars), over \(period.name); nothing was re-run."),
            .next(command: "suffice optimize\(period.flags)", brings: "where it went"),
        ])
    }

    package var json: JSON {
        [
            "schema": 1,
            "window": period.json(firstCall: firstCall),
            "calls": .integer(calls),
            "totalUSD": .money(billing.total),
            "billing": billing.json,
            "recoverableUSD": recoverable.json,
            "overpaidPercent": .number((overpaid * 10).rounded() / 10),
            "line": .string(line),
        ]
    }

    package var sheet: Table {
        Table(
            [self],
            fields: [
                Field(.figure("calls", key: "calls")) { .count($0.calls) },
                Field(.figure("total", key: "totalUSD")) { .money($0.billing.total) },
                Field(.figure("low", key: "recoverableLowUSD")) { .money($0.recoverable.low) },
                Field(.figure("mid", key: "recoverableMidUSD")) { .money($0.recoverable.mid) },
                Field(.figure("high", key: "recoverableHighUSD")) { .money($0.recoverable.high) },
                Field(Table.Column("line", key: "line")) { Table.Cell($0.line) },
            ]
        )
    }
}

extension OptimizeReport {
    /// The last part of the folders with the largest savings.
    fileprivate var largestProjects: [String] {
        Dictionary(grouping: findings, by: \.finding.project)
            .mapValues { $0.reduce(Money.zero) { $0 + $1.finding.saving } }
            .filter { !$0.key.isEmpty }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(3)
            .map { project in
                let parts = project.key.split(whereSeparator: { $0 == "/" || $0 == "\\" })
                return (parts.last.map(String.init) ?? project.key).shortenedInMiddle(to: 24)
            }
    }
}
