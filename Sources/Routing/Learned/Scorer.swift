package import Domain

/// Learns from rated prompts how well each model would do on a prompt that it has not seen.
///
/// One way of learning a type: nearest neighbours, ridge regression, and so on. All are measured beside each other, and the
/// blend of them ships.
package protocol Scorer: Sendable {
    /// The name in reports, such as `ridge`.
    static var name: String { get }

    /// Fits in seconds; the same seed gives the same scorer. Nil where the rows cannot carry it.
    init?(fitting rows: TrainingRows, seed: UInt64)

    /// The score expected of each model, in the order of ``TrainingRows/models``. Only differences between models and
    /// between prompts mean something; they need not lie in 0...1.
    func expectedScores(for prompt: PromptFeatures) -> [Double]
}

/// Rated prompts as a table: a row a prompt, a column a model.
package struct TrainingRows: Sendable {
    package var models: [ModelID]
    package var prompts: [PromptFeatures]
    /// By prompt, then model; NaN where a model was not asked.
    package var scores: [[Double]]
    /// By model: the mean cost of a call, where the data says it.
    package var meanCost: [Money?]

    package init(models: [ModelID], prompts: [PromptFeatures], scores: [[Double]], meanCost: [Money?]) {
        self.models = models
        self.prompts = prompts
        self.scores = scores
        self.meanCost = meanCost
    }
}
