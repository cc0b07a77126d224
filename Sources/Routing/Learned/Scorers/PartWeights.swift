import Statistics

/// How much each part of a ``Blend`` counts, found by cross-validation on the training rows.
///
/// Apart for how hard a prompt is for all models, and for where they differ: only the latter decides between them.
struct PartWeights: Hashable, Sendable {
    /// By part.
    var ease: [Double]
    var deviations: [Double]
    /// What the surface counts when it decides alone.
    var surfaceAlone: Alone

    struct Alone: Hashable, Sendable {
        var ease: Double
        var deviations: Double
    }

    private static let folds = 5
    /// Equal weights count like so many rows.
    private static let rowsOfPrior = 300.0
    /// Parts are cautious: the sum of their weights is somewhat above one.
    private static let sumOfPrior = 1.2
    private static let fewestRows = 20

    init(ease: [Double], deviations: [Double], surfaceAlone: Alone) {
        self.ease = ease
        self.deviations = deviations
        self.surfaceAlone = surfaceAlone
    }

    init(
        fitting rows: TrainingRows,
        _ decomposition: ScoreDecomposition,
        present: Set<BlendParts.Part>,
        seed: UInt64
    ) {
        let prior = BlendParts.Part.allCases.map {
            present.contains($0) ? PartWeights.sumOfPrior / Double(present.count) : 0
        }
        var easeFit = NonNegativeFit(prior: prior)
        var deviationFit = NonNegativeFit(prior: prior)
        if rows.prompts.count >= PartWeights.fewestRows {
            var order = Array(rows.prompts.indices)
            var generator = SeededGenerator(seed: seed)
            order.shuffle(using: &generator)
            for fold in 0..<PartWeights.folds {
                let held = order.indices.filter { $0 % PartWeights.folds == fold }.map { order[$0] }
                let kept = order.indices.filter { $0 % PartWeights.folds != fold }.map { order[$0] }
                let training = rows.rows(kept)
                let means = ScoreDecomposition(training)
                guard let parts = BlendParts(fitting: training, means, seed: seed) else { continue }
                for row in held {
                    PartWeights.add(
                        parts.expectedScores(for: rows.prompts[row]),
                        means.means,
                        row,
                        decomposition,
                        to: &easeFit,
                        &deviationFit
                    )
                }
            }
        }
        ease = easeFit.weights(priorRows: PartWeights.rowsOfPrior)
        deviations = deviationFit.weights(priorRows: PartWeights.rowsOfPrior)
        let surface = BlendParts.Part.surface.rawValue
        surfaceAlone = Alone(
            ease: easeFit.weightAlone(of: surface, priorRows: PartWeights.rowsOfPrior),
            deviations: deviationFit.weightAlone(of: surface, priorRows: PartWeights.rowsOfPrior)
        )
    }

    private static func add(
        _ predictions: [(BlendParts.Part, [Double])],
        _ means: [Double],
        _ row: Int,
        _ decomposition: ScoreDecomposition,
        to easeFit: inout NonNegativeFit,
        _ deviationFit: inout NonNegativeFit
    ) {
        let asked = means.indices.filter { !decomposition.deviations[$0][row].isNaN }
        guard !asked.isEmpty else { return }
        var eases = BlendParts.Part.allCases.map { _ in 0.0 }
        var differences = asked.map { _ in BlendParts.Part.allCases.map { _ in 0.0 } }
        for (part, scores) in predictions {
            let gains = asked.map { scores[$0] - means[$0] }
            let mean = gains.reduce(0, +) / Double(gains.count)
            eases[part.rawValue] = mean
            for index in asked.indices { differences[index][part.rawValue] = gains[index] - mean }
        }
        easeFit.add(eases, target: decomposition.ease[row], share: 1)
        for (index, model) in asked.enumerated() {
            deviationFit.add(
                differences[index],
                target: decomposition.deviations[model][row],
                share: 1 / Double(asked.count)
            )
        }
    }
}
