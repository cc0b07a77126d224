/// Trees of random splits over what stands on the surface of a prompt and what its words are about.
///
/// A data set of many kinds of tasks is one of regions, in each of which other models do well; trees find them, where
/// regressions add up what each feature says by itself.
package struct ExtraTrees: Scorer {
    package static let name = "trees"

    /// Nil where no two training prompts shared a word.
    let topics: LatentDirections?
    let forest: RegressionForest
    let means: [Double]

    package init?(fitting rows: TrainingRows, seed: UInt64) {
        self.init(fitting: rows, ScoreDecomposition(rows), seed: seed)
    }

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition, seed: UInt64) {
        guard rows.prompts.count > 1, !rows.models.isEmpty else { return nil }
        let topics = LatentDirections(fitting: rows.prompts)
        var growth = ForestGrowth(
            rows.prompts.map { ExtraTrees.input(of: $0, topics) },
            decomposition,
            seed: seed
        )
        guard let forest = growth.forest() else { return nil }
        self.init(topics: topics, forest: forest, means: decomposition.means)
    }

    init(topics: LatentDirections?, forest: RegressionForest, means: [Double]) {
        self.topics = topics
        self.forest = forest
        self.means = means
    }

    private static func input(of prompt: PromptFeatures, _ topics: LatentDirections?) -> [Float] {
        prompt.surface + (topics?.position(of: prompt) ?? [])
    }

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        zip(means, forest.mean(at: ExtraTrees.input(of: prompt, topics))).map { $0 + $1 }
    }
}
