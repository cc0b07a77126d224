import Domain
import Reports

/// A form that changes settings, or says what it would change; each needs the admin token.
enum RuleForm: CaseIterable {
    /// Says what applying a finding changes.
    case preview
    /// Applies what was announced.
    case apply
    case undo

    var path: StaticString {
        switch self {
        case .preview: "/rules/preview"
        case .apply: "/rules/apply"
        case .undo: "/rules/undo"
        }
    }

    static let paths = Set(allCases.map { "\($0.path)" })

    var button: String {
        switch self {
        case .preview: "Show what it changes"
        case .apply: "Apply it"
        case .undo: "Take it back"
        }
    }
}

extension HTML {
    /// A form for who holds the admin token, and where that is kept.
    mutating func adminForm(
        _ form: RuleForm,
        about subject: String,
        _ fields: [(name: StaticString, value: String?)],
        tokenFile: String,
        choices: (inout HTML) -> Void = { _ in }
    ) {
        element(
            "form",
            .class("admin"),
            Attribute("method", "post"),
            Attribute("action", Link(form.path).text),
            .label("\(form.button): \(subject)")
        ) { html in
            for field in fields {
                guard let value = field.value else { continue }
                html.void(
                    "input",
                    Attribute("type", "hidden"),
                    Attribute("name", field.name.description),
                    Attribute("value", value)
                )
            }
            html.element("label") { html in
                html.element("span", text: "Admin token")
                html.void(
                    "input",
                    Attribute("type", "password"),
                    Attribute("name", "token"),
                    Attribute("required"),
                    Attribute("autocomplete", "off"),
                    Attribute("spellcheck", "false")
                )
            }
            choices(&html)
            html.element("button", text: form.button)
        }
        element("p", .class("note")) { html in
            html.text("The admin token is the one line of ")
            html.element("code", text: tokenFile)
            html.text("; only you can read it.")
        }
    }
}

/// What a form came to: what would change, what did, or what was taken back.
struct ChangePage {
    var report: RuleChangeReport
    /// The form whose answer it is.
    var form: RuleForm
    var isEverywhere: Bool
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
                [
                    ("id", report.rule.finding), ("plan", report.fingerprint),
                    ("everywhere", isEverywhere ? "on" : nil),
                ],
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
