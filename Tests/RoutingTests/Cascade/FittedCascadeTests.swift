import Domain
import Foundation
import Statistics
import Testing

@testable import Routing

@Suite struct FittedCascadeTests {
    private let models = ["small", "middle", "large"].map { ModelID($0) }

    /// Sums that a model gets right up to its strength; what it gets wrong can be seen by working it out again.
    private func rows(_ count: Int, seed: UInt64) -> [FittedCascade.Row] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let (a, b) = (10 + generator.nextIndex(below: 80), 10 + generator.nextIndex(below: 80))
            let hardness = generator.nextUnit()
            let scores = [0.5, 0.75, 0.98].map { hardness < $0 ? 1.0 : 0 }
            let answers = zip(models, scores).map { model, score in
                Answer(model: model, text: "\(a) + \(b) = \(score == 1 ? a + b : a + b + 11)")
            }
            return FittedCascade.Row(
                prompt: "What is \(a) and \(b)?",
                answers: answers,
                scores: scores,
                costs: [1, 4, 20]
            )
        }
    }

    @Test func `a chain and its judges are found from results, and hold on others`() throws {
        let fitted = try #require(FittedCascade(models: models, rows: rows(300, seed: 1), budgetUSD: 12, seed: 1))
        #expect(fitted.quality > 0.95)
        #expect(fitted.costUSD <= 12)
        #expect(fitted.judges.count == fitted.cascade.attempts.count)
        #expect(fitted.cascade.last == ModelID("large"))
        let routed = TryThenJudge(fitted, escalationsAllowed: 2)
        var (quality, cost) = (0.0, 0.0)
        let others = rows(300, seed: 2)
        for row in others {
            var plan = routed.plan
            var action = plan.begin()
            var asked: [Int] = []
            while case .ask(let model, let attempt) = action {
                let index = try #require(models.firstIndex(of: model))
                asked.append(index)
                cost += row.costs[index]
                action = plan.answered()
                guard case .judge(_, let acceptedGain) = action else { break }
                let verdict = routed.check(ofAttempt: attempt).verdict(
                    on: row.answers[index],
                    to: row.prompt,
                    after: asked.count > 1 ? row.answers[asked[asked.count - 2]] : nil,
                    acceptedGain: acceptedGain
                )
                action = plan.judged(accepts: verdict == .accepted)
            }
            guard case .give(let attempt) = action else { throw CancellationError() }
            quality += row.scores[asked[attempt]]
        }
        #expect(quality / 300 > 0.94)
        #expect(cost / 300 < 14)
    }

    @Test func `too few rows, or too little money, find none`() {
        #expect(FittedCascade(models: models, rows: rows(40, seed: 1), budgetUSD: 12, seed: 1) == nil)
        #expect(FittedCascade(models: models, rows: rows(100, seed: 1), budgetUSD: 0.5, seed: 1) == nil)
        #expect(FittedCascade(models: [], rows: [], budgetUSD: 1, seed: 1) == nil)
    }

    @Test func `is stored and read back`() throws {
        let fitted = try #require(FittedCascade(models: models, rows: rows(100, seed: 1), budgetUSD: 12, seed: 1))
        #expect(try JSONDecoder().decode(FittedCascade.self, from: JSONEncoder().encode(fitted)) == fitted)
    }
}
