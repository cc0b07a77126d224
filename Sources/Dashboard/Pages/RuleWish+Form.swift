import Domain

extension RuleWish {
    /// The names of the form's fields: the options of `suffice rules apply`.
    private enum Name {
        static let everywhere: StaticString = "everywhere"
        static let shared: StaticString = "shared"
        static let action: StaticString = "as"
        static let profile: StaticString = "profile"
        static let again: StaticString = "again"
    }

    /// The wish of a form that was sent.
    init(_ form: Query) throws {
        func value(_ name: StaticString) -> String? { form[name.description] }
        self.init()
        isEverywhere = value(Name.everywhere) != nil
        isShared = value(Name.shared) != nil
        again = value(Name.again) != nil
        profile = value(Name.profile)
        if let text = value(Name.action) {
            action = Rule.Action(rawValue: text)
            if action == nil { throw BadQuestion("'\(text)' is nothing that a rule changes.") }
        }
        if let trouble { throw BadQuestion("\(trouble).") }
    }

    /// What a form holds that wishes the same again.
    var fields: [(name: StaticString, value: String?)] {
        [
            (Name.everywhere, isEverywhere ? "on" : nil), (Name.shared, isShared ? "on" : nil),
            (Name.again, again ? "on" : nil), (Name.action, action?.rawValue), (Name.profile, profile),
        ]
    }

    /// Fields to wish with; what few need is folded away.
    static func choices(in html: inout HTML) {
        box(Name.everywhere, "for every project, in your own settings (--everywhere)", in: &html)
        html.element("details", .id("rule-choices")) { html in
            html.element("summary", text: "More choices")
            html.element("div", .class("choices")) { html in
                box(Name.shared, "into the project's shared settings (--shared)", in: &html)
                box(Name.again, "though it was taken back or did harm before (--again)", in: &html)
                html.element("label") { html in
                    html.element("span", text: "Change (--as)")
                    html.element("select", Attribute("name", Name.action.description)) { html in
                        html.element("option", Attribute("value", ""), text: "what fits")
                        for action in Rule.Action.allCases {
                            html.element("option", Attribute("value", action.rawValue), text: action.rawValue)
                        }
                    }
                }
                html.element("label") { html in
                    html.element("span", text: "Profile of Codex's (--profile)")
                    html.void(
                        "input",
                        Attribute("name", Name.profile.description),
                        Attribute("autocomplete", "off"),
                        Attribute("spellcheck", "false")
                    )
                }
            }
        }
    }

    private static func box(_ name: StaticString, _ text: String, in html: inout HTML) {
        html.element("label", .class("choice")) { html in
            html.void("input", Attribute("type", "checkbox"), Attribute("name", name.description))
            html.element("span", text: text)
        }
    }
}
