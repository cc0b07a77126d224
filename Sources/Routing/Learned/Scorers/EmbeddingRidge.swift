/// Ridge regression on static embeddings; in closed form, by rows where there are fewer of them than dimensions.
package struct EmbeddingRidge: Scorer {
    package static let name = "ridge"

    var scores: LinearScores

    /// Nil without embeddings.
    package init?(fitting rows: TrainingRows, seed: UInt64) {
        self.init(fitting: rows, ScoreDecomposition(rows))
    }

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition) {
        guard rows.prompts.count > 1, !rows.models.isEmpty, let first = rows.prompts.first?.embedding, !first.isEmpty,
            rows.prompts.allSatisfy({ $0.embedding.count == first.count })
        else { return nil }
        let features = DenseMatrix(rows.prompts.map(\.embedding))
        scores = LinearScores(
            RidgeRegression(features, targets: decomposition.targets) { _ in 15 },
            decomposition
        )
    }

    init(scores: LinearScores) { self.scores = scores }

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        scores.expectedScores(for: prompt.embedding)
    }
}
