import Domain
import Statistics
import Testing

@testable import Routing

/// What the judge is worth on the answers of a real model, question and answer unseen.
@Suite(.enabled(if: RouteLLMResults.isThere)) struct JudgeOnResultsTests {
    /// The mean recovered share of the gap between both models, over shares of escalated requests in steps of a tenth.
    private func recovered(escalating order: [Int], _ rows: [RouteLLMResults.Row]) -> Double {
        var gains = [0.0]
        for row in order { gains.append(gains[gains.count - 1] + rows[row].stronger - rows[row].cheaper) }
        let curve = (0...10).map { gains[($0 * rows.count + 5) / 10] / gains[rows.count] }
        return zip(curve, curve.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 20 }
    }

    @Test(arguments: [[], ["marked final answer"]])
    func `on GSM8K answers it finds most of what the stronger model would gain`(without: [String]) throws {
        let rows = try RouteLLMResults.gsm8k().rows
        let dropped = Set(without.compactMap { AnswerFeatures.names.firstIndex(of: $0) })
        let samples = rows.map { row in
            var features = AnswerFeatures(of: Answer(model: RouteLLMResults.cheaper, text: row.answer), to: row.prompt)
            for index in dropped { features.values[index] = 0 }
            let prompt = PromptFeatures(of: row.prompt, embedding: nil).surface.map(Double.init)
            return AnswerJudge.Row(answer: features, prompt: prompt, gain: row.stronger - row.cheaper)
        }
        var generator = SeededGenerator(seed: 1)
        let order = rows.indices.shuffled(using: &generator)
        var ranks = Array(repeating: 0.0, count: rows.count)
        for fold in 0..<5 {
            let test = order.indices.filter { $0 % 5 == fold }.map { order[$0] }
            let learned = order.indices.filter { $0 % 5 != fold }.map { samples[order[$0]] }
            let judge = try #require(AnswerJudge(fitting: learned))
            let gains = test.map { judge.expectedGain(over: samples[$0].answer, prompt: samples[$0].prompt) }
            for (rank, index) in gains.indices.sorted(by: { gains[$0] < gains[$1] }).enumerated() {
                ranks[test[index]] = Double(rank) / Double(test.count)
            }
        }
        #expect(recovered(escalating: rows.indices.sorted { ranks[$0] > ranks[$1] }, rows) >= 0.78)
    }
}
