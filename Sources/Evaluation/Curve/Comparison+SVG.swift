import Domain

extension Comparison {
    /// Quality against cost of all scorers and baselines, as a picture that follows the reader's light or dark mode.
    ///
    /// `highlighted` names the scorer drawn on top of the others.
    ///
    /// Nil for several models whose costs nobody knows: there is nothing to draw quality against.
    package func svg(highlighted: String?) -> String? {
        guard pair != nil || hasCosts else { return nil }
        return CurvePicture(self, highlighted: highlighted).text
    }
}

extension QualityHull {
    /// The points and enough between them to be drawn on a logarithmic axis too, where mixtures are no straight lines.
    fileprivate var drawn: [CurvePoint] {
        zip(points, points.dropFirst()).flatMap { from, to in
            (0...24).map { step in
                let part = Double(step * step) / 576
                return CurvePoint(
                    cost: from.cost + part * (to.cost - from.cost),
                    quality: from.quality + part * (to.quality - from.quality)
                )
            }
        }
    }
}

private struct CurvePicture {
    private static let width = 960.0
    private static let height = 560.0
    private static let plot = (left: 76.0, right: 676.0, top: 84.0, bottom: 488.0)

    private struct Series {
        var name: String
        var label: String
        var style: String
        var points: [CurvePoint]
    }

    private let comparison: Comparison
    private let series: [Series]
    private let x: Axis
    private let y: Axis
    /// What a unit of cost is shown as.
    private let costUnit: Double

    init(_ comparison: Comparison, highlighted: String?) {
        self.comparison = comparison
        costUnit = comparison.hasCosts ? 1000 : 100
        series = CurvePicture.series(comparison, highlighted: highlighted)
        let all = series.flatMap(\.points) + comparison.singles
        let costs = all.map(\.cost).filter { $0 >= 0 }.map { [costUnit] in $0 * costUnit }
        let (low, high) = (costs.min() ?? 0, costs.max() ?? 1)
        x = Axis(
            values: costs,
            from: Self.plot.left,
            to: Self.plot.right,
            scale: low > 0 && high / low > 20 ? .logarithmic : .linear
        )
        y = Axis(values: all.map(\.quality), from: Self.plot.bottom, to: Self.plot.top)
    }

    /// Best first, the highlighted one last, so that nothing is drawn over it.
    private static func series(_ comparison: Comparison, highlighted: String?) -> [Series] {
        let figure: Figure = comparison.pair == nil ? .aiq : .apgr
        func label(_ standing: Standing) -> String {
            standing.figures[figure].map { "\(standing.name)  \($0.text(3))" } ?? standing.name
        }
        let byFigure = { (a: Standing, b: Standing) in
            (a.figures[figure] ?? -1, b.name) < (b.figures[figure] ?? -1, a.name)
        }
        let scorers = comparison.scorers.sorted(by: byFigure).reversed().enumerated().map { place, standing in
            Series(
                name: standing.name,
                label: label(standing),
                style: standing.name == highlighted ? "best" : "s\(place % 7)",
                points: standing.points
            )
        }
        let baselines = comparison.baselines.sorted(by: byFigure).filter {
            $0.points.count > 1 && $0.name != "zeroRouter"
        }.map {
            Series(name: $0.name, label: label($0), style: "base \($0.name)", points: $0.points)
        }
        // The zero router is drawn as what it is: the mixtures of single models.
        let zero = comparison.baselines.first { $0.name == "zeroRouter" && comparison.pair == nil }.map {
            Series(name: $0.name, label: label($0), style: "base zeroRouter", points: QualityHull($0.points).drawn)
        }
        let rest = scorers.filter { $0.style != "best" }
        return baselines + [zero].compactMap { $0 } + rest.reversed() + scorers.filter { $0.style == "best" }
    }

    var text: String {
        let title = comparison.pair.map { "\($0.weak) for \($0.strong)" } ?? "\(comparison.models.count) models"
        let note =
            "\(comparison.testRows) prompts judged on, \(comparison.trainingRows) learned from, "
            + "\(comparison.seeds == 1 ? "one seed" : "\(comparison.seeds) seeds")"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width.text(0)) \(Self.height.text(0))" role="img" \
            aria-label="\("Quality against cost: \(title)".xml)">
            <style>
            \(Self.style)
            </style>
            <rect class="paper" width="100%" height="100%"/>
            <text class="title" x="\(Self.plot.left.text(0))" y="36">\(shortened(title, to: 84).xml)</text>
            <text class="small" x="\(Self.plot.left.text(0))" y="58">\(note.xml)</text>
            \(axes)
            \(series.map(line).joined(separator: "\n"))
            \(models)
            \(legend)
            </svg>

