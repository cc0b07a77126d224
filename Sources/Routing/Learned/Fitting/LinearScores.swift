/// Scores that are a weighted sum of features, for all models at once.
struct LinearScores: Hashable, Sendable {
    /// By feature, then model.
    var weights: [Float]
    /// By model.
    var constants: [Double]

    init(weights: [Float], constants: [Double]) {
        self.weights = weights
        self.constants = constants
    }

    /// The scores that a regression of a decomposition's targets gives.
    init(_ regression: RidgeRegression, _ decomposition: ScoreDecomposition) {
        let models = decomposition.means.indices
        let features = regression.weights.first?.indices ?? 0..<0
        weights = features.flatMap { feature in
            models.map { Float(regression.weights[0][feature] + regression.weights[$0 + 1][feature]) }
        }
        constants = decomposition.scores(regression.constants)
    }

    func expectedScores(for features: [Float]) -> [Double] {
        var scores = constants
        guard features.count * constants.count == weights.count else { return scores }
        var at = 0
        for feature in features {
            for model in scores.indices { scores[model] += Double(feature * weights[at + model]) }
            at += scores.count
        }
        return scores
    }
}
