import Domain
import Reports

/// One study: what it showed, for which kinds of steps, and the pairs it rests on, side by side.
struct StudyPage {
    private let verdict: Verdict
    /// Nil where its logs or replies are gone.
    private let report: StudyReport?
    /// From 1 on.
    private let number: Int

    private static let stepsPerPage = 20

    init(verdict: Verdict, report: StudyReport?, query: Query) {
        self.verdict = verdict
        self.report = report
        number = max(1, query["page"].flatMap { Int($0) } ?? 1)
    }

    func write(to html: inout HTML) {
        html.element("p", .class("lead")) { html in
            html.text("About ")
            html.element("code", text: verdict.subject, upTo: HTML.longestCell)
        }
        guard let report else {
            html.element("p", .class("strong"), text: verdict.outcome.text)
            html.element("p", text: verdict.text)
            html.emptyState(
                "What the verdict rests on is not here any more: the logs it is about, or the replies, were removed.",
                command: "suffice validate \(verdict.subject) --dry-run",
                brings: "says what another study would send and cost"
            )
            return
        }
        html.figures(report.figures)
        html.section("agreement", "Candidate beside floor, by kind of step") { html in
            AgreementChart(report.shares, label: "The candidate beside the recorded model asked again, by kind of step")
                .draw(in: &html)
        }
        html.section("study", "What it shows") { html in
            html.blocks(of: report.summary, id: "study", caption: "What the study showed")
        }
        html.section("pairs", "Pairs side by side") { pairs(of: report.comparedSteps, in: &$0) }
        html.reports([File(.study, [("id", verdict.study)])])
    }

    private func pairs(of steps: [ComparedStep], in html: inout HTML) {
        guard !steps.isEmpty else {
            html.emptyState("No step was answered.")
            return
        }
        html.element("p", .class("note"), text: "Those that differ come first.")
        let pages = (steps.count + StudyPage.stepsPerPage - 1) / StudyPage.stepsPerPage
        let number = min(number, pages)
        for (index, step) in steps.enumerated()
            .dropFirst((number - 1) * StudyPage.stepsPerPage).prefix(StudyPage.stepsPerPage)
        {
            self.step(step, index, in: &html)
        }
        html.pager(pages, at: number, label: "Pages of pairs") {
            Link.study(verdict.study).adding([("page", String($0))])
        }
    }

    private func step(_ step: ComparedStep, _ index: Int, in html: inout HTML) {
        html.element("h3") { html in
            html.element(
                "a",
                .href(.session(step.session)),
                text: step.session.name.shortenedInMiddle(to: 13)
            )
            html.text(" step \(step.number): ")
            html.element("span", .class(step.agrees ? "good" : "warn"), text: step.outcome)
            html.element(
                "small",
                text: " recorded model again: \(step.original ?? "no answer"); \(step.fidelity.rawValue)"
            )
        }
        if let text = step.text { return html.element("p", .class("note"), text: text) }
        let (id, caption) = ("pair-\(index + 1)", "Pair \(index + 1), step \(step.number) side by side")
        html.element(
            "div",
            .class("table"),
            .id("\(id)-table"),
            Attribute("tabindex", "0"),
            Attribute("role", "group"),
            .label(caption)
        ) { html in
            html.element("table", .class("pairs")) { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        for title in ["recorded", "candidate", "level", "reason"] {
                            html.element("th", Attribute("scope", "col"), text: title)
                        }
                    }
                }
                html.element("tbody") { html in
                    for pair in step.pairs {
                        html.element("tr") { html in
                            html.element("td") { action(pair.recorded, in: &$0) }
                            html.element("td") { action(pair.candidate, in: &$0) }
                            html.element("td", text: pair.level)
                            html.element("td", .class("dim"), text: pair.reason)
                        }
                    }
                }
            }
        }
        html.files(id, caption) { step.table }
    }

    private func action(_ action: RecordedAction?, in html: inout HTML) {
        guard let action else { return html.text("–") }
        html.element("strong", text: action.tool, upTo: HTML.longestCell)
        html.preformatted(action.input, upTo: HTML.longestText)
    }
}
