import Domain
import Reports

/// How often candidates agree with history, each above the floor of the recorded model asked again.
struct AgreementChart {
    private let shares: [ComparedShare]
    private let label: String

    init(_ shares: [ComparedShare], label: String) {
        self.shares = shares
        self.label = label
    }

    func draw(in html: inout HTML) {
        guard !shares.isEmpty else { return }
        html.element("figure", .class("chart"), .label(label)) { html in
            html.element("figcaption") { html in
                html.legend([
                    LegendEntry("s1", "candidate"), LegendEntry("s4", "recorded model again, the floor"),
                    LegendEntry("interval", "95% interval of the difference, laid from the floor", isLine: true),
                ])
            }
            for share in shares { draw(share, in: &html) }
            html.element("p", .class("axis share"), Attribute("aria-hidden", "true")) { html in
                html.element("span", text: "")
                html.element("span", .class("axis")) { html in
                    html.element("span", text: "0%")
                    html.element("span", text: "100%")
                }
            }
        }
    }

    private func draw(_ share: ComparedShare, in html: inout HTML) {
        html.element("p", .class("share")) { html in
            html.element("span", Attribute("aria-hidden", "true")) { html in
                html.text(share.name, upTo: HTML.longestCell)
                html.element("small", text: " \(share.steps.of("step"))")
            }
            html.element(
                "svg",
                Attribute("viewBox", "0 0 100 12"),
                Attribute("preserveAspectRatio", "none"),
                Attribute("role", "img"),
                .label(share.text)
            ) { html in
                html.element("title", text: share.text)
                html.shape("rect", .class("hit"), Attribute("width", "100"), Attribute("height", "12"))
                bar(share.candidate, "s1", y: 1, height: 6, in: &html)
                bar(share.floor, "s4", y: 8, height: 3, in: &html)
                if let range = share.range { whisker(range, in: &html) }
            }
        }
    }

    private func bar(_ part: Double, _ name: String, y: Double, height: Double, in html: inout HTML) {
        html.shape(
            "rect",
            .class(name),
            .number("y", y),
            .number("width", max(0, min(1, part)) * 100),
            .number("height", height)
        )
    }

    private func whisker(_ range: ClosedRange<Double>, in html: inout HTML) {
        let (low, high) = ((range.lowerBound * 100).coordinate, (range.upperBound * 100).coordinate)
        html.shape(
            "path",
            .class("mark interval"),
            Attribute("d", "M\(low) 2V6M\(low) 4H\(high)M\(high) 2V6")
        )
    }
}
