import Domain
import Reports

/// The kinds of waste that were found, each with a bar as long as its saving.
struct KindTable {
    static let id = "kinds"

    private let report: OptimizeReport
    private let filter: Filter

    init(_ report: OptimizeReport, _ filter: Filter) {
        self.report = report
        self.filter = filter
    }

    var shown: ShownTable {
        let kinds = report.found
        let most = kinds.map(\.saving).max() ?? .zero
        var table = Table(
            kinds,
            fields: [
                Field(Table.Column("kind", key: "kind")) { Table.Cell($0.kind) },
                Field(.figure("findings", key: "findings", dropRank: 3)) { .count($0.findings.count) },
                Field(.figure("sessions", key: "sessionsFlagged", dropRank: 2)) { .count($0.sessions) },
                Field(Table.Column("basis", key: "basis", dropRank: 4)) { Table.Cell($0.basis.rawValue, tone: .dim) },
                Field(.figure("saving", key: "savingUSD")) { .money($0.saving, tone: .good) },
                Field(.figure("of spend", key: "share", dropRank: 1)) { share($0.saving) },
            ]
        )
        if kinds.count > 1 {
            table.totals = [
                "together, overlaps removed", .empty, .count(report.sessionsFlagged), .empty,
                .money(report.recoverable.mid), share(report.recoverable.mid),
            ]
        }
        return ShownTable(
            id: KindTable.id,
            caption: "Recoverable by kind",
            table: table,
            link: { Link("/findings").adding(filter.query + [("kind", kinds[$0].kind)]) },
            bar: { most > .zero ? kinds[$0].saving.usd / most.usd : 0 }
        )
    }

    private func share(_ saving: Money) -> Table.Cell {
        saving.share(of: report.total).map { .share($0 / 100) } ?? .empty
    }
}
