import Domain
import Routing
import Statistics

/// Prompts of a made-up world: `strong` does well on everything, `weak` only on what has no hard word in it.
enum RatedSamples {
    static let easy = ["greet", "spell", "name", "count", "copy", "rename", "list", "say"]
    static let hard = ["prove", "derive", "integrate", "refactor", "diagnose", "optimise", "schedule", "verify"]

    static func rated(_ count: Int, seed: UInt64 = 1) -> [RatedPrompt] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let isHard = generator.nextIndex(below: 2) == 0
            let word = (isHard ? hard : easy)[generator.nextIndex(below: 8)]
            let filler = (0..<6).map { _ in "word\(generator.nextIndex(below: 400))" }.joined(separator: " ")
            let weak = generator.nextUnit() < (isHard ? 0.2 : 0.9)
            let strong = generator.nextUnit() < 0.95
            return RatedPrompt(
                id: "\(index)",
                prompt: "Please \(word) the \(filler), case \(index).",
                results: [
                    .init(model: ModelID("strong"), score: strong ? 1 : 0, cost: Money(nanoUSD: 1000)),
                    .init(model: ModelID("weak"), score: weak ? 1 : 0, cost: Money(nanoUSD: 10)),
                ]
            )
        }
    }

    static func gap(_ scorer: some Scorer, _ prompt: String) -> Double {
        let scores = scorer.expectedScores(for: PromptFeatures(of: prompt, embedding: nil))
        return scores[0] - scores[1]
    }
}
