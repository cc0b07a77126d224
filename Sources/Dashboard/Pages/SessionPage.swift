import Domain
import Reports

/// One session: what it came to, how its prompt grew, its subagents, and every call.
struct SessionPage {
    let report: SessionReport

    init(_ report: SessionReport) { self.report = report }

    private var query: [(name: StaticString, value: String?)] {
        [("agent", report.session.agent.rawValue), ("id", report.session.name)]
    }

    private var main: [SessionReport.Step] { report.steps.filter { $0.thread.kind == .main } }

    func write(to html: inout HTML) {
        html.element("p", .class("lead")) { html in
            html.element("code", text: report.session.name)
            html.text(" \(report.session.agent.rawValue)\(report.isHeadless ? ", headless" : "")")
            if !report.project.isEmpty {
                html.text(" in ")
                html.element(
                    "a",
                    .href(Link("/sessions", ("project", report.project))),
                    text: report.project,
                    upTo: HTML.longestCell
                )
            }
        }
        html.figures(figures)
        html.section("context", "The prompt as it grows") { html in
            if main.count > 1 {
                ContextChart(main).draw(in: &html)
                if main.count < report.steps.count {
                    html.element(
                        "p",
                        .class("note"),
                        text: "The main thread's calls; subagents have prompts of their own."
                    )
                }
            } else {
                html.element("p", .class("note"), text: "Too few calls for a picture.")
            }
        }
        if !report.subagents.isEmpty {
            html.section("subagents", "Subagents") {
                $0.table(ShownTable(id: "subagents", caption: "Subagents", table: report.subagentTable))
            }
        }
        html.section("timeline", "Timeline") { html in
            guard !report.steps.isEmpty else {
                html.emptyState("The session has no calls.")
                return
            }
            SessionTimeline(report).write(to: &html)
            if report.steps.contains(where: \.isContext) {
                html.element(
                    "p",
                    .class("note"),
                    text: "Calls marked copy were made, and are paid for, in another session."
                )
            }
            html.element(
                "p",
                .class("note"),
                text: "Times are in \(report.zone.name); tokens are measured, money is priced at the call's day's list "
                    + "price. What a rebuild cost more is priced, too."
            )
        }
        html.reports([File(.session, query)])
    }

    private var figures: [(name: String, value: String, note: String?)] {
        let rebuilds = report.steps.compactMap(\.rebuild)
        let extra = rebuilds.reduce(Money.zero) { $0 + $1.extraCost }
        let noun = report.totals.billing.noun
        let prompts = report.steps.count { $0.promptBytes != nil && $0.thread.kind == .main }
        return [
            (noun.prefix(1).uppercased() + noun.dropFirst(), report.totals.costCell.shown, "priced"),
            ("Calls", report.totals.calls.grouped, prompts > 0 ? prompts.of("task") : nil),
            ("Output", report.totals.usage.outputTokens.compact, "tokens"),
            ("Read from cache", report.totals.usage.cacheReadTokens.compact, "tokens"),
            ("Cached again", rebuilds.count.of("time"), rebuilds.isEmpty ? nil : "\(extra.dollars) more than reading"),
        ]
    }
}
