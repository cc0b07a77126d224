/// Learns from rated prompts how well each model would do on a prompt that it has not seen.
///
/// One way of learning a type: nearest neighbours, ridge regression, and so on. All are measured beside each other, and
/// the blend of them ships.
package protocol Scorer: Sendable {
    /// The name in reports, such as `ridge`.
    static var name: String { get }

    /// Fits in seconds; the same seed gives the same scorer. Nil where the rows cannot carry it.
    init?(fitting rows: TrainingRows, seed: UInt64)

    /// The score expected of each model, in the order of ``TrainingRows/models``. Only differences between models and
    /// between prompts mean something; they need not lie in 0...1.
    func expectedScores(for prompt: PromptFeatures) -> [Double]
}

/// The ways of learning that there are, in the order of reports.
package enum Scorers {
    package static let all: [any Scorer.Type] = [
        Blend.self, LexicalRidge.self, SurfaceRidge.self, SurfaceKernel.self, EmbeddingRidge.self,
        NearestNeighbours.self, MatrixFactorization.self, SimilarityWeightedRanking.self,
    ]

    /// What ships.
    ///
    /// It weighs its parts on the training rows alone, so that no other choice has to be made.
    package static let `default`: any Scorer.Type = Blend.self
}
