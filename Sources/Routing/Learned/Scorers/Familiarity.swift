/// How strange a prompt's surface is to the training rows, and how much the surface alone has to decide then.
///
/// Its kinds of characters, words and lengths tell another domain at once; that its words are rare does not: of many kinds
/// of tasks, some have rarer words.
struct Familiarity: Hashable, Sendable {
    /// Quantiles of the training prompts' distances from their mean; ascending.
    var quantiles: [Float]

    private static let count = 65
    /// How soon the surface takes over: at this share of training prompts that are as strange, it decides half.
    private static let half = 0.03

    init(quantiles: [Float]) { self.quantiles = quantiles }

    init(fitting rows: TrainingRows, _ scale: FeatureScale) {
        let distances = rows.prompts.map { scale.distance(of: $0.surface) }.sorted()
        quantiles =
            distances.isEmpty
            ? [] : (0..<Familiarity.count).map { distances[$0 * (distances.count - 1) / (Familiarity.count - 1)] }
    }

    /// From 0 towards 1: how much the surface decides beyond its part in the blend.
    func shareOfSurface(for prompt: PromptFeatures, _ scale: FeatureScale) -> Double {
        guard !quantiles.isEmpty else { return 0 }
        let distance = scale.distance(of: prompt.surface)
        let above = quantiles.count { $0 > distance }
        let notBelow = quantiles.count { $0 >= distance }
        let rank = Double(above + notBelow) / Double(2 * quantiles.count)
        let square = (rank / Familiarity.half) * (rank / Familiarity.half)
        return 1 / (1 + square * square)
    }
}
