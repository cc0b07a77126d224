import Domain
import Reports

/// Cost against quality, all along the dial; what is installed is marked.
struct DialChart {
    private let steps: [DialStep]

    init(_ steps: [DialStep]) { self.steps = steps }

    /// Dollars where there are any, else the share of requests that stay on the most capable model.
    private func cost(_ step: DialStep) -> Double { step.cost?.usd ?? 1 - step.moved }

    func draw(in html: inout HTML) {
        guard let dearest = steps.map(cost).max(), dearest > 0, let best = steps.map(\.quality).max(),
            let worst = steps.map(\.quality).min(), best > worst
        else { return }
        // A tenth of room above and below: differences are told by the table.
        let room = (best - worst) * 0.1
        func place(_ step: DialStep) -> (x: String, y: String) {
            let x = cost(step) / dearest * 100
            let y = 100 - (step.quality - worst + room) / (best - worst + 2 * room) * 100
            return (x.coordinate, y.coordinate)
        }
        html.element("figure", .class("chart few-14")) { html in
            html.element(
                "p",
                .class("scale"),
                Attribute("aria-hidden", "true"),
                text: "mean score, \(worst.figure) to \(best.figure)"
            )
            html.element(
                "svg",
                .class("bars"),
                Attribute("viewBox", "0 0 100 100"),
                Attribute("preserveAspectRatio", "none"),
                Attribute("role", "img"),
                .label(
                    "Cost against quality along the dial: the mean score goes from \(best.figure) to \(worst.figure) as the "
                        + "cost falls. The table has the figures."
                )
            ) { html in
                let points = steps.map(place).map { "\($0.x) \($0.y)" }
                html.shape("path", .class("line"), Attribute("d", "M" + points.joined(separator: "L")))
                for step in steps where step.isChosen {
                    let (x, y) = place(step)
                    html.element("g") { html in
                        html.element("title", text: "dial \(step.position.figure): \(step.quality.figure)")
                        html.shape("path", .class("mark rebuild"), Attribute("d", "M\(x) 0V100M0 \(y)H100"))
                    }
                }
            }
            html.element("p", .class("axis"), Attribute("aria-hidden", "true")) { html in
                html.element("span", text: steps.first?.cost == nil ? "no request on the dearest model" : "$0")
                html.element(
                    "span",
                    text: steps.first?.cost.map { _ in Money(approximatingUSD: dearest).dollars + " for 1,000 requests"
                    } ?? "all"
                )
            }
        }
    }
}

extension Double {
    /// To a thousandth.
    fileprivate var figure: String { "\((self * 1000).rounded() / 1000)" }
}
