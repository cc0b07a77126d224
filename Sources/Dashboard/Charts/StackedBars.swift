/// Bars side by side, each made of parts that stand on one another; what a table says in figures, at a glance.
struct StackedBars: Sendable {
    struct Bar: Sendable {
        /// Under it, such as a day.
        var name: String
        /// By series; amounts, none below zero.
        var parts: [Double]
        /// What a reader that points at it is told.
        var text: String
    }

    var bars: [Bar]
    /// Names of the parts, the first at the bottom.
    var series: [String]
    /// The longest bar, as people read it.
    var highest: String
    /// What it shows, for who cannot see it.
    var label: String

    private static let step = 10.0
    private static let height = 100.0

    func draw(in html: inout HTML) {
        let most = bars.map { $0.parts.reduce(0, +) }.max() ?? 0
        guard most > 0 else { return }
        html.element("figure", .class("chart \(width)")) { html in
            html.element("figcaption") { html in
                html.legend(series.enumerated().map { .init("s\($0.offset)", $0.element) })
            }
            html.element("p", .class("scale"), Attribute("aria-hidden", "true"), text: highest)
            html.element(
                "svg",
                .class("bars"),
                Attribute("viewBox", "0 0 \((StackedBars.step * Double(bars.count)).coordinate) 100"),
                Attribute("preserveAspectRatio", "none"),
                Attribute("role", "img"),
                .label(label)
            ) { html in
                for (index, bar) in bars.enumerated() { draw(bar, at: index, most: most, in: &html) }
            }
            html.element("p", .class("axis"), Attribute("aria-hidden", "true")) { html in
                html.element("span", text: bars.first?.name ?? "")
                if bars.count > 1 { html.element("span", text: bars.last?.name ?? "") }
            }
        }
    }

    /// A class of the style sheet: a few bars are no walls.
    private var width: String {
        [1, 3, 7, 14, 31].first { bars.count <= $0 }.map { "few-\($0)" } ?? ""
    }

    private func draw(_ bar: Bar, at index: Int, most: Double, in html: inout HTML) {
        html.element("g") { html in
            html.element("title", text: bar.text)
            // Stands behind the parts, so that pointing above a short bar finds it too.
            html.shape(
                "rect",
                .class("hit"),
                .number("x", Double(index) * StackedBars.step),
                .number("width", StackedBars.step),
                .number("height", StackedBars.height)
            )
            var top = StackedBars.height
            for (series, amount) in bar.parts.enumerated() where amount > 0 {
                let height = amount / most * StackedBars.height
                top -= height
                html.shape(
                    "rect",
                    .class("s\(series)"),
                    .number("x", Double(index) * StackedBars.step + 1),
                    .number("y", top),
                    .number("width", StackedBars.step - 2),
                    .number("height", height)
                )
            }
        }
    }
}
