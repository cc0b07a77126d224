package import Domain
package import Routing

/// What each of the models made of each of the prompts, without a gap.
package struct Outcomes: Sendable {
    /// In the order of their names.
    package var models: [ModelID]
    package var keys: [PromptKey]
    package var prompts: [String]
    /// Of each prompt's conversation.
    package var works: [WorkSoFar]
    /// By prompt, then model; 0...1.
    package var scores: [[Double]]
    /// By prompt, then model, in US$; nil where some model's cost is nowhere known.
    package var costs: [[Double]]?

    /// The rows that have a result of every model; a cost that a row lacks is the model's mean, or what `knownCosts` says.
    package init(_ rows: [RatedPrompt], of models: [ModelID], knownCosts: [ModelID: Double] = [:]) {
        self.models = models
        var complete: [(row: RatedPrompt, results: [RatedPrompt.Result])] = []
        for row in rows {
            let results = models.compactMap { model in row.results.first { $0.model == model } }
            if results.count == models.count { complete.append((row, results)) }
        }
        keys = complete.map { PromptKey($0.row.prompt) }
        prompts = complete.map(\.row.prompt)
        works = complete.map(\.row.work)
        scores = complete.map { $0.results.map(\.score) }
        let means = rows.meanCosts(of: models)
        let fallback = zip(models, means).compactMap { model, mean in mean?.usd ?? knownCosts[model] }
        guard fallback.count == models.count else { return }
        costs = complete.map { row in zip(row.results, fallback).map { $0.cost?.usd ?? $1 } }
    }

    var count: Int { keys.count }
}

extension [RatedPrompt] {
    /// What a call of each model cost on average, where any row says it.
    package func meanCosts(of models: [ModelID]) -> [Money?] {
        models.map { model in
            let costs = lazy.flatMap(\.results).filter { $0.model == model }.compactMap(\.cost)
            guard !costs.isEmpty else { return nil }
            let total = costs.reduce(into: 0.0) { $0 += $1.usd }
            return Money(approximatingUSD: total / Double(costs.count))
        }
    }

    /// The same in US$, of those models whose cost is known.
    func knownCosts(of models: [ModelID]) -> [ModelID: Double] {
        var costs: [ModelID: Double] = [:]
        for (model, cost) in zip(models, meanCosts(of: models)) { costs[model] = cost?.usd }
        return costs
    }

    /// The models that have a result in at least half of the rows, by name; a misspelt one is none.
    package var commonModels: [ModelID] {
        var counts: [ModelID: Int] = [:]
        for row in self {
            for model in Set(row.results.map(\.model)) { counts[model, default: 0] += 1 }
        }
        return counts.filter { $0.value * 2 >= count }.keys.sorted()
    }
}
