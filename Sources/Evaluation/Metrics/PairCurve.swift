/// Requests sent to the stronger of two models, those first that seem to need it most.
///
/// Its points are the shares 0, 1, … 100 percent of calls to the stronger model. Among prompts with the same strength
/// the stronger model's calls are spread evenly, which is what random choice among them comes to: the order of rows
/// decides nothing.
struct PairCurve: RoutedCurve {
    static let steps = 100

    private let order: [Int]
    /// Whether the strength changes behind a place of the order.
    private let endsTie: [Bool]
    private let weak: [CurvePoint]
    private let strong: [CurvePoint]

    /// The strength says how much a prompt seems to need the stronger model; points are the outcomes by prompt.
    init(strength: [Double], weak: [CurvePoint], strong: [CurvePoint]) {
        let order = strength.indices.sorted { strength[$0] > strength[$1] }
        self.order = order
        endsTie = order.indices.map { $0 + 1 == order.count || strength[order[$0]] != strength[order[$0 + 1]] }
        self.weak = weak
        self.strong = strong
    }

    func points(weights: [Double]) -> [CurvePoint] {
        var total = 0.0
        var base = CurvePoint(cost: 0, quality: 0)
        for index in weights.indices {
            total += weights[index]
            base.cost += weights[index] * weak[index].cost
            base.quality += weights[index] * weak[index].quality
        }
        guard total > 0 else { return [] }
        var points: [CurvePoint] = []
        points.reserveCapacity(Self.steps + 1)
        var before = (weight: 0.0, sum: base)
        var now = before
        for (place, index) in order.enumerated() {
            let weight = weights[index]
            now.weight += weight
            now.sum.cost += weight * (strong[index].cost - weak[index].cost)
            now.sum.quality += weight * (strong[index].quality - weak[index].quality)
            guard endsTie[place], now.weight > before.weight else { continue }
            while points.count <= Self.steps {
                let target = total * Double(points.count) / Double(Self.steps)
                // The last share is everything, whatever rounding says.
                guard target <= now.weight || place + 1 == order.count else { break }
                let part = min(1, (target - before.weight) / (now.weight - before.weight))
                points.append(
                    CurvePoint(
                        cost: (before.sum.cost + part * (now.sum.cost - before.sum.cost)) / total,
                        quality: (before.sum.quality + part * (now.sum.quality - before.sum.quality)) / total
                    )
                )
            }
            before = now
        }
        while points.count <= Self.steps {
            points.append(CurvePoint(cost: now.sum.cost / total, quality: now.sum.quality / total))
        }
        return points
    }
}
