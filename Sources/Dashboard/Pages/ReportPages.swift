import Domain
import Reports

/// Live decisions of the gateway: which model, why, how fast, and what it would have come to as asked for.
struct RoutingPage {
    var filter: Filter
    var decisions: DecisionsReport
    var gateway: GatewayReport
    var router: RouterShowReport

    /// So many requests people look through; the files have all.
    private static let shown = 25

    func write(to html: inout HTML) {
        guard decisions.totals.requests > 0 else {
            html.emptyState(
                "No request went through the gateway: \(decisions.period.title).",
                command: "suffice serve",
                brings:
                    "runs the gateway; it says how a client is pointed at it, and records what it would have decided"
            )
            dial(in: &html)
            return
        }
        let totals = decisions.totals
        html.figures([
            ("Requests", totals.requests.grouped, "\(totals.running.grouped) running"),
            ("Rerouted", totals.rerouted.grouped, nil),
            ("Cost", totals.cost.dollars, "priced"),
            ("As asked for", totals.counterfactualCost.dollars, "priced, with the cache it would have had"),
            ("Saved", totals.saved.dollars, "priced"),
        ])
        html.element("div", .class("beside")) { html in
            tiers(in: &html)
            latencies(in: &html)
        }
        dial(in: &html)
        html.section("decisions", "The newest requests") { html in
            var newest = decisions
            newest.rows = Array(newest.rows.prefix(RoutingPage.shown))
            html.table(
                ShownTable(
                    id: "decisions",
                    caption: "The newest requests",
                    table: newest.sheet,
                    whole: { decisions.sheet }
                )
            )
            if decisions.rows.count > RoutingPage.shown {
                let text = "The newest \(RoutingPage.shown) of \(decisions.rows.count.grouped); the files have all."
                html.element("p", .class("note"), text: text)
            }
        }
        html.section("sums", "By model, app and reason") { html in
            html.blocks(of: gateway.page, id: "sums", caption: "Requests through the gateway")
        }
        html.reports([File(.decisions, filter.query), File(.gateway, filter.query)])
    }

    private func dial(in html: inout HTML) {
        html.section("router", "The router, and its dial") { html in
            DialChart(router.dial).draw(in: &html)
            html.blocks(of: router.page, id: "router", caption: "The router")
        }
    }

    private func tiers(in html: inout HTML) {
        html.section("tiers", "Tiers that served") { html in
            html.table(
                ShownTable(
                    id: "tiers",
                    caption: "Tiers that served",
                    table: decisions.tierTable,
                    bar: { Double(decisions.tiers[$0].figures.requests) / Double(max(1, decisions.totals.requests)) }
                )
            )
        }
    }

    private func latencies(in html: inout HTML) {
        html.section("latency", "Time to the first byte") { html in
            let most = decisions.latencies.map(\.milliseconds.p90).max() ?? 0
            html.table(
                ShownTable(
                    id: "latency",
                    caption: "Time to the first byte",
                    table: decisions.latencyTable,
                    bar: { Double(decisions.latencies[$0].milliseconds.p90) / Double(max(1, most)) }
                )
            )
            html.element("p", .class("note"), text: "From the client's last byte on; bars are as long as p90.")
        }
    }
}

/// How the gateway's upstreams do, what budgets have left, and what went wrong.
struct GatewayPage {
    var filter: Filter
    var report: UpstreamsReport

    func write(to html: inout HTML) {
        html.section("upstreams", "Upstreams") { html in
            guard !report.rows.isEmpty else {
                html.emptyState(
                    "No upstream is configured, and no request went through the gateway.",
                    command: "suffice serve",
                    brings: "passes requests on to both providers without any configuration"
                )
                return
            }
            html.table(
                ShownTable(id: "upstreams", caption: "Upstreams", table: report.sheet)
            )
            html.element(
                "p",
                .class("note"),
                text: "As seen in requests: nothing is sent to an upstream only to try it."
            )
        }
        html.section("budgets", "Budgets") { html in
            guard !report.budgets.isEmpty else {
                html.emptyState("No budget is set: write [[budget]] in suffice.toml, or give an app one.")
                return
            }
            html.table(
                ShownTable(
                    id: "budgets",
                    caption: "Budgets",
                    table: report.budgetTable,
                    bar: { min(1, (report.budgets[$0].spent.share(of: report.budgets[$0].limit) ?? 0) / 100) }
                )
            )
        }
        html.section("errors", "Errors") { html in
            guard !report.failures.isEmpty else {
                html.emptyState("None in \(report.period.name).")
                return
            }
            html.table(ShownTable(id: "errors", caption: "Errors", table: report.failureTable))
        }
        html.reports([File(.upstreams, filter.query)])
    }
}

/// What models cost today.
struct PricesPage {
    var report: PriceListReport

    func write(to html: inout HTML) {
        html.element("p", .class("lead"), text: "US$ per million tokens on \(report.day).")
        html.section("prices", "Prices") { html in
            html.table(ShownTable(id: "prices", caption: "Prices", table: report.sheet))
            html.notes(of: report.page.blocks)
            html.next("suffice prices show MODEL", "every price a model had, and its modes")
        }
        html.reports([File(.prices)])
    }
}

/// Rules that were applied, what became of them, and the way back.
struct RulesPage {
    /// Nil where there never was a rule.
    var report: RulesReport?
    var tokenFile: String

    func write(to html: inout HTML) {
        guard let report else {
            html.emptyState(
                "No finding has been made a rule yet. A rule changes one setting of an agent or of the gateway, is shown "
                    + "as a diff first, and can be taken back. A finding's page has the form.",
                command: "suffice rules apply FINDING",
                brings: "shows what it would change, and asks"
            )
            return
        }
        html.section("rules", "Applied") { html in
            html.blocks(of: report.page, id: "rules", caption: "Rules")
        }
        let inForce = report.rules.filter(\.status.isInForce)
        if !inForce.isEmpty { undo(inForce, in: &html) }
        html.reports([File(.rules)])
    }

    private func undo(_ inForce: [Rule], in html: inout HTML) {
        html.section("undo", "Take one back") { html in
            for rule in inForce {
                html.element("h3", text: rule.id)
                html.element("p", text: rule.text)
                html.adminForm(.undo, about: rule.id, [("id", rule.id)], tokenFile: tokenFile)
            }
        }
    }
}
