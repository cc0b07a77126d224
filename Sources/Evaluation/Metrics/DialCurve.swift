/// Requests sent to whichever of several models has the best expected score less a price of quality times its cost.
///
/// The price (lambda, in score per US$) runs over the quantiles of those at which some prompt changes its model, from
/// infinite, always the cheapest model, to zero, always the best expected score. Taken inside each fold, as ranks are.
struct DialCurve: RoutedCurve {
    static let steps = 100

    /// At a position a prompt's outcome becomes another one.
    private struct Change {
        var prompt: Int
        var position: Int
        var difference: CurvePoint
    }

    private var positions: Int
    /// By prompt: the outcome at the first position.
    private var first: [CurvePoint]
    private var changes: [Change] = []

    /// Prompts whose outcomes will be added fold by fold.
    init(prompts: Int, withCosts: Bool) {
        positions = withCosts ? Self.steps + 1 : 1
        first = Array(repeating: CurvePoint(cost: 0, quality: 0), count: prompts)
    }

    /// Routes the prompts of one fold.
    ///
    /// - Parameters:
    ///   - prompts: Their places.
    ///   - expected: By prompt of the fold, then model: the score expected.
    ///   - costs: What a call of each model is expected to cost for such a prompt; nil where nobody knows.
    ///   - outcomes: By place, then model: what a call came to.
    mutating func add(
        _ prompts: [Int],
        expected: [[Double]],
        costs: (Int) -> [Double]?,
        outcomes: (Int) -> [CurvePoint]
    ) {
        var climbs: [(prompt: Int, climb: Climb)] = []
        for (row, prompt) in prompts.enumerated() {
            climbs.append((prompt, Climb(expected: expected[row], costs: costs(prompt))))
        }
        let slopes = climbs.flatMap(\.climb.slopes).sorted()
        // By position: the price of quality there; a model is changed where its slope lies above.
        let prices = (0..<positions).map { position -> Double in
            if position == 0 { return .infinity }
            if position == positions - 1 || slopes.isEmpty { return 0 }
            let share = 1 - Double(position) / Double(positions - 1)
            return slopes[min(slopes.count - 1, Int(share * Double(slopes.count)))]
        }
        for (prompt, climb) in climbs {
            let outcomes = outcomes(prompt)
            first[prompt] = outcomes[climb.models[positions == 1 ? climb.models.count - 1 : 0]]
            guard positions > 1 else { continue }
            for (step, slope) in climb.slopes.enumerated() {
                let (from, to) = (outcomes[climb.models[step]], outcomes[climb.models[step + 1]])
                changes.append(
                    Change(
                        prompt: prompt,
                        position: DialCurve.firstPosition(below: slope, in: prices),
                        difference: CurvePoint(cost: to.cost - from.cost, quality: to.quality - from.quality)
                    )
                )
            }
        }
    }

    /// Prices fall from position to position and end at zero.
    private static func firstPosition(below slope: Double, in prices: [Double]) -> Int {
        var range = 0..<(prices.count - 1)
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = prices[middle] < slope ? range.lowerBound..<middle : (middle + 1)..<range.upperBound
        }
        return range.lowerBound
    }

    func points(weights: [Double]) -> [CurvePoint] {
        let total = weights.reduce(0, +)
        guard total > 0 else { return [] }
        var steps = Array(repeating: CurvePoint(cost: 0, quality: 0), count: positions)
        for (prompt, point) in first.enumerated() {
            steps[0].cost += weights[prompt] * point.cost
            steps[0].quality += weights[prompt] * point.quality
        }
        for change in changes {
            let weight = weights[change.prompt]
            steps[change.position].cost += weight * change.difference.cost
            steps[change.position].quality += weight * change.difference.quality
        }
        var sum = CurvePoint(cost: 0, quality: 0)
        return steps.map { step in
            sum.cost += step.cost
            sum.quality += step.quality
            return CurvePoint(cost: sum.cost / total, quality: sum.quality / total)
        }
    }
}

/// The models that are best for one prompt at some price of quality, from the cheapest to the best.
private struct Climb {
    var models: [Int]
    /// Between one model and the next: the score gained per US$, falling.
    var slopes: [Double] = []

    init(expected: [Double], costs: [Double]?) {
        guard let costs else {
            let best = expected.indices.max { (expected[$0], $1) < (expected[$1], $0) } ?? 0
            models = [best]
            return
        }
        let byCost = expected.indices.sorted { (costs[$0], -expected[$0], $0) < (costs[$1], -expected[$1], $1) }
        models = [byCost[0]]
        for model in byCost.dropFirst() {
            while let last = models.last {
                let gain = expected[model] - expected[last]
                let price = costs[model] - costs[last]
                guard gain > 0, price > 0 else { break }
                let slope = gain / price
                guard let before = slopes.last, slope >= before else {
                    models.append(model)
                    slopes.append(slope)
                    break
                }
                models.removeLast()
                slopes.removeLast()
            }
        }
    }
}
