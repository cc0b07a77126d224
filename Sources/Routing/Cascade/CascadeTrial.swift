package import Domain

/// A cascade tried on results that it was not found from, just as the gateway tries it.
package struct CascadeTrial: Hashable, Sendable {
    /// By row: the score of the answer given.
    package private(set) var scores: [Double] = []
    /// By row, in dollars, every answer that was asked for counted.
    package private(set) var costs: [Double] = []
    /// By row: how many models were asked beyond the first.
    package private(set) var escalations: [Int] = []
    /// By row: whose answer was given.
    package private(set) var givers: [ModelID] = []

    /// Rows that do not have every model of the cascade are left out; `models` names the rows' columns.
    package init(_ fitted: FittedCascade, on rows: [FittedCascade.Row], models: [ModelID], escalationsAllowed: Int) {
        let step = TryThenJudge(fitted, escalationsAllowed: escalationsAllowed)
        let columns = fitted.cascade.models.compactMap { models.firstIndex(of: $0) }
        guard columns.count == fitted.cascade.models.count else { return }
        for row in rows where row.answers.count == models.count {
            add(step, on: row, columns: columns)
        }
    }

    private mutating func add(_ step: TryThenJudge, on row: FittedCascade.Row, columns: [Int]) {
        var plan = step.plan
        var action = plan.begin()
        var (asked, cost) = ([Int](), 0.0)
        while case .ask(_, let attempt) = action {
            let column = columns[attempt]
            let earlier = asked.last.map { row.answers[$0] }
            asked.append(column)
            cost += row.costs[column]
            action = plan.answered()
            guard case .judge(_, let acceptedGain) = action else { break }
            let verdict = step.check(ofAttempt: attempt).verdict(
                on: row.answers[column],
                to: row.prompt,
                promptFeatures: row.promptFeatures,
                after: earlier,
                acceptedGain: acceptedGain
            )
            action = plan.judged(accepts: verdict == .accepted)
        }
        guard case .give(let attempt) = action else { return }
        scores.append(row.scores[columns[attempt]])
        costs.append(cost)
        escalations.append(asked.count - 1)
        givers.append(row.answers[columns[attempt]].model)
    }

    /// The share of rows that each model answered, in 0...1.
    package func share(of model: ModelID) -> Double {
        givers.isEmpty ? 0 : Double(givers.count { $0 == model }) / Double(givers.count)
    }
}
