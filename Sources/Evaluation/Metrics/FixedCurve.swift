/// Each model for every request, whatever it asks: a point a model.
struct SingleModels: RoutedCurve {
    /// By prompt, then model.
    let outcomes: [[CurvePoint]]

    func points(weights: [Double]) -> [CurvePoint] {
        guard let first = outcomes.first else { return [] }
        let total = weights.reduce(0, +)
        guard total > 0 else { return [] }
        return first.indices.map { model in
            var sum = CurvePoint(cost: 0, quality: 0)
            for (prompt, points) in outcomes.enumerated() {
                sum.cost += weights[prompt] * points[model].cost
                sum.quality += weights[prompt] * points[model].quality
            }
            return CurvePoint(cost: sum.cost / total, quality: sum.quality / total)
        }
    }
}

/// Any model with the same probability.
struct RandomModel: RoutedCurve {
    let singles: SingleModels

    func points(weights: [Double]) -> [CurvePoint] {
        let points = singles.points(weights: weights)
        guard !points.isEmpty else { return [] }
        let count = Double(points.count)
        return [
            CurvePoint(
                cost: points.map(\.cost).reduce(0, +) / count,
                quality: points.map(\.quality).reduce(0, +) / count
            )
        ]
    }
}

/// The model that is best on average.
struct BestSingleModel: RoutedCurve {
    let singles: SingleModels

    func points(weights: [Double]) -> [CurvePoint] { singles.points(weights: weights).best.map { [$0] } ?? [] }
}

extension [CurvePoint] {
    /// The highest quality, and the cheapest of those.
    var best: CurvePoint? { self.max { ($0.quality, -$0.cost) < ($1.quality, -$1.cost) } }
}
