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
    init(_ training: TrainingRows, _ outcomes: Outcomes, _ features: (String, WorkSoFar) -> PromptFeatures) {
        self.training = training
        test = Array(0..<outcomes.count)
        prompts = zip(outcomes.prompts, outcomes.works).map(features)
    }

    /// Learns from some of the outcomes and is judged on others.
    init(_ split: Split, _ outcomes: Outcomes, features: [PromptFeatures]) {
        let costs = outcomes.models.indices.map { model in
            outcomes.costs.map { costs in
                let total = split.training.reduce(0) { $0 + costs[$1][model] }
                return Money(approximatingUSD: total / Double(max(1, split.training.count)))
            }
        }
        let learned = split.training.merged(by: outcomes.keys)
        training = TrainingRows(
            models: outcomes.models,
            prompts: learned.map { features[$0[0]] },
            scores: learned.map { rows in rows.map { outcomes.scores[$0] }.columnMeans },
            meanCost: costs
        )
        test = split.test
        prompts = split.test.map { features[$0] }
    }
}

extension TrainingRows {
    /// Rated prompts as a table of those models; a prompt without a result of any of them is left out.
    ///
    /// Duplicates of a prompt become one row with the mean of their scores: none is learned from twice.
    package init(_ rows: [RatedPrompt], of models: [ModelID], features: (String, WorkSoFar) -> PromptFeatures) {
        let scores = rows.map { row in
            models.map { model in row.results.first { $0.model == model }?.score ?? .nan }
        }
        let kept = rows.indices.filter { row in scores[row].contains { !$0.isNaN } }
        let groups = kept.merged(by: rows.map { PromptKey($0.prompt) })
        self.init(
            models: models,
            prompts: groups.map { features(rows[$0[0]].prompt, rows[$0[0]].work) },
            scores: groups.map { group in group.map { scores[$0] }.columnMeans },
            meanCost: rows.meanCosts(of: models)
        )
    }

    /// Some of the rows.
    func some(_ places: [Int]) -> TrainingRows {
        TrainingRows(
            models: models,
            prompts: places.map { prompts[$0] },
            scores: places.map { scores[$0] },
            meanCost: meanCost
        )
    }
}

extension [Int] {
    /// Places of one prompt together, in the order of the first of each.
    fileprivate func merged(by keys: [PromptKey]) -> [[Int]] {
        var groups: [[Int]] = []
        var found: [PromptKey: Int] = [:]
        for place in self {
            if let group = found[keys[place]] {
                groups[group].append(place)
            } else {
                found[keys[place]] = groups.count
                groups.append([place])
            }
        }
        return groups
    }
}

extension [[Double]] {
    /// By column: the mean of what is a number; NaN where nothing is.
    fileprivate var columnMeans: [Double] {
        guard count > 1 else { return first ?? [] }
        return self[0].indices.map { column in
            let values = map { $0[column] }.filter { !$0.isNaN }
            return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
        }
    }
}
