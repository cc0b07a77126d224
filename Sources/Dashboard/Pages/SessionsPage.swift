import Domain
import Reports

/// Every session, to be searched, sorted and opened.
struct SessionsPage {
    /// What the rows are sorted by; the raw value stands in the address.
    enum Order: String, CaseIterable {
        case newest
        case cost
        case calls

        var label: String {
            switch self {
            case .newest: "newest first"
            case .cost: "dearest first"
            case .calls: "most calls first"
            }
        }
    }

    var filter: Filter
    /// What the user looks for in ids, projects and models.
    var search: String?
    var order: Order
    /// From 1 on.
    var number: Int
    var report: SessionsReport

    private static let rowsPerPage = 100

    init(_ report: SessionsReport, filter: Filter, query: Query) {
        self.filter = filter
        search = query["q"]
        order = query["sort"].flatMap(Order.init) ?? .newest
        number = max(1, query["page"].flatMap { Int($0) } ?? 1)
        var report = report
        if let search { report = report.matching(search) }
        switch order {
        case .newest: break
        case .cost: report.rows.sort { ($1.figures.cost, $0.session) < ($0.figures.cost, $1.session) }
        case .calls: report.rows.sort { ($1.figures.calls, $0.session) < ($0.figures.calls, $1.session) }
        }
        self.report = report
    }

    static func fields(_ query: Query) -> [PageFrame.Field] {
        [
            PageFrame.Field(name: "q", label: "Search", value: query["q"]),
            PageFrame.Field(
                name: "sort",
                label: "Order",
                value: query["sort"] ?? Order.newest.rawValue,
                choices: Order.allCases.map { ($0.rawValue, $0.label) }
            ),
        ]
    }

    func write(to html: inout HTML) {
        guard !report.rows.isEmpty else {
            html.emptyState(
                search.map { "No session's id, project or model holds '\($0)'." }
                    ?? report.period.emptyText(newest: report.newestCall) + "."
            )
            return
        }
        let pages = (report.rows.count + SessionsPage.rowsPerPage - 1) / SessionsPage.rowsPerPage
        let number = min(number, pages)
        let rows = Array(
            report.rows.dropFirst((number - 1) * SessionsPage.rowsPerPage).prefix(SessionsPage.rowsPerPage)
        )
        html.element(
            "p",
            .class("lead"),
            text: "\(report.rows.count.of("session")), \(report.totals.costCell.shown) \(report.totals.billing.noun)."
        )
        html.section("sessions", "Sessions") { html in
            var shown = report
            shown.rows = rows
            var table = shown.sheet
            for index in table.rows.indices where !table.rows[index].isEmpty {
                table.rows[index][0].shown = table.rows[index][0].shown.shortenedInMiddle(to: 13)
            }
            html.table(
                ShownTable(
                    id: "sessions",
                    caption: "Sessions",
                    table: table,
                    link: { .session(rows[$0].session) },
                    whole: { report.sheet }
                )
            )
            html.pager(pages, at: number, label: "Pages of sessions") { page in
                let order = order == .newest ? nil : order.rawValue
                return Link("/sessions").adding(
                    filter.query + [("q", search), ("sort", order), ("page", String(page))]
                )
            }
            html.element(
                "p",
                .class("note"),
                text: "Times are in \(report.period.zone.name); money is priced at each call's day's list price."
            )
        }
        html.reports([File(.sessions, filter.query + [("q", search)])])
    }
}
