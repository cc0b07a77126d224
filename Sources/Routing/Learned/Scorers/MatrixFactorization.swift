import Foundation
import Statistics

/// A vector a model and a projection of the prompt, whose product says how likely the model is to do well.
///
/// RouteLLM's bilinear form (Ong and others, 2024, section 4.2), but fitted to every model's own scores with a constant
/// each, where theirs is fitted to decided battles without one: ties say as much about a model as wins do.
package struct MatrixFactorization: Scorer {
    package static let name = "mf"

    private let scale: FeatureScale?
    private let centre: [Float]
    /// By factor, then feature.
    private var projection: [Float]
    /// By model, then factor.
    private var models: [Float]
    private var constants: [Float]

    private static let factors = 8
    private static let batch = 32
    private static let rate: Float = 0.01
    private static let decay: Float = 0.002

    /// Of embeddings, or without a table of surface features.
    package init?(fitting rows: TrainingRows, seed: UInt64) {
        guard rows.prompts.count > 1, !rows.models.isEmpty else { return nil }
        let hasEmbedding = rows.prompts.allSatisfy { !$0.embedding.isEmpty }
        scale = hasEmbedding ? nil : FeatureScale(fitting: rows.prompts.map(\.surface))
        let raw = rows.prompts.map { [scale] in scale?.scaled($0.surface) ?? $0.embedding }
        centre = DenseMatrix(raw).mean(of: Array(raw.indices)).map { Float($0) }
        let columns = centre.count
        let spread = Float(columns).squareRoot() * (hasEmbedding ? 1 : 1 / Float(columns).squareRoot())
        let features = raw.map { [centre] in zip($0, centre).map { ($0 - $1) * spread } }

        var generator = SeededGenerator(seed: seed)
        func noise() -> Float { Float(generator.nextUnit() + generator.nextUnit() - 1) }
        var parameters = (0..<MatrixFactorization.factors * columns).map { _ in
            noise() * 0.3 / Float(columns).squareRoot()
        }
        parameters += (0..<rows.models.count * MatrixFactorization.factors).map { _ in noise() * 0.3 }
        parameters += ScoreDecomposition(rows).means.map { mean in
            let share = min(0.98, max(0.02, mean))
            return Float(log(share / (1 - share)))
        }
        var descent = Adam(count: parameters.count, rate: MatrixFactorization.rate)
        var order = Array(features.indices)
        let epochs = max(4, min(60, 60_000 / features.count))
        for _ in 0..<epochs {
            order.shuffle(using: &generator)
            for start in stride(from: 0, to: order.count, by: MatrixFactorization.batch) {
                let batch = order[start..<min(order.count, start + MatrixFactorization.batch)]
                var gradient = [Float](repeating: 0, count: parameters.count)
                for row in batch {
                    MatrixFactorization.addGradient(
                        of: parameters,
                        features[row],
                        rows.scores[row],
                        share: 1 / Float(batch.count),
                        to: &gradient
                    )
                }
                for index in 0..<parameters.count - rows.models.count {
                    gradient[index] += MatrixFactorization.decay * parameters[index]
                }
                descent.step(&parameters, gradient)
            }
        }
        let modelsStart = MatrixFactorization.factors * columns
        let constantsStart = parameters.count - rows.models.count
        // The features' spread is folded into the projection.
        projection = parameters[..<modelsStart].map { $0 * spread }
        models = Array(parameters[modelsStart..<constantsStart])
        constants = Array(parameters[constantsStart...])
    }

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        let raw = scale?.scaled(prompt.surface) ?? prompt.embedding
        let features = raw.count == centre.count ? zip(raw, centre).map { $0 - $1 } : centre.map { _ in 0 }
        let projected = MatrixFactorization.projected(projection[...], features)
        return constants.indices.map { model in
            var logit = constants[model]
            for factor in projected.indices { logit += models[model * projected.count + factor] * projected[factor] }
            return Double(1 / (1 + exp(-logit)))
        }
    }

    private static func projected(_ projection: ArraySlice<Float>, _ features: [Float]) -> [Float] {
        (0..<factors).map { factor in
            var sum: Float = 0
            let start = projection.startIndex + factor * features.count
            for column in features.indices { sum += projection[start + column] * features[column] }
            return sum
        }
    }

    /// Adds the slope of the cross entropy of one row's scores.
    private static func addGradient(
        of parameters: [Float],
        _ features: [Float],
        _ scores: [Double],
        share: Float,
        to gradient: inout [Float]
    ) {
        let columns = features.count
        let modelsStart = factors * columns
        let constantsStart = modelsStart + scores.count * factors
        let projected = projected(parameters[..<modelsStart], features)
        var back = [Float](repeating: 0, count: factors)
        for (model, score) in scores.enumerated() where !score.isNaN {
            let vector = modelsStart + model * factors
            var logit = parameters[constantsStart + model]
            for factor in 0..<factors { logit += parameters[vector + factor] * projected[factor] }
            let slope = (1 / (1 + exp(-logit)) - Float(min(1, max(0, score)))) * share
            gradient[constantsStart + model] += slope
            for factor in 0..<factors {
                gradient[vector + factor] += slope * projected[factor]
                back[factor] += slope * parameters[vector + factor]
            }
        }
        for factor in 0..<factors {
            for column in 0..<columns { gradient[factor * columns + column] += back[factor] * features[column] }
        }
    }
}
