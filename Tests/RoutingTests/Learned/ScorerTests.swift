import Domain
import Routing
import Similarity
import Statistics
import Testing

/// What every scorer owes.
@Suite struct ScorerTests {
    @Test(arguments: Scorers.all.indices)
    func `tells what is hard from what is easy`(_ index: Int) throws {
        let type = Scorers.all[index]
        let rows = Self.embedded(TrainingRows(RatedSamples.rated(400), embedding: nil))
        let fitted = type.init(fitting: rows, seed: 1)
        let scorer = try #require(fitted)
        let test = Self.embedded(TrainingRows(RatedSamples.rated(100, seed: 2), embedding: nil))
        let gains = test.prompts.map { prompt in
            let scores = scorer.expectedScores(for: prompt)
            return scores[0] - scores[1]
        }
        let hard = mean(zip(gains, test.prompts).filter { $0.1.embedding[0] > 0 }.map(\.0))
        let easy = mean(zip(gains, test.prompts).filter { $0.1.embedding[0] < 0 }.map(\.0))
        // The surface of this world says nothing.
        guard !type.name.hasPrefix("surface") else { return }
        #expect(hard > easy + 0.1)
    }

    @Test(arguments: Scorers.all.indices)
    func `fits the same from the same seed`(_ index: Int) throws {
        let rows = Self.embedded(TrainingRows(RatedSamples.rated(60), embedding: nil))
        let scores = (0..<2).map { _ in
            Scorers.all[index].init(fitting: rows, seed: 5)?.expectedScores(for: rows.prompts[0])
        }
        #expect(scores[0] != nil)
        #expect(scores[0] == scores[1])
    }

    @Test(arguments: Scorers.all.indices, Self.poorRows)
    func `whatever the rows are, answers a number a model or says that it cannot`(_ index: Int, _ poor: Poor) {
        let rows = TrainingRows(poor.rated, embedding: nil)
        for rows in [rows, Self.embedded(rows)] {
            guard let scorer = Scorers.all[index].init(fitting: rows, seed: 1) else { continue }
            for prompt in [PromptFeatures(of: "", embedding: nil), PromptFeatures(of: "x y z", embedding: nil)] {
                let scores = scorer.expectedScores(for: prompt)
                #expect(scores.count == rows.models.count)
                #expect(scores.allSatisfy { $0.isFinite })
            }
        }
    }

    @Test(arguments: Scorers.all.indices)
    func `nothing is learned from no rows`(_ index: Int) {
        let scorer = Scorers.all[index].init(fitting: TrainingRows([], embedding: nil), seed: 1)
        #expect(scorer == nil)
    }

    struct Poor: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rated: [RatedPrompt]
    }

    static let poorRows = [
        Poor(testDescription: "one row", rated: RatedSamples.rated(1)),
        Poor(testDescription: "two rows", rated: RatedSamples.rated(2)),
        Poor(testDescription: "thirty rows", rated: RatedSamples.rated(30)),
        Poor(
            testDescription: "one model",
            rated: RatedSamples.rated(40).map { row in
                RatedPrompt(id: row.id, prompt: row.prompt, results: [row.results[0]])
            }
        ),
        Poor(
            testDescription: "one result a prompt",
            rated: RatedSamples.rated(40).enumerated().map { index, row in
                RatedPrompt(id: row.id, prompt: row.prompt, results: [row.results[index % 2]])
            }
        ),
        Poor(
            testDescription: "all scores the same",
            rated: RatedSamples.rated(40).map { row in
                RatedPrompt(
                    id: row.id,
                    prompt: row.prompt,
                    results: row.results.map { .init(model: $0.model, score: 0.4) }
                )
            }
        ),
        Poor(
            testDescription: "empty and equal prompts",
            rated: RatedSamples.rated(40).enumerated().map { index, row in
                RatedPrompt(id: row.id, prompt: index % 2 == 0 ? "" : "same", results: row.results)
            }
        ),
    ]

    /// The rows with an embedding whose first number says whether the prompt is hard.
    static func embedded(_ rows: TrainingRows) -> TrainingRows {
        var rows = rows
        var generator = SeededGenerator(seed: 9)
        let hard = Set(
            RatedSamples.hard.flatMap { word in
                PromptFeatures(of: "please \(word) the", embedding: nil).terms.map(\.place)
            }
        ).subtracting(
            RatedSamples.easy.flatMap { word in
                PromptFeatures(of: "please \(word) the", embedding: nil).terms.map(\.place)
            }
        )
        for index in rows.prompts.indices {
            let isHard = rows.prompts[index].terms.contains { hard.contains($0.place) }
            let noise = (0..<7).map { _ in Float(generator.nextUnit() - 0.5) }
            rows.prompts[index].embedding = ([isHard ? 1 : -1] + noise).scaledToLengthOne()
        }
        return rows
    }
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
