import Domain
import Routing
import Statistics

/// A curve of one round and the places of its prompts in the outcomes.
struct Trial: Sendable {
    var curve: any RoutedCurve
    var test: [Int]
}

/// Turns what scorers expect into curves, and curves into figures.
struct Judge: Sendable {
    let outcomes: Outcomes
    let isPair: Bool
    /// By prompt, then model; of a pair without costs the stronger model's calls cost one and the weaker's nothing.
    let points: [[CurvePoint]]
    private let hasDial: Bool

    init(_ outcomes: Outcomes, isPair: Bool) {
        self.outcomes = outcomes
        self.isPair = isPair
        hasDial = isPair || outcomes.costs != nil
        points = (0..<outcomes.count).map { prompt in
            outcomes.models.indices.map { model in
                CurvePoint(
                    cost: outcomes.costs.map { $0[prompt][model] } ?? (isPair ? Double(model) : 0),
                    quality: outcomes.scores[prompt][model]
                )
            }
        }
    }

    /// Nil where the scorer cannot learn from the rows of some fold.
    func trials(of scorer: any Scorer.Type, in rounds: [Round]) -> [Trial]? {
        var trials: [Trial] = []
        for round in rounds {
            var expected: [[[Double]]] = []
            for lesson in round.lessons {
                guard let fitted = scorer.init(fitting: lesson.training, seed: round.seed) else { return nil }
                expected.append(lesson.prompts.map { fitted.expectedScores(for: $0) })
            }
            trials.append(trial(round, expected: expected))
        }
        return trials
    }

    /// Routes by expected scores, fold by fold.
    func trial(_ round: Round, expected: [[[Double]]]) -> Trial {
        if isPair { return pairTrial(round) { fold, row in expected[fold][row][1] - expected[fold][row][0] } }
        let test = round.test
        var curve = DialCurve(prompts: test.count, withCosts: hasDial)
        var start = 0
        for (fold, lesson) in round.lessons.enumerated() {
            let known = lesson.training.meanCost.compactMap { $0?.usd }
            // Where training does not say what a model costs, its mean over the test stands in for its price list.
            let costs = known.count == outcomes.models.count ? known : meanCosts
            curve.add(
                Array(start..<start + lesson.test.count),
                expected: expected[fold],
                costs: { _ in hasDial ? costs : nil },
                outcomes: { points[test[$0]] }
            )
            start += lesson.test.count
        }
        return Trial(curve: curve, test: test)
    }

    private var meanCosts: [Double] {
        outcomes.models.indices.map { model in
            points.reduce(0) { $0 + $1[model].cost } / Double(max(1, points.count))
        }
    }

    /// Sends prompts to the stronger model by a strength, compared within each fold.
    private func pairTrial(
        _ round: Round,
        between models: (weak: Int, strong: Int) = (0, 1),
        strength: (Int, Int) -> Double
    ) -> Trial {
        let test = round.test
        let strengths = round.lessons.enumerated().flatMap { fold, lesson in
            lesson.test.indices.map { strength(fold, $0) }.ranks
        }
        return Trial(
            curve: PairCurve(
                strength: strengths,
                weak: test.map { points[$0][models.weak] },
                strong: test.map { points[$0][models.strong] }
            ),
            test: test
        )
    }
}

extension Judge {
    func random(_ rounds: [Round]) -> [Trial] {
        rounds.map {
            isPair ? pairTrial($0) { _, _ in 0 } : Trial(curve: RandomModel(singles: singles($0)), test: $0.test)
        }
    }

    func zeroRouter(_ rounds: [Round]) -> [Trial] {
        rounds.map { isPair ? pairTrial($0) { _, _ in 0 } : Trial(curve: singles($0), test: $0.test) }
    }

    func bestSingle(_ rounds: [Round]) -> [Trial] {
        rounds.map { Trial(curve: BestSingleModel(singles: singles($0)), test: $0.test) }
    }

    /// The longer the prompt, the stronger the model: of several, the best in training instead of the cheapest.
    func promptLength(_ rounds: [Round]) -> [Trial] {
        rounds.map { round in
            let length = { (fold: Int, row: Int) in Double(outcomes.prompts[round.lessons[fold].test[row]].utf8.count) }
            return pairTrial(round, between: isPair ? (0, 1) : extremes(round), strength: length)
        }
    }

    /// The cheapest model and the best, by the rows learned from; the worst and the best where no costs are known.
    private func extremes(_ round: Round) -> (weak: Int, strong: Int) {
        let scores = round.lessons.flatMap(\.training.scores)
        let means = outcomes.models.indices.map { model in
            let known = scores.map { $0[model] }.filter { !$0.isNaN }
            return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        }
        let strong = means.indices.max { means[$0] < means[$1] } ?? 0
        let costs = hasDial ? meanCosts : means
        return (costs.indices.min { costs[$0] < costs[$1] } ?? 0, strong)
    }

    /// Knows every score and cost beforehand.
    func oracle(_ rounds: [Round]) -> [Trial] {
        rounds.map { round in
            let test = round.test
            if isPair {
                return pairTrial(round) { fold, row in
                    let outcome = points[round.lessons[fold].test[row]]
                    return outcome[1].quality - outcome[0].quality
                }
            }
            var curve = DialCurve(prompts: test.count, withCosts: hasDial)
            curve.add(
                Array(test.indices),
                expected: test.map { points[$0].map(\.quality) },
                costs: { prompt in hasDial ? points[test[prompt]].map(\.cost) : nil },
                outcomes: { points[test[$0]] }
            )
            return Trial(curve: curve, test: test)
        }
    }

    private func singles(_ round: Round) -> SingleModels { SingleModels(outcomes: round.test.map { points[$0] }) }
}
