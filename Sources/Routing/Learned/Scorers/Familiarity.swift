/// How strange the words of a prompt are to the training rows, and how much the surface alone has to decide then.
struct Familiarity: Hashable, Sendable {
    /// Quantiles of the share of known terms among training prompts, each less its own; ascending.
    var quantiles: [Float]

    private static let count = 65
    /// How soon the surface takes over: at this share of training prompts that are as strange, it decides half.
    ///
    /// Small, and left quickly: of many kinds of tasks, the rarer words of some are no other domain.
    private static let half = 0.1

    init(quantiles: [Float]) { self.quantiles = quantiles }

    init(fitting rows: TrainingRows, _ weighting: TermWeighting?) {
        guard let weighting, !rows.prompts.isEmpty else {
            quantiles = []
            return
        }
        var prompted = [Int32](repeating: 0, count: PromptFeatures.places)
        for prompt in rows.prompts { for term in prompt.terms { prompted[Int(term.place)] += 1 } }
        let coverage = rows.prompts.map { prompt in
            // Without the prompt itself a term needs two others to be known.
            Float(prompt.terms.count { prompted[Int($0.place)] > 2 && weighting.counts($0.place) })
                / Float(max(1, prompt.terms.count))
        }.sorted()
        quantiles = (0..<Familiarity.count).map { coverage[$0 * (coverage.count - 1) / (Familiarity.count - 1)] }
    }

    /// From 0 towards 1: how much the surface decides beyond its part in the blend.
    func shareOfSurface(for prompt: PromptFeatures, _ weighting: TermWeighting?) -> Double {
        guard let weighting, !quantiles.isEmpty else { return 0 }
        let coverage = weighting.coverage(of: prompt)
        let below = quantiles.count { $0 < coverage }
        let notAbove = quantiles.count { $0 <= coverage }
        let rank = Double(below + notAbove) / Double(2 * quantiles.count)
        let square = (rank / Familiarity.half) * (rank / Familiarity.half)
        return 1 / (1 + square * square)
    }
}
