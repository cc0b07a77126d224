import Foundation
import Similarity
import Statistics

/// The strengths of models in battles on training prompts, the battles on prompts like this one counting more.
///
/// RouteLLM's similarity-weighted ranking (Ong and others, 2024, section 4.2): a Bradley-Terry model a prompt, each
/// battle weighted by 10 to the power of one more than its cosine over the largest. Two models that both were asked
/// have a battle, won in part where scores are; a tie is half a win each.
package struct SimilarityWeightedRanking: Scorer {
    package static let name = "sw"

    private let index: VectorIndex
    /// By prompt, then model; NaN where the model was not asked.
    private let scores: [[Double]]
    private let models: Int

    private static let mostPrompts = 4096

    /// Nil without embeddings.
    package init?(fitting rows: TrainingRows, seed: UInt64) {
        guard rows.prompts.count > 1, rows.models.count > 1 else { return nil }
        var kept = Array(rows.prompts.indices)
        if kept.count > SimilarityWeightedRanking.mostPrompts {
            var generator = SeededGenerator(seed: seed)
            kept.shuffle(using: &generator)
            kept = Array(kept.prefix(SimilarityWeightedRanking.mostPrompts))
        }
        guard let index = VectorIndex(kept.map { rows.prompts[$0].embedding }) else { return nil }
        self.index = index
        scores = kept.map { rows.scores[$0] }
        models = rows.models.count
    }

    /// The logarithms of the models' strengths.
    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        guard prompt.embedding.count == index.dimensions else { return Array(repeating: 0, count: models) }
        let similarities = index.similarities(to: prompt.embedding)
        let nearest = max(similarities.max() ?? 1, 1e-6)
        var wins = [Double](repeating: 0, count: models * models)
        for (row, scores) in scores.enumerated() {
            let weight = exp(2.302_585_093 * Double(1 + similarities[row] / nearest))
            for a in 0..<models where !scores[a].isNaN {
                for b in 0..<a where !scores[b].isNaN {
                    let share = min(1, max(0, (1 + scores[a] - scores[b]) / 2))
                    wins[a * models + b] += weight * share
                    wins[b * models + a] += weight * (1 - share)
                }
            }
        }
        return SimilarityWeightedRanking.strengths(wins, models).map { log($0) }
    }

    /// Bradley-Terry strengths by Hunter's minorisation (2004); a little of a tie between all keeps them finite.
    private static func strengths(_ wins: [Double], _ models: Int) -> [Double] {
        let tie = max(1e-9, wins.reduce(0, +) * 1e-4 / Double(models * models))
        var strengths = [Double](repeating: 1, count: models)
        for _ in 0..<100 {
            var change = 0.0
            for a in 0..<models {
                var won = 0.0
                var expected = 0.0
                for b in 0..<models where b != a {
                    won += wins[a * models + b] + tie
                    let battles = wins[a * models + b] + wins[b * models + a] + 2 * tie
                    expected += battles / (strengths[a] + strengths[b])
                }
                let next = won / expected
                change = max(change, abs(next / strengths[a] - 1))
                strengths[a] = next
            }
            let scale = Double(models) / strengths.reduce(0, +)
            for model in 0..<models { strengths[model] *= scale }
            if change < 1e-6 { break }
        }
        return strengths
    }
}
