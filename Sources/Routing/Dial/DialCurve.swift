package import Domain

/// All that the dial can reach on held-out rows, from the most capable setting to the cheapest.
///
/// Two models: a threshold on how much better the stronger one is expected to be. More: a price of quality, which rises
/// until the cheapest model always wins; this needs costs.
package struct DialCurve: Hashable, Sendable {
    package struct Point: Hashable, Sendable, Codable {
        package var rule: DialRule
        /// Mean score on the rows.
        package var quality: Double
        /// Mean dollars a request; nil where costs are not known.
        package var costUSD: Double?
        /// The share of requests that each model gets, in 0...1.
        package var shares: [ModelID: Double]
    }

    package enum Trouble: Error, Hashable, Sendable {
        /// There is nothing to choose between.
        case oneModel
        case noRows
        /// More than two models, or a budget, and no costs for these.
        case costsMissing([ModelID])
        /// Even the cheapest setting does not reach it: the cost is that of a thousand requests.
        case budgetTooSmall(least: Money)
        /// Not even the most capable setting does.
        case qualityTooHigh(greatest: Double)
    }

    package let points: [Point]
    package let rows: DialRows
    package let bestModel: ModelID
    package let bestQuality: Double

    /// How many prices or thresholds are looked at, at quantiles of those where some request changes its model.
    private static let steps = 200

    package init(_ rows: DialRows) throws(Trouble) {
        guard rows.models.count > 1 else { throw .oneModel }
        guard rows.count > 0, let best = rows.best else { throw .noRows }
        self.rows = rows
        bestModel = rows.models[best]
        bestQuality = rows.meanScore(best)
        let rules: [DialRule]
        if rows.models.count == 2 {
            rules = Self.gaps(in: rows, stronger: best)
        } else if let costs = rows.knownCosts {
            rules = Self.prices(in: rows, costs: costs)
        } else {
            throw .costsMissing(zip(rows.models, rows.costsUSD).filter { $1 == nil }.map(\.0))
        }
        points = rules.map { Self.point($0, on: rows) }
    }

    /// What a setting of the dial comes to.
    package func point(at dial: Dial) throws(Trouble) -> Point {
        guard let first = points.first, let last = points.last else { throw .noRows }
        switch dial {
        case .position(let position):
            // Saved so far, of all that can be saved; where costs are not known, the requests moved stand for it.
            let span = spent(first) - spent(last)
            let wanted = spent(first) - position * span
            if position <= 0 { return first }
            if position >= 1 { return last }
            return points.first { spent($0) <= wanted + 1e-12 * abs(span) } ?? last
        case .budget(let budget):
            guard rows.knownCosts != nil else {
                throw .costsMissing(zip(rows.models, rows.costsUSD).filter { $1 == nil }.map(\.0))
            }
            if let point = points.first(where: { spent($0) * 1000 <= budget.usd }) { return point }
            throw .budgetTooSmall(least: Money(approximatingUSD: (points.map(spent).min() ?? 0) * 1000))
        case .quality(let share):
            // The cheapest that reaches it; the curve need not fall everywhere.
            let reaching = points.filter { $0.quality >= share * bestQuality - 1e-12 }
            if let point = reaching.min(by: { spent($0) < spent($1) }) { return point }
            throw .qualityTooHigh(greatest: (points.map(\.quality).max() ?? 0) / max(1e-12, bestQuality))
        }
    }

    /// Dollars, or for two models without costs the share that stays on the stronger.
    private func spent(_ point: Point) -> Double { point.costUSD ?? point.shares[bestModel] ?? 0 }

    private static func gaps(in rows: DialRows, stronger: Int) -> [DialRule] {
        let (strong, cheap) = (rows.models[stronger], rows.models[1 - stronger])
        let gaps = Set(rows.expected.map { $0[stronger] - $0[1 - stronger] }).sorted()
        return [.always(strong)]
            + quantiles(of: gaps.dropLast()).map { .gap(cheaper: cheap, stronger: strong, atMost: $0) }
            + [.always(cheap)]
    }

    private static func prices(in rows: DialRows, costs: [Double]) -> [DialRule] {
        var turns: Set<Double> = [0]
        for expected in rows.expected {
            for one in expected.indices {
                for other in expected.indices where costs[one] > costs[other] && expected[one] > expected[other] {
                    turns.insert((expected[one] - expected[other]) / (costs[one] - costs[other]))
                }
            }
        }
        let named = Dictionary(zip(rows.models, costs), uniquingKeysWith: { $1 })
        let cheapest = costs.indices.min { costs[$0] < costs[$1] } ?? 0
        let rules: [DialRule] = quantiles(of: turns.sorted()[...]).map { .price(perUSD: $0, costsUSD: named) }
        return [.always(rows.models[rows.best ?? 0])] + rules + [.always(rows.models[cheapest])]
    }

    private static func quantiles(of sorted: ArraySlice<Double>) -> [Double] {
        guard sorted.count > steps else { return Array(sorted) }
        return (0..<steps).map { sorted[sorted.startIndex + $0 * (sorted.count - 1) / (steps - 1)] }
    }

    private static func point(_ rule: DialRule, on rows: DialRows) -> Point {
        var quality = 0.0
        var counts = Array(repeating: 0, count: rows.models.count)
        for (expected, scores) in zip(rows.expected, rows.scores) {
            guard let model = rule.model(expecting: expected, of: rows.models),
                let index = rows.models.firstIndex(of: model)
            else { continue }
            counts[index] += 1
            quality += scores[index]
        }
        let count = Double(rows.count)
        let shares = counts.map { Double($0) / count }
        return Point(
            rule: rule,
            quality: quality / count,
            costUSD: rows.knownCosts.map { costs in zip(shares, costs).reduce(0) { $0 + $1.0 * $1.1 } },
            shares: Dictionary(zip(rows.models, shares), uniquingKeysWith: { $0 + $1 })
        )
    }
}
