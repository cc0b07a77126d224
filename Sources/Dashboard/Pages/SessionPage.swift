import Domain
import Reports

/// One session as a timeline: tasks, and under each its calls with what they carried, rebuilt, asked for and cost.
struct SessionPage {
    let report: SessionReport

    init(_ report: SessionReport) { self.report = report }

    /// The calls between one prompt and the next.
    private struct Part {
        var title: String
        var steps: ArraySlice<SessionReport.Step>
    }

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
            html.section("subagents", "Subagents") { $0.table(subagents) }
        }
        html.section("timeline", "Timeline") { html in
            guard !report.steps.isEmpty else {
                html.emptyState("The session has no calls.")
                return
            }
            timeline(in: &html)
            html.files(File.both(.session, query), of: "The session's calls")
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
    }

    private var figures: [(name: String, value: String, note: String?)] {
        let rebuilds = report.steps.compactMap(\.rebuild)
        let extra = rebuilds.reduce(Money.zero) { $0 + $1.extraCost }
        let noun = report.totals.billing.noun
        let prompts = report.steps.count { $0.promptBytes != nil && $0.thread.kind == .main }
        return [
            (noun.prefix(1).uppercased() + noun.dropFirst(), report.totals.costCell.shown, "priced"),
            ("Calls", report.totals.calls.grouped, prompts.of("task")),
            ("Output", report.totals.usage.outputTokens.compact, "tokens"),
            ("Read from cache", report.totals.usage.cacheReadTokens.compact, "tokens"),
            ("Cached again", rebuilds.count.of("time"), rebuilds.isEmpty ? nil : "\(extra.dollars) more than reading"),
        ]
    }

    private var subagents: ShownTable {
        ShownTable(
            id: "subagents-table",
            caption: "Subagents",
            table: Table(
                report.subagents,
                fields: [
                    Field(Table.Column("kind", key: "kind")) { Table.Cell($0.name) },
                    Field(Table.Column("thread", key: "thread")) { Table.Cell($0.thread.name, tone: .dim) },
                    Field(.figure("calls", key: "calls")) { .count($0.figures.calls) },
                    Field(.figure("output", key: "outputTokens")) { .tokens($0.figures.usage.outputTokens) },
                    Field(.figure(report.totals.billing.noun, key: "costUSD")) { .money($0.figures.cost) },
                ]
            )
        )
    }

    private var parts: [Part] {
        var parts: [Part] = []
        var start = 0
        var task = 0
        func close(at end: Int) {
            guard start < end else { return }
            let opens = report.steps[start].promptBytes.map { "Task \(task), a prompt of \($0.bytesText)" }
            let time = report.zone.minute(of: report.steps[start].call.time)
            parts.append(
                Part(title: "\(time) \(opens ?? "Before the first prompt")", steps: report.steps[start..<end])
            )
            start = end
        }
        for (index, step) in report.steps.enumerated() where step.promptBytes != nil && step.thread.kind == .main {
            close(at: index)
            task += 1
        }
        close(at: report.steps.count)
        return parts
    }

    private func timeline(in html: inout HTML) {
        let hasThreads = !report.subagents.isEmpty
        let titles = ["time"] + (hasThreads ? ["thread"] : []) + ["model", "tools"]
        let figures = ["plain", "read", "written", "output", report.totals.billing.noun]
        html.element(
            "div",
            .class("table timeline"),
            .id("timeline-table"),
            Attribute("tabindex", "0"),
            Attribute("role", "group"),
            .label("Timeline")
        ) { html in
            html.element("table") { html in
                html.element("caption", .class("hidden"), text: "Timeline: each call of the session, by task")
                html.element("thead") { html in
                    html.element("tr") { html in
                        for title in titles {
                            html.element(
                                "th",
                                Attribute("scope", "col"),
                                .class(title == "model" ? "wide" : ""),
                                text: title
                            )
                        }
                        for title in figures {
                            let isLess = title == "plain" || title == "read" || title == "written"
                            html.element(
                                "th",
                                Attribute("scope", "col"),
                                .class(isLess ? "n wide" : "n"),
                                text: title
                            )
                        }
                    }
                }
                for part in parts {
                    html.element("tbody") { html in
                        row(part, hasThreads: hasThreads, in: &html)
                        for step in part.steps { row(step, hasThreads: hasThreads, in: &html) }
                    }
                }
            }
        }
    }

    /// The heading of a task: its text runs over the empty cells, of which a narrow screen has fewer.
    private func row(_ part: Part, hasThreads: Bool, in html: inout HTML) {
        let cost = part.steps.reduce(Money.zero) { $0 + $1.figures.cost }
        html.element("tr", .class("task")) { html in
            html.element(
                "th",
                Attribute("scope", "rowgroup"),
                text: "\(part.title), \(part.steps.count.of("call"))"
            )
            if hasThreads { html.element("td") { _ in } }
            for name in ["wide", "", "wide", "wide", "wide", ""] { html.element("td", .class(name)) { _ in } }
            html.element("td", .class("n"), text: cost.dollars)
        }
    }

    private func row(_ step: SessionReport.Step, hasThreads: Bool, in html: inout HTML) {
        let usage = step.call.usage
        html.element("tr", .class(step.thread.kind == .main ? "" : "side")) { html in
            html.element("th", Attribute("scope", "row"), .class("dim")) { html in
                let time = report.zone.second(of: step.call.time)
                html.element("span", .class("wide"), text: String(time.prefix(11)))
                html.text(String(time.dropFirst(11)))
            }
            if hasThreads { html.element("td", text: step.threadName, upTo: HTML.longestCell) }
            html.element("td", .class("wide"), text: step.call.model.short, upTo: HTML.longestCell)
            html.element("td", .class("t")) { html in
                html.text(step.toolsText, upTo: HTML.longestCell)
                if step.isAfterCompaction { html.element("span", .class("note"), text: " after a compaction") }
                if step.failedResults > 0 {
                    html.element("span", .class("warn"), text: " \(step.failedResults.of("tool error")) before")
                }
                if let rebuild = step.rebuild {
                    html.element(
                        "span",
                        .class("warn"),
                        text: " cached \(rebuild.tokens.compact) again: \(rebuild.reason), "
                            + "\(rebuild.extraCost.dollars) more"
                    )
                }
            }
            let figures = [
                (usage.inputTokens, "n wide"), (usage.cacheReadTokens, "n wide"), (usage.cacheWriteTokens, "n wide"),
                (usage.outputTokens, "n"),
            ]
            for (tokens, name) in figures {
                html.element("td", .class(tokens == 0 ? "\(name) dim" : name), text: tokens.compact)
            }
            html.element(
                "td",
                .class("n"),
                text: step.isContext ? "copy" : step.figures.unpricedCalls > 0 ? "unpriced" : step.figures.cost.dollars
            )
        }
    }
}
