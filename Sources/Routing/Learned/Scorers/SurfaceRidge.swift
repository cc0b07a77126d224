/// Ridge regression on what stands on the surface of a prompt.
///
/// Few features and a strong penalty: what it learns holds in domains it has not seen, where words say nothing.
package struct SurfaceRidge: Scorer {
    package static let name = "surface"

    var scale: FeatureScale
    var scores: LinearScores

    package init?(fitting rows: TrainingRows, seed: UInt64) {
        self.init(fitting: rows, ScoreDecomposition(rows))
    }

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition) {
        guard rows.prompts.count > 1, !rows.models.isEmpty else { return nil }
        scale = FeatureScale(fitting: rows.prompts.map(\.surface))
        let features = DenseMatrix(rows.prompts.map { [scale] in scale.scaled($0.surface) })
        let regression = RidgeRegression(features, targets: decomposition.targets) {
            // Grows with the rows: it is there to hold against other domains, not only against noise.
            Double(max(50, 2 * $0))
        }
        scores = LinearScores(regression, decomposition)
    }

    init(scale: FeatureScale, scores: LinearScores) {
        self.scale = scale
        self.scores = scores
    }

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        scores.expectedScores(for: scale.scaled(prompt.surface))
    }
}
