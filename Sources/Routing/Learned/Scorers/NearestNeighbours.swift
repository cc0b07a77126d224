import Foundation
import Similarity
import Statistics

/// The scores of the training prompts nearest in the space of static embeddings, the nearer the more.
///
/// Weights are a softmax of cosines. At most 4,096 training prompts are kept, drawn at random: a prompt's time and the
/// file stay small, and more neighbours changed little.
package struct NearestNeighbours: Scorer {
    package static let name = "knn"

    var index: VectorIndex
    /// By prompt, then model; NaN where the model was not asked.
    var deviations: [Float]
    var means: [Double]

    private static let mostPrompts = 4096
    private static let neighbours = 100
    private static let sharpness: Float = 10

    /// Nil without embeddings.
    package init?(fitting rows: TrainingRows, seed: UInt64) {
        self.init(fitting: rows, ScoreDecomposition(rows), seed: seed)
    }

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition, seed: UInt64) {
        guard rows.prompts.count > 1, !rows.models.isEmpty else { return nil }
        var generator = SeededGenerator(seed: seed)
        var kept = Array(rows.prompts.indices)
        if kept.count > NearestNeighbours.mostPrompts {
            kept.shuffle(using: &generator)
            kept = kept.prefix(NearestNeighbours.mostPrompts).sorted()
        }
        guard let index = VectorIndex(kept.map { rows.prompts[$0].embedding }) else { return nil }
        self.index = index
        means = decomposition.means
        deviations = kept.flatMap { row in
            decomposition.deviations.map { Float($0[row] + decomposition.ease[row]) }
        }
    }

    init(index: VectorIndex, deviations: [Float], means: [Double]) {
        self.index = index
        self.deviations = deviations
        self.means = means
    }

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        guard prompt.embedding.count == index.dimensions else { return means }
        let similarities = index.similarities(to: prompt.embedding)
        let threshold = similarities.value(atDescendingRank: min(NearestNeighbours.neighbours, index.count) - 1)
        let nearest = similarities.max() ?? 0
        var sums = [Float](repeating: 0, count: means.count)
        var weights = [Float](repeating: 0, count: means.count)
        for (row, similarity) in similarities.enumerated() where similarity >= threshold {
            let weight = exp(NearestNeighbours.sharpness * (similarity - nearest))
            for model in means.indices {
                let deviation = deviations[row * means.count + model]
                guard !deviation.isNaN else { continue }
                sums[model] += weight * deviation
                weights[model] += weight
            }
        }
        return means.indices.map { means[$0] + (weights[$0] > 0 ? Double(sums[$0] / weights[$0]) : 0) }
    }
}

extension [Float] {
    /// The number that so many are larger than, or as large as; by partitioning (Hoare, 1961).
    fileprivate func value(atDescendingRank rank: Int) -> Float {
        var values = self
        var (low, high) = (0, count - 1)
        while low < high {
            let pivot = values[(low + high) / 2]
            var (left, right) = (low, high)
            while left <= right {
                while values[left] > pivot { left += 1 }
                while values[right] < pivot { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { break }
        }
        return values[rank]
    }
}
