package import Domain
package import Routing
package import Statistics

/// Every scorer and baseline beside each other on rated prompts, each learned only from rows that it is not judged on.
package struct Comparison: Sendable {
    /// The pair's, or all; the order of expected scores.
    package private(set) var models: [ModelID]
    package private(set) var pair: ModelPair?
    package private(set) var division: Division
    package private(set) var seeds: Int
    /// Rows learned from, in the mean of seeds and folds.
    package private(set) var trainingRows = 0
    /// Rows judged on, in the mean of seeds.
    package private(set) var testRows = 0
    /// Rows of training left out because a test row has the same prompt.
    package private(set) var overlappingRows = 0
    /// Rows not judged on because a model has no result there.
    package private(set) var incompleteRows = 0
    /// Whether costs are in US$, else in shares of calls to the stronger model.
    package private(set) var hasCosts = false
    package private(set) var scorers: [Standing] = []
    /// Scorers that could not learn: from so few rows, or without the embedding table.
    package private(set) var unfit: [String] = []
    package private(set) var baselines: [Standing] = []
    /// Each model alone.
    package private(set) var singles: [CurvePoint] = []
    /// How often the scorer asked about sends a paraphrase elsewhere, on the rows that the first draw judges on.
    package private(set) var flips: [ParaphraseFlips] = []
}

extension Comparison {
    /// What is compared, and how.
    package struct Plan: Sendable {
        package var scorers: [any Scorer.Type]
        package var features: @Sendable (String, WorkSoFar) -> PromptFeatures
        /// All models that most rows have, where nil.
        package var pair: ModelPair?
        package var division: Division
        package var seeds: Int
        package var bootstrap = Bootstrap(seed: 1)
        /// The scorer whose answers to paraphrases are looked at; nil: none.
        package var paraphrased: (any Scorer.Type)?
        /// Called as each scorer begins: its name, how many are done, and of how many.
        package var progress: (@Sendable (_ scorer: String, _ done: Int, _ all: Int) -> Void)?

        package init(
            scorers: [any Scorer.Type],
            features: @escaping @Sendable (String, WorkSoFar) -> PromptFeatures,
            pair: ModelPair? = nil,
            division: Division,
            seeds: Int = 1
        ) {
            self.scorers = scorers
            self.features = features
            self.pair = pair
            self.division = division
            self.seeds = seeds
        }
    }

