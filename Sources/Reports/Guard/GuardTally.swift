package import Domain
package import Store

/// Adds up what counts against a budget, one call at a time.
package struct GuardTally {
    let budget: Budget
    private let cost: (Call) -> Money?

    /// Everything, whether it counts or not.
    private(set) var figures = SpendFigures()
    /// Models whose calls count and have no price.
    private(set) var unpriced = UnpricedModels()
    private(set) var agentsOfUnknownBilling: Set<Agent> = []
    private(set) var firstCall: Timestamp?
    package private(set) var lastCall: Timestamp?

    /// Starts with no calls; the price of a call is nil where its model has none.
    package init(against budget: Budget, cost: @escaping (Call) -> Money?) {
        self.budget = budget
        self.cost = cost
    }

    package mutating func add(_ entry: LedgerEntry) {
        let counts = budget.counts.includes(entry.billing)
        PricedPart.forEach(of: entry.call, cost: cost) { part in
            figures += part.figures(billing: entry.billing)
            // What used no tokens costs nothing at any price.
            if counts, part.usage.totalTokens > 0 { unpriced.add(part) }
        }
        if entry.billing == .unknown { agentsOfUnknownBilling.insert(entry.session.agent) }
        firstCall = min(firstCall ?? entry.call.time, entry.call.time)
        lastCall = max(lastCall ?? entry.call.time, entry.call.time)
    }
}
