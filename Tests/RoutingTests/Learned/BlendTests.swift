import Domain
import Routing
import Testing

@Suite struct BlendTests {
    @Test func `decides the same under other white space and case`() throws {
        let blend = try fitted(200)
        for row in RatedSamples.rated(20, seed: 3) {
            let loud = row.prompt.uppercased().split(separator: " ").joined(separator: " \n\t ")
            #expect(RatedSamples.gap(blend, row.prompt) == RatedSamples.gap(blend, loud))
        }
    }

    @Test func `a new model with few results learns where it differs`() throws {
        // `weak` was asked 60 of 600 prompts; what is hard is known from a third model like it.
        let rated = RatedSamples.rated(600).enumerated().map { index, row in
            let other = RatedPrompt.Result(model: ModelID("other"), score: row.results[1].score)
            return RatedPrompt(
                id: row.id,
                prompt: row.prompt,
                results: index % 10 == 0 ? row.results + [other] : [row.results[0], other]
            )
        }
        let rows = TrainingRows(rated, models: ["strong", "weak", "other"].map { ModelID($0) }, embedding: nil)
        let blend = try #require(Blend(fitting: rows, seed: 1))
        let test = RatedSamples.rated(200, seed: 4)
        let gaps = test.map { RatedSamples.gap(blend, $0.prompt) }
        let isHard = test.map { row in RatedSamples.hard.contains { row.prompt.contains(" \($0) ") } }
        let hard = mean(zip(gaps, isHard).filter(\.1).map(\.0))
        let easy = mean(zip(gaps, isHard).filter { !$0.1 }.map(\.0))
        #expect(hard > easy + 0.05)
    }

    @Test func `scores stay near the scores of the training rows`() throws {
        let blend = try fitted(400)
        for row in RatedSamples.rated(50, seed: 5) {
            let scores = blend.expectedScores(for: PromptFeatures(of: row.prompt, embedding: nil))
            #expect(scores.allSatisfy { (-0.5...1.5).contains($0) })
        }
    }

    private func fitted(_ count: Int) throws -> Blend {
        try #require(Blend(fitting: TrainingRows(RatedSamples.rated(count), embedding: nil), seed: 1))
    }
}
