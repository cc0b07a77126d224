/// What a colour of a picture stands for.
struct LegendEntry {
    /// A class of the style sheet.
    var colour: String
    var text: String
    /// A line, not a surface.
    var isLine: Bool

    init(_ colour: String, _ text: String, isLine: Bool = false) {
        self.colour = colour
        self.text = text
        self.isLine = isLine
    }
}

extension HTML {
    /// What the colours of a picture stand for.
    mutating func legend(_ entries: [LegendEntry]) {
        element("ul", .class("legend")) { html in
            for entry in entries {
                html.element("li") { html in
                    html.element("svg", Attribute("viewBox", "0 0 10 10"), Attribute("aria-hidden", "true")) { html in
                        if entry.isLine {
                            html.shape("path", .class("mark \(entry.colour)"), Attribute("d", "M5 0v10"))
                        } else {
                            html.shape(
                                "rect",
                                .class(entry.colour),
                                Attribute("width", "10"),
                                Attribute("height", "10")
                            )
                        }
                    }
                    html.text(entry.text)
                }
            }
        }
    }
}
