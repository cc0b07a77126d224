import Statistics

/// The weighted sum of ridge regressions on surface (straight and by a kernel), words and embedding, and of the nearest
/// neighbours; what ships.
///
/// The weights are those that would have predicted held-out training rows best, none below zero, drawn towards equal
/// ones while rows are few (stacking; Breiman, 1996). Where a prompt's words are strange to the training rows, the
/// surface decides the more: what words mean does not carry over to another domain, what length and form mean does.
package struct Blend: Scorer {
    package static let name = "blend"

    var parts: BlendParts
    var weights: PartWeights
    var familiarity: Familiarity
    var means: [Double]

    package init?(fitting rows: TrainingRows, seed: UInt64) {
        let decomposition = ScoreDecomposition(rows)
        guard let parts = BlendParts(fitting: rows, decomposition, seed: seed) else { return nil }
        self.parts = parts
        means = decomposition.means
        weights = PartWeights(fitting: rows, decomposition, present: parts.present, seed: seed)
        familiarity = Familiarity(fitting: rows, parts.lexical?.weighting)
    }

    init(parts: BlendParts, weights: PartWeights, familiarity: Familiarity, means: [Double]) {
        self.parts = parts
        self.weights = weights
        self.familiarity = familiarity
        self.means = means
    }

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        let strange = familiarity.shareOfSurface(for: prompt, parts.lexical?.weighting)
        var ease = 0.0
        var deviations = means.map { _ in 0.0 }
        for (part, scores) in parts.expectedScores(for: prompt) {
            var easeWeight = weights.ease[part.rawValue] * (1 - strange)
            var deviationWeight = weights.deviations[part.rawValue] * (1 - strange)
            if part == .surface {
                easeWeight += weights.surfaceAlone.ease * strange
                deviationWeight += weights.surfaceAlone.deviations * strange
            }
            let gains = zip(scores, means).map { $0 - $1 }
            let mean = gains.reduce(0, +) / Double(gains.count)
            ease += easeWeight * mean
            for model in gains.indices { deviations[model] += deviationWeight * (gains[model] - mean) }
        }
        return means.indices.map { means[$0] + ease + deviations[$0] }
    }
}
