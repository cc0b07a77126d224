package import Domain
package import Routing
package import Statistics

/// A cascade found from one half of rated answers, and what it gives on the other.
package struct CascadeFitting: Sendable {
    /// A mean over held-out rows.
    package struct Mean: Hashable, Sendable {
        package var value: Double
        /// 95%, from a bootstrap over the rows.
        package var interval: Interval?
    }

    package enum Trouble: Error, Hashable, Sendable {
        case unknownModel(ModelID, known: [ModelID])
        /// So many rows have an answer, a score and a cost of every model.
        case tooFewRows(Int, needed: Int)
        case costsMissing([ModelID])
        /// Dollars a request that the cheapest model costs.
        case budgetTooSmall(least: Double)
    }

    package private(set) var fitted: FittedCascade
    package private(set) var learnedRows: Int
    package private(set) var heldOutRows: Int
    package private(set) var budgetUSD: Double
    package private(set) var quality: Mean
    /// Dollars a request.
    package private(set) var cost: Mean
    /// Models asked beyond the first, a request.
    package private(set) var escalations: Double
    /// By model of the cascade, the share of requests that it answers.
    package private(set) var shares: [(model: ModelID, share: Double)]
    /// The cascade's last model alone.
    package private(set) var aloneQuality: Double
    package private(set) var aloneCost: Double

    /// Each half must teach the judges something, and say what they are worth.
    package static let leastRows = 2 * AnswerJudge.fewestRows

    /// The best chain for at most so many dollars a request; without a budget, for what the best model alone costs.
    ///
    /// Judges look at the answer and the prompt alone, as a gateway can. Rows that lack an answer or a score of a model
    /// are left out; where one lacks a cost, the model's mean stands in. Halves are drawn by the prompts' keys.
    package init(
        _ rated: [RatedPrompt],
        models: [ModelID],
        budgetUSD: Double?,
        seed: UInt64,
        bootstrap: Bootstrap = Bootstrap(seed: 1)
    ) throws(Trouble) {
        for model in models where !rated.contains(where: { $0.results.contains { $0.model == model } }) {
            throw .unknownModel(model, known: Set(rated.flatMap { $0.results.map(\.model) }).sorted())
        }
        let costs = rated.knownCosts(of: models)
        let unpriced = models.filter { costs[$0] == nil }
        guard unpriced.isEmpty else { throw .costsMissing(unpriced) }
        let half = { (isLearned: Bool) in
            rated.filter { PromptKey($0.prompt).shuffled(by: seed).isMultiple(of: 2) == isLearned }
                .compactMap { FittedCascade.Row($0, models: models, costs: costs) }
        }
        let (learned, heldOut) = (half(true), half(false))
        guard min(learned.count, heldOut.count) >= AnswerJudge.fewestRows else {
            throw .tooFewRows(learned.count + heldOut.count, needed: Self.leastRows)
        }
        let means = models.indices.map { model in
            (score: learned.mean { $0.scores[model] }, cost: learned.mean { $0.costs[model] })
        }
        let best = means.max { ($0.score, $1.cost) < ($1.score, $0.cost) }
        let budget = budgetUSD ?? best?.cost ?? 0
        guard let fitted = FittedCascade(models: models, rows: learned, budgetUSD: budget, seed: seed) else {
            throw .budgetTooSmall(least: means.map(\.cost).min() ?? 0)
        }
        let trial = CascadeTrial(fitted, on: heldOut, models: models, escalationsAllowed: Cascade.mostEscalations)
        self.fitted = fitted
        (learnedRows, heldOutRows, self.budgetUSD) = (learned.count, heldOut.count, budget)
        quality = Mean(trial.scores, bootstrap)
        cost = Mean(trial.costs, bootstrap)
        escalations = trial.escalations.mean { Double($0) }
        shares = fitted.cascade.models.map { ($0, trial.share(of: $0)) }
        let last = models.firstIndex(of: fitted.cascade.last) ?? 0
        aloneQuality = heldOut.mean { $0.scores[last] }
        aloneCost = heldOut.mean { $0.costs[last] }
    }
}

extension CascadeFitting.Mean {
    fileprivate init(_ values: [Double], _ bootstrap: Bootstrap) {
        value = values.mean { $0 }
        interval =
            bootstrap.intervals(clusters: values.count) { counts in
                let total = counts.reduce(0, +)
                return [zip(values, counts).reduce(0) { $0 + $1.0 * $1.1 } / total]
            }.first ?? nil
    }
}

extension Array {
    fileprivate func mean(_ value: (Element) -> Double) -> Double {
        isEmpty ? 0 : reduce(0) { $0 + value($1) } / Double(count)
    }
}

extension FittedCascade.Row {
    /// Nil where a model has no answer or no score.
    fileprivate init?(_ rated: RatedPrompt, models: [ModelID], costs: [ModelID: Double]) {
        var (answers, scores, spent) = ([Answer](), [Double](), [Double]())
        for model in models {
            guard let result = rated.results.first(where: { $0.model == model }), result.score.isFinite,
                let text = result.response
            else { return nil }
            answers.append(Answer(model: model, text: text))
            scores.append(result.score)
            spent.append(result.cost?.usd ?? costs[model] ?? 0)
        }
        self.init(prompt: rated.prompt, answers: answers, scores: scores, costs: spent)
    }
}
