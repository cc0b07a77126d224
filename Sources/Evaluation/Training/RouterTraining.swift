package import Domain
package import Routing
package import Statistics

/// A router fitted to its user's rows, and whether it may replace the one that is installed.
///
/// One prompt in five, told by its hash, is never learned from: not now and not from a later file. It judges every router
/// that is ever trained here, so that a new and an installed one are compared on prompts that neither has seen.
package struct RouterTraining: Sendable {
    /// Fewer rows teach less than the patterns know.
    package static let leastRows = 50

    package enum Verdict: String, Sendable {
        case installed
        case tooFewRows
        case noBetterThanChance
        case notBetterThanInstalled
    }

    /// What a router is worth that learned from so many of the rows.
    package struct CurvePoint: Hashable, Sendable {
        package var rows: Int
        package var value: Double
    }

    /// A router that is there already.
    package struct Incumbent: Sendable {
        package var models: [ModelID]
        package var expectedScores: @Sendable (PromptFeatures) -> [Double]

        package init(models: [ModelID], expectedScores: @escaping @Sendable (PromptFeatures) -> [Double]) {
            self.models = models
            self.expectedScores = expectedScores
        }
    }

    package private(set) var verdict: Verdict
    /// Rows with results of at least one of the models.
    package private(set) var rows: Int
    package private(set) var learnedRows = 0
    package private(set) var heldOutRows = 0
    package private(set) var models: [ModelID] = []
    package private(set) var pair: ModelPair?
    /// What routers are compared by: APGR for a pair, else AIQ.
    package private(set) var figure = Figure.aiq
    package private(set) var candidate: Standing?
    package private(set) var incumbent: Standing?
    package private(set) var baselines: [Standing] = []
    package private(set) var learningCurve: [CurvePoint] = []
    /// The new router, and the rows it was fitted to.
    package private(set) var fitted: (any Scorer)?
    package private(set) var lesson: TrainingRows?
}

extension RouterTraining {
    package init(
        _ all: [RatedPrompt],
        scorer: any Scorer.Type,
        features: @Sendable (String, WorkSoFar) -> PromptFeatures,
        incumbent installed: Incumbent? = nil,
        bootstrap: Bootstrap = Bootstrap(seed: 1)
    ) {
        models = all.commonModels
        let known = Set(models)
        let usable = models.count > 1 ? all.filter { $0.results.contains { known.contains($0.model) } } : []
        rows = Set(usable.map { PromptKey($0.prompt) }).count
        verdict = .tooFewRows
        guard rows >= Self.leastRows else { return }
        let learned = usable.filter { !PromptKey($0.prompt).isHeldOut }
        pair = ModelPair(ranking: models, by: learned)
        if let pair {
            models = [pair.weak, pair.strong]
            figure = .apgr
        }
        let costs = learned.knownCosts(of: models)
        let heldOut = Outcomes(usable.filter { PromptKey($0.prompt).isHeldOut }, of: models, knownCosts: costs)
        learnedRows = learned.count
        heldOutRows = heldOut.count
        guard heldOut.count > 1 else { return }
        let lesson = Lesson(TrainingRows(learned, of: models, features: features), heldOut, features)
        guard let fitted = scorer.init(fitting: lesson.training, seed: 0) else { return }
        self.fitted = fitted
        self.lesson = lesson.training
        compare(fitted, with: installed, after: lesson, Judge(heldOut, isPair: pair != nil), bootstrap)
        verdict = decide(installed)
    }

    private mutating func compare<Fitted: Scorer>(
        _ fitted: Fitted,
        with installed: Incumbent?,
        after lesson: Lesson,
        _ judge: Judge,
        _ bootstrap: Bootstrap
    ) {
        let round = Round(seed: 0, lessons: [lesson])
        func trial(_ expect: (PromptFeatures) -> [Double]) -> Trial {
            judge.trial(round, expected: [lesson.prompts.map(expect)])
        }
        var curves: [(name: String, trials: [Trial])] = [(Fitted.name, [trial(fitted.expectedScores)])]
        if let installed, let columns = installed.columns(of: models) {
            let expect = { (prompt: PromptFeatures) in
                let scores = installed.expectedScores(prompt)
                return columns.map { $0 < scores.count ? scores[$0] : 0 }
            }
            curves.append(("installed", [trial(expect)]))
        }
        let baseline = curves.count
        curves += [
            ("random", judge.random([round])), ("promptLength", judge.promptLength([round])),
            ("zeroRouter", judge.zeroRouter([round])),
        ]
        let standings = judge.standings(of: curves, in: [round], bootstrap: bootstrap)
        candidate = standings[0]
        incumbent = baseline == 2 ? standings[1] : nil
        baselines = Array(standings[baseline...])
        learningCurve = curve(Fitted.self, lesson, judge)
    }

    /// Without a figure on the held-out rows nothing is known for the new router, and so the old state stays.
    private func decide(_ installed: Incumbent?) -> Verdict {
        let blind = baselines.first { $0.name == "zeroRouter" }?.figures[figure] ?? 0
        guard let value = candidate?.figures[figure], value > blind else { return .noBetterThanChance }
        guard installed != nil else { return .installed }
        // One that knows other models cannot be compared: whoever wants it gone says so.
        guard let other = incumbent?.figures[figure] else { return .notBetterThanInstalled }
        return value >= other ? .installed : .notBetterThanInstalled
    }

    /// What the scorer is worth on the held-out rows after 25, 50, 100, … rows.
    private func curve(_ scorer: any Scorer.Type, _ lesson: Lesson, _ judge: Judge) -> [CurvePoint] {
        var counts: [Int] = []
        var count = 25
        while count < lesson.training.prompts.count {
            counts.append(count)
            count *= 2
        }
        counts.append(lesson.training.prompts.count)
        var generator = SeededGenerator(seed: 0)
        let order = lesson.training.prompts.indices.shuffled(using: &generator)
        let none = Bootstrap(resamples: 0, seed: 0)
        return counts.compactMap { count in
            var part = lesson
            part.training = lesson.training.some(order.prefix(count).sorted())
            let round = Round(seed: 0, lessons: [part])
            guard let trials = judge.trials(of: scorer, in: [round]),
                let value = judge.standings(of: [("", trials)], in: [round], bootstrap: none)[0].figures[figure]
            else { return nil }
            return CurvePoint(rows: count, value: value)
        }
    }
}

extension RouterTraining.Incumbent {
    /// Where its scores of those models stand; nil where it does not know one.
    fileprivate func columns(of models: [ModelID]) -> [Int]? {
        let found = models.compactMap { self.models.firstIndex(of: $0) }
        return found.count == models.count ? found : nil
    }
}

extension PromptKey {
    /// One prompt in five, the same for ever.
    package var isHeldOut: Bool { shuffled(by: 0xC0FFEE) % 5 == 0 }
}
