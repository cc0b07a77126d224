package import Domain
package import Routing

/// One draw of rows to learn from and to judge on.
struct Round: Sendable {
    var seed: UInt64
    /// One, or one a fold.
    var lessons: [Lesson]

    /// Where the rows judged on stand in the outcomes, fold after fold.
    var test: [Int] { lessons.flatMap(\.test) }
}

/// Rows to learn from, and the places and features of those to judge on.
struct Lesson: Sendable {
    var training: TrainingRows
    var test: [Int]
    var prompts: [PromptFeatures]

    /// Learns from rows of other files and is judged on all outcomes.
    init(_ training: TrainingRows, _ outcomes: Outcomes, _ features: (String) -> PromptFeatures) {
        self.training = training
        test = Array(0..<outcomes.count)
        prompts = outcomes.prompts.map(features)
    }

    /// Learns from some of the outcomes and is judged on others.
    init(_ split: Split, _ outcomes: Outcomes, features: [PromptFeatures]) {
        let means = outcomes.models.indices.map { model in
            outcomes.costs.map { costs in
                let total = split.training.reduce(0) { $0 + costs[$1][model] }
                return Money(approximatingUSD: total / Double(max(1, split.training.count)))
            }
        }
        training = TrainingRows(
            models: outcomes.models,
            prompts: split.training.map { features[$0] },
            scores: split.training.map { outcomes.scores[$0] },
            meanCost: means
        )
        test = split.test
        prompts = split.test.map { features[$0] }
    }
}

extension TrainingRows {
    /// Rated prompts as a table of those models; a prompt without a result of any of them is left out.
    package init(_ rows: [RatedPrompt], of models: [ModelID], features: (String) -> PromptFeatures) {
        let scores = rows.map { row in
            models.map { model in row.results.first { $0.model == model }?.score ?? .nan }
        }
        let kept = rows.indices.filter { row in scores[row].contains { !$0.isNaN } }
        self.init(
            models: models,
            prompts: kept.map { features(rows[$0].prompt) },
            scores: kept.map { scores[$0] },
            meanCost: rows.meanCosts(of: models)
        )
    }
}
