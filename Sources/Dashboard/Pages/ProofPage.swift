import Domain
import Reports

/// What replays showed: how far cheaper models agree with history, beside the recorded model asked again.
struct ProofPage {
    /// Nil where nothing was ever replayed.
    var report: ProofReport?

    func write(to html: inout HTML) {
        guard let report else {
            html.emptyState(
                "Nothing has been replayed yet. A replay asks the cheaper model for recorded steps again and compares "
                    + "what it would have done with what was done, beside how often the recorded model agrees with itself.",
                command: "suffice validate FINDING --dry-run",
                brings: "says what it would send and cost, and sends nothing"
            )
            return
        }
        html.element("p", .class("lead"), text: report.headline + ".")
        html.section("agreement", "Candidate beside floor") { html in
            AgreementChart(report.shares, label: "Each study's candidate beside the recorded model asked again")
                .draw(in: &html)
            html.element(
                "p",
                .class("note"),
                text: "The floor is how often the recorded model agrees with its own record when it is asked again: no "
                    + "other model can be expected to do better. The table has the figures."
            )
        }
        html.section("proof", "Verdicts") { html in
            html.table(
                ShownTable(
                    id: "proof",
                    caption: "Verdicts",
                    table: report.sheet,
                    link: { .study(report.verdicts[$0].study) }
                )
            )
            html.notes(of: report.page.blocks)
        }
        html.reports([File(.proof)])
    }
}
