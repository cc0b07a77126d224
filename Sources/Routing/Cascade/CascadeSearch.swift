package import Domain

/// Finds the chain of models, and where each answer is good enough, that does best for the money: FrugalGPT's search.
///
/// Over all chains of at most three models and thresholds it looks for the highest mean score at a mean cost of at most
/// the budget (Chen, Zaharia and Zou, 2023, section 3). Every threshold is tried at ``cells`` quantiles of the judge's
/// expected gains. A chain is left out before where a model repairs too little of what the one before it answered
/// (their pruning by disagreement).
package struct CascadeSearch: Sendable {
    /// A request, with what each model made of it, in the order of ``models``.
    package struct Row: Hashable, Sendable {
        package var scores: [Double]
        /// Dollars.
        package var costs: [Double]
        /// What a judge that did not learn from this row expects the stronger model to gain: by model, then by the model
        /// asked before it, with none at the end.
        package var gains: [[Double]]

        package init(scores: [Double], costs: [Double], gains: [[Double]]) {
            self.scores = scores
            self.costs = costs
            self.gains = gains
        }

        /// For a judge that does not look at earlier answers.
        package init(scores: [Double], costs: [Double], gainByModel: [Double]) {
            let count = scores.count + 1
            self.init(scores: scores, costs: costs, gains: gainByModel.map { Array(repeating: $0, count: count) })
        }
    }

    package struct Found: Hashable, Sendable, Codable {
        package var cascade: Cascade
        /// Mean score on the rows.
        package var quality: Double
        /// Mean cost of a request in dollars, all attempts counted.
        package var costUSD: Double
    }

    package var models: [ModelID]
    package var rows: [Row]
    /// How many thresholds are tried of each judged model.
    package var cells: Int
    /// The least mean gain of a model over the one before it, counting only where it is better.
    package var leastRepair: Double
    /// The model that ends every chain of more than one, such as the one that judges compare with; nil: any.
    package var lastOnly: Int?

    package init(
        models: [ModelID],
        rows: [Row],
        cells: Int = 40,
        leastRepair: Double = 0.01,
        lastOnly: Int? = nil
    ) {
        self.models = models
        self.rows = rows.filter { row in
            row.scores.count == models.count && row.costs.count == models.count && row.gains.count == models.count
                && row.gains.allSatisfy { $0.count == models.count + 1 }
        }
        self.cells = max(1, cells)
        self.leastRepair = leastRepair
        self.lastOnly = lastOnly
    }

    /// The best cascade within a budget of dollars a request on the mean; nil where not even one model alone is.
    package func best(budgetUSD: Double) -> Found? {
        guard !rows.isEmpty else { return nil }
        return chains.compactMap { best(of: $0, budgetUSD: budgetUSD) }.max { a, b in
            (a.quality, -a.costUSD) < (b.quality, -b.costUSD)
        }
    }

    /// Orders of one to three different models, less those that repair too little.
    var chains: [[Int]] {
        let singles = models.indices.map { [$0] }
        let pairs = singles.flatMap(extended)
        let chains = pairs + pairs.flatMap(extended)
        return singles + chains.filter { lastOnly == nil || $0.last == lastOnly }
    }

    private func extended(_ chain: [Int]) -> [[Int]] {
        models.indices.filter { next in
            !chain.contains(next) && chain.allSatisfy { repair(by: next, of: $0) >= leastRepair }
        }.map { chain + [$0] }
    }

    private func repair(by next: Int, of model: Int) -> Double {
        rows.reduce(0) { $0 + max(0, $1.scores[next] - $1.scores[model]) } / Double(rows.count)
    }

    /// The best of all pairs of thresholds; a judge that a shorter chain does not have counts as one that accepts nothing.
    private func best(of chain: [Int], budgetUSD: Double) -> Found? {
        let (first, second, last) = (chain[0], chain.count == 3 ? chain[1] : nil, chain[chain.count - 1])
        let firstGains = chain.count > 1 ? rows.map { $0.gains[first][models.count] } : []
        let secondGains = second.map { second in rows.map { $0.gains[second][first] } } ?? []
        let firstCells = Cells(firstGains, count: cells, mayAcceptNone: second != nil)
        let secondCells = Cells(secondGains, count: cells, mayAcceptNone: false)
        var table = CellTable(rows: firstCells.count, columns: secondCells.count)
        for (index, row) in rows.enumerated() {
            let both = second.map { row.costs[first] + row.costs[$0] } ?? row.costs[first]
            table.add(
                at: (firstCells.cell(of: index), secondCells.cell(of: index)),
                first: Outcome(score: row.scores[first], cost: row.costs[first]),
                second: second.map { Outcome(score: row.scores[$0], cost: both) } ?? .none,
                last: Outcome(score: row.scores[last], cost: chain.count == 1 ? both : both + row.costs[last])
            )
        }
        table.sumUp()
        let count = Double(rows.count)
        var best: (outcome: Outcome, one: Int, two: Int)?
        for one in firstCells.choices {
            for two in secondCells.choices {
                let outcome = table.outcome(acceptingFirst: one, second: two)
                guard outcome.cost <= budgetUSD * count else { continue }
                if let held = best?.outcome, (outcome.score, -outcome.cost) <= (held.score, -held.cost) { continue }
                best = (outcome, one, two)
            }
        }
        guard let best else { return nil }
        let thresholds = [firstCells.threshold(best.one), secondCells.threshold(best.two)].compactMap(\.self)
        return Found(
            cascade: Cascade(
                attempts: zip(chain, thresholds).map { Cascade.Attempt(model: models[$0], acceptedGain: $1) },
                last: models[last]
            ),
            quality: best.outcome.score / count,
            costUSD: best.outcome.cost / count
        )
    }
}
