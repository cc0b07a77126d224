package import Domain
import Statistics

/// A cascade found from results, with the judges of its attempts, as it is stored.
package struct FittedCascade: Hashable, Sendable, Codable {
    package var cascade: Cascade
    /// By attempt.
    package var judges: [AnswerJudge]
    /// Mean score on the rows, where no judge saw the row that it judged.
    package var quality: Double
    /// Mean cost of a request in dollars there, all attempts counted.
    package var costUSD: Double

    /// A request, and what every model made of it.
    package struct Row: Hashable, Sendable {
        package var prompt: String
        /// The prompt's surface features, or none.
        package var promptFeatures: [Double]
        /// By model.
        package var answers: [Answer]
        /// By model.
        package var scores: [Double]
        /// By model, in dollars.
        package var costs: [Double]

        package init(
            prompt: String,
            promptFeatures: [Double] = [],
            answers: [Answer],
            scores: [Double],
            costs: [Double]
        ) {
            self.prompt = prompt
            self.promptFeatures = promptFeatures
            self.answers = answers
            self.scores = scores
            self.costs = costs
        }

        func lesson(of model: Int, after earlier: Int?, against strongest: Int) -> AnswerJudge.Row {
            AnswerJudge.Row(
                answer: AnswerFeatures(of: answers[model], to: prompt, after: earlier.map { answers[$0] }),
                prompt: promptFeatures,
                gain: scores[strongest] - scores[model]
            )
        }
    }

    private static let folds = 5

    /// The best cascade for at most so many dollars a request; nil with too few rows, or too little money for any model.
    ///
    /// A judge compares a model's answer with what the best model of all would have scored. That the thresholds fit what
    /// judges say of answers they never saw, each row is judged by those that learned from the other four fifths.
    package init?(models: [ModelID], rows: [Row], budgetUSD: Double, seed: UInt64) {
        let rows = rows.filter {
            $0.answers.count == models.count && $0.scores.count == models.count && $0.costs.count == models.count
        }
        let means = models.indices.map { model in rows.reduce(0) { $0 + $1.scores[model] } }
        guard let strongest = models.indices.max(by: { means[$0] < means[$1] }) else { return nil }
        var generator = SeededGenerator(seed: seed)
        let order = rows.indices.shuffled(using: &generator)
        let none = Array(repeating: Array(repeating: 0.0, count: models.count + 1), count: models.count)
        var gains = Array(repeating: none, count: rows.count)
        var fitted: [[AnswerJudge?]] = none.map { $0.map { _ in nil } }
        for model in models.indices where model != strongest {
            for earlier in 0...models.count where earlier != model && earlier != strongest {
                let predecessor = earlier < models.count ? earlier : nil
                let lessons = rows.map { $0.lesson(of: model, after: predecessor, against: strongest) }
                guard let judge = AnswerJudge(fitting: lessons) else { return nil }
                fitted[model][earlier] = judge
                for fold in 0..<Self.folds {
                    let learned = order.indices.filter { $0 % Self.folds != fold }.map { lessons[order[$0]] }
                    let foldJudge = AnswerJudge(fitting: learned) ?? judge
                    for place in order.indices where place % Self.folds == fold {
                        let lesson = lessons[order[place]]
                        gains[order[place]][model][earlier] =
                            foldJudge.expectedGain(over: lesson.answer, prompt: lesson.prompt)
                    }
                }
            }
        }
        let search = CascadeSearch(
            models: models,
            rows: zip(rows, gains).map { CascadeSearch.Row(scores: $0.scores, costs: $0.costs, gains: $1) },
            lastOnly: strongest
        )
        guard let found = search.best(budgetUSD: budgetUSD) else { return nil }
        let chosen = found.cascade.models.compactMap { models.firstIndex(of: $0) }
        let judges = found.cascade.attempts.indices.compactMap { attempt in
            fitted[chosen[attempt]][attempt == 0 ? models.count : chosen[attempt - 1]]
        }
        guard judges.count == found.cascade.attempts.count else { return nil }
        cascade = found.cascade
        self.judges = judges
        quality = found.quality
        costUSD = found.costUSD
    }
}
