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
            choices(&html)
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
            html.element("button", text: form.button)
        }
        element("p", .class("note")) { html in
            html.text("The admin token is the one line of ")
            html.element("code", text: tokenFile)
            html.text("; only you can read it.")
        }
    }
}
