import Domain
import Reports

/// What a form came to: what would change, what did, or what was taken back.
struct ChangePage {
    var report: RuleChangeReport
    /// The form whose answer it is.
    var form: RuleForm
    var wish: RuleWish
    var tokenFile: String

    var title: String {
        switch report.event {
        case .proposed: "Apply this?"
        case .applied: "Applied"
        case .unchanged: "Nothing to change"
        case .undone: "Taken back"
        }
    }

    func write(to html: inout HTML) {
        if form == .apply, report.event == .proposed {
            html.element(
                "p",
                .class("warning"),
                text:
                    "Nothing was written: it would change something else now than was announced. This is how it stands."
            )
        }
        let blocks = report.page.blocks.filter { if case .next = $0 { false } else { true } }
        html.blocks(of: Page(blocks), id: "change", caption: "The change")
        switch report.event {
        case .proposed:
            html.adminForm(
                .apply,
                about: report.rule.finding,
                [("id", report.rule.finding), ("plan", report.fingerprint)] + wish.fields,
                tokenFile: tokenFile
            )
        case .applied:
            html.adminForm(.undo, about: report.rule.id, [("id", report.rule.id)], tokenFile: tokenFile)
        case .unchanged, .undone: break
        }
        html.element("p") { html in
            html.element("a", .href(.finding(report.rule.finding, in: Filter())), text: "The finding")
            html.text(" · ")
            html.element("a", .href(Link("/rules")), text: "All rules")
        }
    }
}
