import Domain
import Routing
import Testing

@Suite struct TrainingRowsTests {
    @Test func `prompts that differ in case and white space alone are one row with their mean`() {
        let rows = TrainingRows(
            [rated("Say hi", ["a": 1, "b": 0]), rated(" SAY\nhi", ["a": 0, "c": 0.5])],
            embedding: nil
        )
        #expect(rows.models.map(\.rawValue) == ["a", "b", "c"])
        #expect(rows.scores == [[0.5, 0, 0.5]])
    }

    @Test func `missing and impossible scores are holes, and a row of holes is none`() {
        let rows = TrainingRows(
            [rated("x", ["a": .nan]), rated("y", [:]), rated("z", ["a": 1, "b": .infinity])],
            embedding: nil
        )
        #expect(rows.prompts.count == 1)
        #expect(rows.scores[0][0] == 1)
        #expect(rows.scores[0][1].isNaN)
    }

    @Test func `a call's expected cost follows the length of its prompt, where there are enough`() throws {
        let many = (1...40).map { size in
            RatedPrompt(
                id: "\(size)",
                prompt: String(repeating: "x", count: size),
                results: [.init(model: ModelID("a"), score: 1, cost: Money(nanoUSD: Int64(100 + 3 * size)))]
            )
        }
        let cost = try #require(TrainingRows(many, embedding: nil).expectedCosts[0])
        #expect(abs(cost.perByte - 3) < 1e-6)
        #expect(abs(cost.perCall - 100) < 1e-6)
        let features = PromptFeatures(of: String(repeating: "y", count: 200), embedding: nil)
        #expect(abs(cost.cost(for: features).nanoUSD - 700) <= 1)
        let few = try #require(TrainingRows(Array(many.prefix(5)), embedding: nil).expectedCosts[0])
        #expect(few.perByte == 0)
        #expect(abs(few.perCall - 109) < 1e-6)
    }

    @Test func `costs nobody told are not made up`() {
        let rows = TrainingRows([rated("x", ["a": 1])], embedding: nil)
        #expect(rows.meanCost == [nil])
        #expect(rows.expectedCosts == [nil])
    }

    private func rated(_ prompt: String, _ scores: [String: Double]) -> RatedPrompt {
        RatedPrompt(
            id: prompt,
            prompt: prompt,
            results: scores.map { .init(model: ModelID($0.key), score: $0.value) }
        )
    }
}