    /// Learns and judges; `test` is empty unless the division is given.
    package init(_ plan: Plan, training: [RatedPrompt], test: [RatedPrompt] = []) throws(ComparisonError) {
        division = plan.division
        seeds = max(1, plan.seeds)
        let isGiven = plan.division == .given
        let testKeys = Set(test.map { PromptKey($0.prompt) })
        let learned = isGiven ? training.filter { !testKeys.contains(PromptKey($0.prompt)) } : training
        overlappingRows = training.count - learned.count
        let judged = isGiven ? test : training
        guard !judged.isEmpty else { throw .noRows }
        pair = try Comparison.pair(plan.pair, training: learned, judged: judged)
        models = pair.map { [$0.weak, $0.strong] } ?? judged.commonModels
        let known = Set(models)
        let usable = learned.filter { row in row.results.contains { known.contains($0.model) } }
        guard !usable.isEmpty else { throw .nothingInCommon }

        let outcomes = Outcomes(judged, of: models, knownCosts: usable.knownCosts(of: models))
        incompleteRows = judged.count - outcomes.count
        hasCosts = outcomes.costs != nil
        let judge = Judge(outcomes, isPair: pair != nil)
        let rounds: [Round]
        if isGiven {
            guard outcomes.count > 1 else { throw .tooFewRows(outcomes.count) }
            let lesson = Lesson(TrainingRows(usable, of: models, features: plan.features), outcomes, plan.features)
            rounds = (0..<seeds).map { Round(seed: UInt64($0), lessons: [lesson]) }
        } else {
            // Only complete rows are drawn from: a row stands on one side or the other, and is judged on in full.
            guard outcomes.count >= 10 else { throw .tooFewRows(outcomes.count) }
            if case .labels(let count) = division, count > outcomes.count - 2 {
                throw .tooManyLabels(count, rows: outcomes.count)
            }
            rounds = Comparison.rounds(plan.division, judged, outcomes, seeds: seeds, plan.features)
        }
        let lessons = rounds.flatMap(\.lessons)
        testRows = rounds.map(\.test.count).reduce(0, +) / max(1, rounds.count)
        trainingRows = lessons.map(\.training.prompts.count).reduce(0, +) / max(1, lessons.count)

        var curves = Comparison.baselines(judge, rounds)
        let names = curves.map(\.name)
        for (done, scorer) in plan.scorers.enumerated() {
            plan.progress?(scorer.name, done, plan.scorers.count)
            guard let trials = judge.trials(of: scorer, in: rounds) else {
                unfit.append(scorer.name)
                continue
            }
            curves.append((scorer.name, trials))
        }
        let standings = judge.standings(of: curves, in: rounds, bootstrap: plan.bootstrap)
        baselines = Array(standings.prefix(names.count))
        scorers = Array(standings.dropFirst(names.count))
        singles = SingleModels(outcomes: judge.points).points(weights: Array(repeating: 1, count: outcomes.count))
        if let lesson = lessons.first, let scorer = plan.paraphrased?.init(fitting: lesson.training, seed: 0) {
            plan.progress?("paraphrases", plan.scorers.count, plan.scorers.count)
            let prompts = lesson.test.map { outcomes.prompts[$0] }
            flips = ParaphraseFlips.found(by: scorer, on: prompts, features: plan.features)
        }
    }

    /// The pair asked for; of two models the better one in training is the strong one.
    private static func pair(
        _ asked: ModelPair?,
        training: [RatedPrompt],
        judged: [RatedPrompt]
    ) throws(ComparisonError) -> ModelPair? {
        let there = Set(judged.flatMap { $0.results.map(\.model) }).sorted()
        if let asked {
            for model in [asked.weak, asked.strong] where !there.contains(model) {
                throw .unknownModel(model, known: there)
            }
            guard asked.weak != asked.strong else { throw .samePair(asked.weak) }
            return asked
        }
        let common = judged.commonModels
        guard common.count > 1 else { throw there.count == 1 ? .oneModel(there[0]) : .tooFewRows(judged.count) }
        return ModelPair(ranking: common, by: training)
    }

    private static func rounds(
        _ division: Division,
        _ rows: [RatedPrompt],
        _ outcomes: Outcomes,
        seeds: Int,
        _ features: (String, WorkSoFar) -> PromptFeatures
    ) -> [Round] {
        let made = zip(outcomes.prompts, outcomes.works).map(features)
        return (0..<seeds).map { seed in
            let splits =
                switch division {
                case .labels(let count):
                    [Split.labels(count, of: outcomes.keys, seed: UInt64(seed))]
                case .folds(let count): Split.folds(count, of: outcomes.keys, seed: UInt64(seed))
                case .given: [Split]()
                }
            let lessons = splits.map { Lesson($0, outcomes, features: made) }
            return Round(
                seed: UInt64(seed),
                lessons: lessons.filter { !$0.test.isEmpty && !$0.training.prompts.isEmpty }
            )
        }
    }

    /// What knows nothing, what knows one thing, and what knows everything.
    private static func baselines(_ judge: Judge, _ rounds: [Round]) -> [(name: String, trials: [Trial])] {
        [
            ("random", judge.random(rounds)), ("promptLength", judge.promptLength(rounds)),
            ("zeroRouter", judge.zeroRouter(rounds)), ("bestSingle", judge.bestSingle(rounds)),
            ("oracle", judge.oracle(rounds)),
        ]
    }
}
