import Domain
import Routing

/// How often a paraphrase of a prompt would go to another model than the prompt itself.
package struct ParaphraseFlips: Hashable, Sendable {
    package var paraphrase: Paraphrase
    /// Prompts that the rule changes.
    package var prompts: Int
    package var flipped: Int

    /// In 0...1; nil where the rule changes no prompt.
    package var share: Double? { prompts == 0 ? nil : Double(flipped) / Double(prompts) }

    /// For a pair at the threshold that sends half of the prompts to the stronger model, where flips are likeliest; for
    /// several models where the highest expected score changes its model.
    static func found(by scorer: any Scorer, on prompts: [String], features: (String, WorkSoFar) -> PromptFeatures)
        -> [Self]
    {
        let expected = prompts.map { scorer.expectedScores(for: features($0, WorkSoFar())) }
        let isPair = expected.first?.count == 2
        let gaps = isPair ? expected.map { $0[1] - $0[0] }.sorted() : []
        let median = gaps.isEmpty ? 0 : gaps[gaps.count / 2]
        let choice = { (scores: [Double]) in
            isPair
                ? (scores[1] - scores[0] >= median ? 1 : 0) : scores.indices.max { scores[$0] < scores[$1] } ?? 0
        }
        return Paraphrase.allCases.map { paraphrase in
            var flips = ParaphraseFlips(paraphrase: paraphrase, prompts: 0, flipped: 0)
            for (prompt, scores) in zip(prompts, expected) {
                guard let other = paraphrase.applied(to: prompt) else { continue }
                flips.prompts += 1
                if choice(scorer.expectedScores(for: features(other, WorkSoFar()))) != choice(scores) {
                    flips.flipped += 1
                }
            }
            return flips
        }
    }
}
