import Domain
import Reports

/// What was spent, where it is recoverable, what routing saved, and the one next step.
struct OverviewPage {
    var filter: Filter
    var spend: SpendReport
    var days: DailySpendReport
    /// Nil while it is worked out: the page asks again when it is.
    var optimize: OptimizeReport?
    var gateway: GatewayReport

    func write(to html: inout HTML) {
        guard spend.totals.calls > 0 else {
            html.emptyState(
                spend.period.emptyText(newest: spend.newestCall) + ".",
                command: "suffice doctor",
                brings: "where logs were looked for, and what was found"
            )
            return
        }
        html.figures(figures)
        recoverable(in: &html)
        let chart = DailySpendChart(days)
        html.section("days", chart.isWeekly ? "Spend by week" : "Spend by day") { html in
            chart.bars.draw(in: &html)
            let table = ShownTable(id: "days", caption: "Spend by day and model", table: days.sheet)
            html.element("details", .id("days-figures")) { html in
                html.element("summary", text: "The figures as a table")
                html.grid(table)
            }
            html.files(table)
        }
        html.section("models", "Spend by model") { html in
            html.table(ShownTable(id: "models", caption: "Spend by model", table: spend.sheet))
            html.notes(of: spend.notes)
        }
        html.reports([
            File(.spend, filter.query + [("by", "model")]), File(.days, filter.query), File(.optimize, filter.query),
        ])
    }

    private var figures: [(name: String, value: String, note: String?)] {
        let noun = spend.totals.billing.noun
        var figures: [(name: String, value: String, note: String?)] = [
            (
                noun.first.map { String($0).uppercased() + noun.dropFirst() } ?? noun, spend.totals.costCell.shown,
                "priced, \(spend.period.title)"
            ),
            ("Calls", spend.totals.calls.grouped, "measured"),
        ]
        if let optimize {
            let share = optimize.recoverable.mid.share(of: optimize.total).map { ", \($0.percent) of it" } ?? ""
            figures.insert(
                (
                    "Recoverable", optimize.recoverable.mid.dollars,
                    "estimated \(optimize.recoverable.dollars)\(share)"
                ),
                at: 1
            )
        }
        let saved = gateway.totals.requests > 0 ? gateway.totals.saved.dollars : "–"
        figures.append(
            ("Saved by routing", saved, gateway.totals.requests > 0 ? "priced" : "nothing went through the gateway")
        )
        return figures
    }

    private func recoverable(in html: inout HTML) {
        html.section("recoverable", "Recoverable by kind") { html in
            guard let optimize else {
                html.element("p", .class("pending"), Attribute("data-pending"), text: "Looking through the sessions…")
                return
            }
            guard let first = optimize.found.first else {
                html.emptyState("Nothing found that could have cost less.")
                return
            }
            html.table(KindTable(optimize, filter).shown)
            html.element("p", .class("note"), text: "Savings are estimates; nothing was re-run. They overlap.")
            html.element("p", .class("step")) { html in
                html.element("strong", text: "Next: ")
                html.text("\(first.kind), about \(first.saving.dollars). ")
                if let largest = first.findings.first {
                    html.element("a", .href(.finding(largest.finding.id, in: filter)), text: "See what it rests on")
                    html.text(" and what to do about it.")
                }
            }
        }
    }
}

extension HTML {
    /// What a report says about its figures.
    mutating func notes(of blocks: [Page.Block]) {
        for block in blocks {
            switch block {
            case .note(let text): element("p", .class("note"), text: text)
            case .warning(let text): element("p", .class("warning"), text: text)
            default: break
            }
        }
    }
}
