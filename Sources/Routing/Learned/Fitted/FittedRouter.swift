package import Domain

/// What was learned from rated prompts: how well each model is expected to do on a prompt, and what it is expected to
/// cost.
///
/// Kept in one file; see ``encoded()``.
package struct FittedRouter: Sendable {
    package let models: [ModelID]
    /// How many different prompts it learned from.
    package let rows: Int
    package let blend: Blend
    /// By model; nil where the data said nothing.
    package let costs: [ExpectedCost?]

    /// Nil where the rows cannot carry a router: fewer than two prompts, or no model.
    package init?(fitting rows: TrainingRows, seed: UInt64) {
        guard let blend = Blend(fitting: rows, seed: seed) else { return nil }
        self.init(models: rows.models, rows: rows.prompts.count, blend: blend, costs: rows.expectedCosts)
    }

    init(models: [ModelID], rows: Int, blend: Blend, costs: [ExpectedCost?]) {
        self.models = models
        self.rows = rows
        self.blend = blend
        self.costs = costs
    }

    /// Whether it learned from static embeddings too; without the table they are left out of its scores.
    package var usesEmbeddings: Bool { blend.parts.embedding != nil }

    /// In the order of ``models``: about 0 for useless to 1 for as good as can be, as the training rows were rated.
    package func expectedScores(for prompt: PromptFeatures) -> [Double] { blend.expectedScores(for: prompt) }

    /// In the order of ``models``; nil where the data said nothing.
    package func expectedCosts(for prompt: PromptFeatures) -> [Money?] { costs.map { $0?.cost(for: prompt) } }
}
