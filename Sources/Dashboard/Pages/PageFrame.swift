import Domain

/// The pages there are, in the order of the questions they answer.
enum Place: CaseIterable {
    case overview
    case findings
    case sessions
    case proof
    case rules
    case routing
    case gateway
    case prices

    var title: String {
        switch self {
        case .overview: "Overview"
        case .findings: "Findings"
        case .sessions: "Sessions"
        case .proof: "Proof"
        case .rules: "Rules"
        case .routing: "Routing"
        case .gateway: "Gateway"
        case .prices: "Prices"
        }
    }

    var path: StaticString {
        switch self {
        case .overview: "/"
        case .findings: "/findings"
        case .sessions: "/sessions"
        case .proof: "/proof"
        case .rules: "/rules"
        case .routing: "/routing"
        case .gateway: "/gateway"
        case .prices: "/prices"
        }
    }

    /// Verdicts, rules and prices are of no period.
    var hasFilter: Bool { self != .prices && self != .rules && self != .proof }
}

/// What every page has around it: the way to the others, what it is about, and which calls it counts.
struct PageFrame: Sendable {
    var place: Place
    var title: String
    var filter: Filter
    /// What the address of the page holds besides.
    var query = Query(nil)
    /// Changes whenever a report may; the page asks for itself again when it does.
    var state: String
    /// A page below another one, such as one session: the filter is not its own.
    var isDetail = false
    /// More fields of the form that chooses, each kept in the address.
    var fields: [Field] = []

    /// A choice or a text of the form.
    struct Field: Sendable {
        var name: String
        var label: String
        var value: String?
        /// Nil for a text.
        var choices: [(value: String, label: String)]?
    }

    func page(_ body: (inout HTML) -> Void) -> HTML {
        var html = HTML(tables: TableFiles(of: query))
        html.documentType()
        html.element("html", Attribute("lang", "en")) { html in
            html.element("head") { head(in: &$0) }
            html.element("body", Attribute("data-state", state)) { html in
                html.element("a", .class("skip"), Attribute("href", "#main"), text: "Skip to the content")
                html.element("header") { header(in: &$0) }
                html.element("main", .id("main"), Attribute("tabindex", "-1")) { html in
                    html.element("h1", text: title)
                    if place.hasFilter, !isDetail { form(in: &html) }
                    body(&html)
                }
                html.element("footer") { html in
                    html.element("p", .id("live"), Attribute("role", "status"), text: "")
                    html.element("p", text: "Everything stays on this machine.")
                }
            }
        }
        return html
    }

    private func head(in html: inout HTML) {
        html.void("meta", Attribute("charset", "utf-8"))
        html.void("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
        html.void("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark"))
        html.element("title", text: "\(title) · suffice")
        html.void("link", Attribute("rel", "stylesheet"), .href(Asset.style.link))
        html.void("link", Attribute("rel", "icon"), .href(Asset.icon.link))
        html.element("script", Attribute("src", Asset.script.link.text), Attribute("defer")) { _ in }
    }

    private func header(in html: inout HTML) {
        html.element("a", .class("brand"), .href(Link("/").adding(filter.query)), text: "suffice")
        html.element("nav", .label("Pages")) { html in
            html.element("ul") { html in
                for other in Place.allCases {
                    html.element("li") { html in
                        html.element(
                            "a",
                            .href(Link(other.path).adding(other.hasFilter ? filter.query : [])),
                            Attribute("aria-current", optional: other == place ? (isDetail ? "true" : "page") : nil),
                            text: other.title
                        )
                    }
                }
            }
        }
    }

    private static let reaches = [
        ("", "all time"), ("today", "today"), ("7d", "7 days"), ("30d", "30 days"), ("90d", "90 days"),
    ]

    /// Chooses calls; what is chosen stands in the address.
    private func form(in html: inout HTML) {
        html.element("form", .class("filter"), Attribute("method", "get"), Attribute("role", "search")) { html in
            var reaches = PageFrame.reaches.map { (value: $0.0, label: $0.1) }
            if let since = filter.since, !reaches.contains(where: { $0.value == since }) {
                reaches.append((since, "since \(since)"))
            }
            field(Field(name: "since", label: "From", value: filter.since, choices: reaches), in: &html)
            let agents = [(value: "", label: "all agents")] + Agent.allCases.map { ($0.rawValue, $0.rawValue) }
            field(Field(name: "agent", label: "Agent", value: filter.agent, choices: agents), in: &html)
            field(Field(name: "project", label: "Project", value: filter.project), in: &html)
            for own in fields { field(own, in: &html) }
            if let until = filter.until {
                html.void("input", Attribute("type", "hidden"), Attribute("name", "until"), Attribute("value", until))
            }
            html.element("button", text: "Show")
        }
    }

    private func field(_ field: Field, in html: inout HTML) {
        html.element("label") { html in
            html.element("span", text: field.label)
            guard let choices = field.choices else {
                return html.void(
                    "input",
                    Attribute("name", field.name),
                    Attribute("value", field.value ?? ""),
                    Attribute("autocomplete", "off"),
                    Attribute("spellcheck", "false")
                )
            }
            html.element("select", Attribute("name", field.name)) { html in
                for choice in choices {
                    html.element(
                        "option",
                        Attribute("value", choice.value),
                        Attribute("selected", if: choice.value == field.value ?? ""),
                        text: choice.label
                    )
                }
            }
        }
    }
}

extension HTML {
    /// A part of a page under a heading of its own; parts that a change may touch are replaced when one comes.
    mutating func section(_ id: String, _ title: String, content: (inout HTML) -> Void) {
        element("section", .id(id), Attribute("data-live"), Attribute("aria-labelledby", "\(id)-title")) { html in
            html.element("h2", .id("\(id)-title"), text: title)
            content(&html)
        }
    }

    /// Figures that answer at a glance, each with what it is.
    mutating func figures(_ figures: [(name: String, value: String, note: String?)]) {
        element("dl", .class("figures"), .id("figures"), Attribute("data-live")) { html in
            for figure in figures {
                html.element("div") { html in
                    html.element("dt", text: figure.name)
                    html.element("dd") { html in
                        html.element("strong", text: figure.value)
                        if let note = figure.note {
                            html.text(" ")
                            html.element("small", text: note)
                        }
                    }
                }
            }
        }
    }
}
