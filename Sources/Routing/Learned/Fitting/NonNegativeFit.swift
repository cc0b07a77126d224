/// Least squares with weights that are not negative, drawn towards a prior; for a handful of weights.
struct NonNegativeFit {
    private let prior: [Double]
    private var products: [[Double]]
    private var targets: [Double]
    private var rows = 0.0

    init(prior: [Double]) {
        self.prior = prior
        products = prior.map { _ in prior.map { _ in 0 } }
        targets = prior.map { _ in 0 }
    }

    /// A value of each weight and what their sum should have been, as a share of a row.
    mutating func add(_ values: [Double], target: Double, share: Double) {
        for a in values.indices {
            targets[a] += values[a] * target
            for b in values.indices { products[a][b] += values[a] * values[b] }
        }
        rows += share
    }

    /// The weights, the prior counting like so many rows; by coordinate descent.
    func weights(priorRows: Double) -> [Double] {
        guard rows > 0 else { return prior }
        var weights = prior
        let pull = prior.indices.map { products[$0][$0] / rows * priorRows }
        for _ in 0..<500 {
            for a in weights.indices where prior[a] > 0 && products[a][a] > 0 {
                var rest = targets[a] + pull[a] * prior[a]
                for b in weights.indices where b != a { rest -= products[a][b] * weights[b] }
                weights[a] = max(0, rest / (products[a][a] + pull[a]))
            }
        }
        return weights
    }

    /// The weight of one value without the others, drawn towards one.
    func weightAlone(of value: Int, priorRows: Double) -> Double {
        guard rows > 0, products[value][value] > 0 else { return 1 }
        let pull = products[value][value] / rows * priorRows
        return max(0, (targets[value] + pull) / (products[value][value] + pull))
    }
}
