import Domain
import Reports

/// The calls of a session by task, each with what it carried, rebuilt, asked for and cost.
///
/// Every task is a table of its own with columns of the same widths: a browser need not lay out and paint the ones that
/// are out of sight, so that thousands of calls scroll as smoothly as a few.
struct SessionTimeline {
    /// What the file of all calls is named by.
    private static let all = "calls"
    /// What one table holds at most; the classes `rows-N` of the style sheet say how tall it may be.
    private static let mostRows = 100

    /// The calls between one prompt and the next, or some of them.
    private struct Part {
        /// What its files are named by.
        var id: String
        var name: String
        var title: String
        var steps: ArraySlice<SessionReport.Step>
    }

    private let report: SessionReport
    private let hasThreads: Bool

    init(_ report: SessionReport) {
        self.report = report
        hasThreads = !report.subagents.isEmpty
    }

    func write(to html: inout HTML) {
        var parts = parts
        // All calls are there under one name, however many tasks there are.
        if parts.count == 1 { parts[0].id = SessionTimeline.all }
        for part in parts {
            table(part, in: &html)
            html.files(part.id, part.name) { report.table(of: Array(part.steps)) }
        }
        guard parts.count > 1 else { return }
        html.element("p", .class("strong"), text: "The whole session")
        html.files(SessionTimeline.all, "The whole session") { report.sheet }
    }

    private var parts: [Part] {
        var parts: [Part] = []
        var start = 0
        var task = 0
        func close(at end: Int) {
            guard start < end else { return }
            parts += split(report.steps[start..<end], task: task, isOnly: task == 0 && end == report.steps.count)
            start = end
        }
        for (index, step) in report.steps.enumerated() where step.promptBytes != nil && step.thread.kind == .main {
            close(at: index)
            task += 1
        }
        close(at: report.steps.count)
        return parts
    }

    private func split(_ steps: ArraySlice<SessionReport.Step>, task: Int, isOnly: Bool) -> [Part] {
        guard let first = steps.first else { return [] }
        let name = task > 0 ? "Task \(task)" : isOnly ? "All calls" : "Before the first prompt"
        let id = task > 0 ? "task-\(task)" : "start"
        let prompt = first.promptBytes.map { ", a prompt of \($0.bytesText)" } ?? ""
        let cost = steps.reduce(Money.zero) { $0 + $1.figures.cost }
        let sum = "\(steps.count.of("call")), \(cost.dollars)"
        return stride(from: steps.startIndex, to: steps.endIndex, by: SessionTimeline.mostRows).map { start in
            let end = min(start + SessionTimeline.mostRows, steps.endIndex)
            let time = report.zone.minute(of: steps[start].call.time)
            let isFirst = start == steps.startIndex
            let further = "\(name), continued, \(time)"
            return Part(
                id: isFirst ? id : "\(id)-from-\(start - steps.startIndex + 1)",
                name: isFirst ? name : further,
                title: isFirst ? "\(name), \(time)\(prompt): \(sum)" : further,
                steps: steps[start..<end]
            )
        }
    }

    private static let figures = ["plain", "read", "written", "output"]
    /// Left out on a narrow screen.
    private static let less: Set = ["model", "plain", "read", "written"]

    private func table(_ part: Part, in html: inout HTML) {
        let titles = ["time"] + (hasThreads ? ["thread"] : []) + ["model", "tools"]
        let figures = SessionTimeline.figures + [report.totals.billing.noun]
        let size = [10, 25, 50].first { part.steps.count <= $0 } ?? SessionTimeline.mostRows
        html.element("table", .class("timeline rows-\(size)")) { html in
            html.element("caption", text: part.title)
            html.element("thead") { html in
                html.element("tr") { html in
                    for (index, title) in (titles + figures).enumerated() {
                        let names = [
                            index < titles.count ? "c-\(title)" : "n c-figure",
                            SessionTimeline.less.contains(title) ? "wide" : "",
                        ]
                        html.element(
                            "th",
                            Attribute("scope", "col"),
                            .class(names.filter { !$0.isEmpty }.joined(separator: " ")),
                            text: title
                        )
                    }
                }
            }
            html.element("tbody") { html in
                for step in part.steps { row(step, in: &html) }
            }
        }
    }

    private func row(_ step: SessionReport.Step, in html: inout HTML) {
        let usage = step.call.usage
        html.element("tr", .class(step.thread.kind == .main ? "" : "side")) { html in
            html.element("th", Attribute("scope", "row"), .class("dim")) { html in
                let time = report.zone.second(of: step.call.time)
                html.element("span", .class("wide"), text: String(time.prefix(11)))
                html.text(String(time.dropFirst(11)))
            }
            if hasThreads { html.element("td", text: step.threadName, upTo: HTML.longestCell) }
            html.element("td", .class("wide"), text: step.call.model.short, upTo: HTML.longestCell)
            html.element("td") { happenings(step, in: &$0) }
            let figures = [usage.inputTokens, usage.cacheReadTokens, usage.cacheWriteTokens, usage.outputTokens]
            for (title, tokens) in zip(SessionTimeline.figures, figures) {
                let names = "n" + (SessionTimeline.less.contains(title) ? " wide" : "") + (tokens == 0 ? " dim" : "")
                html.element("td", .class(names), text: tokens.compact)
            }
            html.element(
                "td",
                .class("n"),
                text: step.isContext ? "copy" : step.figures.unpricedCalls > 0 ? "unpriced" : step.figures.cost.dollars
            )
        }
    }

    /// What the call asked of tools, and what stood in its way.
    private func happenings(_ step: SessionReport.Step, in html: inout HTML) {
        html.text(step.toolsText, upTo: HTML.longestCell)
        if step.isAfterCompaction { html.element("span", .class("note"), text: " after a compaction") }
        if step.failedResults > 0 {
            html.element("span", .class("warn"), text: " \(step.failedResults.of("tool error")) before")
        }
        if let rebuild = step.rebuild {
            html.element(
                "span",
                .class("warn"),
                text: " cached \(rebuild.tokens.compact) again: \(rebuild.reason), \(rebuild.extraCost.dollars) more"
            )
        }
    }
}
