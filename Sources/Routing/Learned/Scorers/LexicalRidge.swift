/// Ridge regression on weighted words and pairs of words.
package struct LexicalRidge: Scorer {
    package static let name = "lexical"

    var weighting: TermWeighting
    var scores: LinearScores

    package init?(fitting rows: TrainingRows, seed: UInt64) {
        self.init(fitting: rows, ScoreDecomposition(rows))
    }

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition) {
        guard rows.prompts.count > 1, !rows.models.isEmpty else { return nil }
        weighting = TermWeighting(fitting: rows.prompts)
        guard !weighting.places.isEmpty else { return nil }
        let terms = SparseRidge(
            rows.prompts.map { [weighting] in weighting.weighted($0) },
            columns: weighting.places.count
        )
        let ease = terms.fit(decomposition.ease, penalty: LexicalRidge.penalty)
        let models = decomposition.deviations.map { terms.fit($0, penalty: LexicalRidge.penalty) }
        var weights: [Float] = []
        weights.reserveCapacity(weighting.places.count * models.count)
        for term in weighting.places.indices {
            for model in models { weights.append(ease.weights[term] + model.weights[term]) }
        }
        scores = LinearScores(
            weights: weights,
            constants: decomposition.scores([ease.constant] + models.map(\.constant))
        )
    }

    init(weighting: TermWeighting, scores: LinearScores) {
        self.weighting = weighting
        self.scores = scores
    }

    private static let penalty: Float = 15

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        var expected = scores.constants
        let models = expected.count
        for term in weighting.weighted(prompt) {
            for model in 0..<models {
                expected[model] += Double(term.weight * scores.weights[term.index * models + model])
            }
        }
        return expected
    }
}