            """
    }

    private static let style = """
        svg { --paper: #ffffff; --ink: #1f2328; --dim: #59636e; --grid: #e3e6ea; --best: #0550ae;
        --c0: #bc4c00; --c1: #1a7f37; --c2: #8250df; --c3: #0e7c86; --c4: #bf3989; --c5: #7d5a00; --c6: #57606a }
        @media (prefers-color-scheme: dark) { svg { --paper: #0d1117; --ink: #e6edf3; --dim: #9198a1; --grid: #2a313c;
        --best: #79c0ff; --c0: #ffa657; --c1: #7ee787; --c2: #d2a8ff; --c3: #56d4dd; --c4: #ff9bce; --c5: #e3b341;
        --c6: #b1bac4 } }
        .paper { fill: var(--paper) } text { font: 14px ui-sans-serif, system-ui, Helvetica, Arial, sans-serif; fill: var(--ink) }
        text.title { font-size: 18px; font-weight: 600 } text.small, text.tick { font-size: 13px; fill: var(--dim) }
        .grid { stroke: var(--grid) } .axis { stroke: var(--dim) } path { fill: none; stroke-width: 1.75; stroke-linejoin: round }
        .best { stroke: var(--best); stroke-width: 3.5 } .s0 { stroke: var(--c0) } .s1 { stroke: var(--c1) }
        .s2 { stroke: var(--c2) } .s3 { stroke: var(--c3) } .s4 { stroke: var(--c4) } .s5 { stroke: var(--c5) }
        .s6 { stroke: var(--c6) } .base { stroke: var(--dim) } .random { stroke-dasharray: 2 4 }
        .promptLength { stroke-dasharray: 8 4 } .zeroRouter { stroke-dasharray: 2 4 } .oracle { stroke-dasharray: 1 0 }
        circle { fill: var(--ink); stroke: var(--paper); stroke-width: 1.5 }
        text.model { font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round }
        """

    private var axes: String {
        var lines: [String] = []
        let (left, right, top, bottom) = (Self.plot.left, Self.plot.right, Self.plot.top, Self.plot.bottom)
        let stepY = y.ticks.count > 1 ? y.ticks[1] - y.ticks[0] : 1
        for tick in y.ticks {
            let at = y.place(of: tick).text(1)
            lines.append(
                "<line class=\"grid\" x1=\"\(left.text(0))\" x2=\"\(right.text(0))\" y1=\"\(at)\" y2=\"\(at)\"/>"
            )
            lines.append(
                "<text class=\"tick\" x=\"\((left - 10).text(0))\" y=\"\((y.place(of: tick) + 4.5).text(1))\" "
                    + "text-anchor=\"end\">\(tick.text(telling: stepY))</text>"
            )
        }
        for tick in x.ticks {
            let at = x.place(of: tick).text(1)
            lines.append(
                "<line class=\"axis\" x1=\"\(at)\" x2=\"\(at)\" y1=\"\(bottom.text(0))\" y2=\"\((bottom + 5).text(0))\"/>"
            )
            let number = tick.text(telling: tick == 0 ? 1 : abs(tick))
            lines.append(
                "<text class=\"tick\" x=\"\(at)\" y=\"\((bottom + 22).text(0))\" text-anchor=\"middle\">"
                    + (comparison.hasCosts ? "$\(number)" : "\(number)%") + "</text>"
            )
        }
        lines.append(
            "<line class=\"axis\" x1=\"\(left.text(0))\" x2=\"\(right.text(0))\" y1=\"\(bottom.text(0))\" y2=\"\(bottom.text(0))\"/>"
        )
        let name = comparison.hasCosts ? "cost of 1,000 requests" : "share of calls to the stronger model"
        lines.append(
            "<text x=\"\(((left + right) / 2).text(0))\" y=\"\((bottom + 50).text(0))\" text-anchor=\"middle\">\(name)</text>"
        )
        let middle = ((top + bottom) / 2).text(0)
        lines.append(
            "<text x=\"22\" y=\"\(middle)\" text-anchor=\"middle\" transform=\"rotate(-90 22 \(middle))\">mean score</text>"
        )
        return lines.joined(separator: "\n")
    }

    private func line(_ series: Series) -> String {
        let places = series.points.map { point in
            "\(x.place(of: point.cost * costUnit).text(1)) \(y.place(of: point.quality).text(1))"
        }
        return "<path class=\"\(series.style)\" d=\"M\(places.joined(separator: "L"))\"/>"
    }

    /// A dot a model; its name on the side where there is room, one under the other where they would meet.
    private var models: String {
        var taken: [(x: Double, y: Double)] = []
        let dots = zip(comparison.models, comparison.singles).map { model, point -> String in
            let at = (x: x.place(of: point.cost * costUnit), y: y.place(of: point.quality))
            let isRight = at.x > (Self.plot.left + Self.plot.right) / 2
            var label = (x: at.x + (isRight ? -6 : 6), y: at.y + 18)
            while taken.contains(where: { abs($0.x - label.x) < 220 && abs($0.y - label.y) < 14 }) { label.y += 14 }
            taken.append(label)
            let name = shortened(model.rawValue.split(separator: "/").last.map(String.init) ?? model.rawValue, to: 34)
            return "<circle cx=\"\(at.x.text(1))\" cy=\"\(at.y.text(1))\" r=\"4.5\"/>"
                + "<text class=\"model\" x=\"\(label.x.text(1))\" y=\"\(label.y.text(1))\""
                + (isRight ? " text-anchor=\"end\"" : "") + ">\(name.xml)</text>"
        }
        return dots.joined(separator: "\n")
    }

    private var legend: String {
        let left = Self.plot.right + 24
        let figure = comparison.pair == nil ? "AIQ" : "APGR"
        var lines = [
            "<text class=\"small\" x=\"\(left.text(0))\" y=\"\((Self.plot.top + 4).text(0))\">\(figure)</text>"
        ]
        for (place, series) in series.reversed().enumerated() {
            let at = Self.plot.top + 30 + Double(place) * 24
            lines.append(
                "<path class=\"\(series.style)\" d=\"M\(left.text(0)) \((at - 5).text(1))h28\"/>"
                    + "<text x=\"\((left + 38).text(0))\" y=\"\(at.text(1))\">\(shortened(series.label, to: 30).xml)</text>"
            )
        }
        return lines.joined(separator: "\n")
    }

    private func shortened(_ text: String, to count: Int) -> String {
        text.count <= count ? text : text.prefix(count - 1) + "…"
    }
}
