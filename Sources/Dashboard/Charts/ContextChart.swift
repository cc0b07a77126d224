import Domain
import Reports

/// How a thread's prompt grows from call to call, what of it the cache held, and what each call cost.
struct ContextChart {
    private let steps: [SessionReport.Step]
    private static let height = 100.0
    private static let legend = [
        LegendEntry("read", "read from the cache"), LegendEntry("written", "written to it"),
        LegendEntry("plain", "neither"), LegendEntry("rebuild", "cached again", isLine: true),
        LegendEntry("compaction", "compacted", isLine: true),
    ]

    /// Charts the calls of one thread, in order.
    init(_ steps: [SessionReport.Step]) { self.steps = steps }

    func draw(in html: inout HTML) {
        let most = steps.map(\.call.usage.promptTokens).max() ?? 0
        guard steps.count > 1, most > 0 else { return }
        let dearest = steps.map(\.figures.cost).max() ?? .zero
        html.element("figure", .class("chart")) { html in
            html.element("figcaption") { $0.legend(ContextChart.legend) }
            html.element(
                "p",
                .class("scale"),
                Attribute("aria-hidden", "true"),
                text: "\(most.compact) tokens in the prompt"
            )
            picture("bars", prompts, in: &html) { html in
                let scale = ContextChart.height / Double(most)
                area(\.cacheReadTokens, over: \.zero, scale, "read", in: &html)
                area(\.cacheWriteTokens, over: \.cacheReadTokens, scale, "written", in: &html)
                area(\.inputTokens, over: \.cachedTokens, scale, "plain", in: &html)
                marks(in: &html)
            }
            if dearest > .zero {
                html.element(
                    "p",
                    .class("scale"),
                    Attribute("aria-hidden", "true"),
                    text: "\(dearest.dollars) for a call"
                )
                picture("bars low", costs, in: &html) { html in
                    html.shape("path", .class("cost"), Attribute("d", costPath(dearest)))
                }
            }
            html.element("p", .class("axis"), Attribute("aria-hidden", "true")) { html in
                html.element("span", text: "call 1")
                html.element("span", text: "call \(steps.count.grouped)")
            }
        }
    }

    private var prompts: String {
        let most = steps.map(\.call.usage.promptTokens).max() ?? 0
        let last = steps.last?.call.usage.promptTokens ?? 0
        let rebuilds = steps.count { $0.rebuild != nil }
        return
            "Tokens in the prompt over \(steps.count.of("call")): \(most.grouped) at most, \(last.grouped) at the end, "
            + "\(rebuilds.of("rebuild")) of the cache. The table has the figures."
    }

    private var costs: String {
        "Cost of each call, \((steps.map(\.figures.cost).max() ?? .zero).dollars) at most. The table has the figures."
    }

    private func picture(
        _ name: String,
        _ label: String,
        in html: inout HTML,
        _ content: (inout HTML) -> Void
    ) {
        html.element(
            "svg",
            .class(name),
            Attribute("viewBox", "0 0 \(steps.count) 100"),
            Attribute("preserveAspectRatio", "none"),
            Attribute("role", "img"),
            .label(label),
            content: content
        )
    }

    /// One path for all calls: a thousand shapes would make the page slow to scroll.
    private func area(
        _ tokens: (Usage) -> Int,
        over base: (Usage) -> Int,
        _ scale: Double,
        _ name: String,
        in html: inout HTML
    ) {
        var path = ""
        for (index, step) in steps.enumerated() {
            let usage = step.call.usage
            let amount = Double(max(0, tokens(usage))) * scale
            guard amount > 0 else { continue }
            let bottom = ContextChart.height - Double(max(0, base(usage))) * scale
            path += "M\(index) \(bottom.coordinate)h1v-\(amount.coordinate)h-1z"
        }
        guard !path.isEmpty else { return }
        html.shape("path", .class(name), Attribute("d", path))
    }

    private func costPath(_ dearest: Money) -> String {
        steps.enumerated().reduce(into: "") { path, step in
            let height = step.element.figures.cost.usd / dearest.usd * ContextChart.height
            guard height > 0 else { return }
            path += "M\(step.offset) 100h1v-\(height.coordinate)h-1z"
        }
    }

    /// A line where a prompt was cached again, and one where the conversation was compacted.
    private func marks(in html: inout HTML) {
        for (index, step) in steps.enumerated() where step.rebuild != nil || step.isAfterCompaction {
            let isRebuild = step.rebuild != nil
            let text = step.rebuild.map { "call \(index + 1): \($0.tokens.grouped) tokens again, \($0.reason)" }
            html.element("g") { html in
                html.element("title", text: text ?? "call \(index + 1): after a compaction")
                html.shape(
                    "path",
                    .class(isRebuild ? "mark rebuild" : "mark compaction"),
                    Attribute("d", "M\(index) 0v100")
                )
            }
        }
    }
}

extension Usage {
    fileprivate var zero: Int { 0 }
    fileprivate var cachedTokens: Int { cacheReadTokens &+ cacheWriteTokens }
}
