package import Domain
package import Pricing

/// Adds sessions up, one at a time, into what the key figures are reckoned from.
package struct KPITally {
    /// What sessions bring about, and what those that did cost.
    struct Yield {
        var count = 0
        var sessions = 0
        var figures = SpendFigures()

        mutating func add(_ count: Int, of figures: SpendFigures) {
            guard count > 0 else { return }
            self.count += count
            sessions += 1
            self.figures += figures
        }
    }

    private let cost: (Call) -> Money?
    private let lookUp: (ModelID) -> ModelFacts?
    private var looked: [ModelID: ModelFacts?] = [:]

    private(set) var sessions = Yield()
    private(set) var tasks = Yield()
    private(set) var commits = Yield()
    private(set) var mergedPRs = Yield()
    /// Calls whose log says how long the prompt was.
    private(set) var callsWithPrompt = 0
    private(set) var callsFromCache = 0
    private(set) var callsAtBatchPrice = 0
    private(set) var callsByTier: [Tier: Int] = [:]
    private(set) var callsOfUnknownTier: [ModelID: Int] = [:]
    private(set) var escalatedTasks = 0
    private(set) var escalations: [Escalation: Int] = [:]
    private(set) var unpriced = UnpricedModels()
    private(set) var agentsOfUnknownBilling: Set<Agent> = []
    private(set) var firstCall: Timestamp?
    package private(set) var lastCall: Timestamp?

    /// Starts with no sessions; the price of a call is nil where its model has none.
    package init(cost: @escaping (Call) -> Money?, facts: @escaping (ModelID) -> ModelFacts?) {
        self.cost = cost
        lookUp = facts
    }

    var totals: SpendFigures { sessions.figures }

    package mutating func add(_ session: Session) {
        var figures = SpendFigures()
        for step in session.ownSteps { figures += count(step.call, billing: session.billing) }
        guard figures.calls > 0 else { return }
        if session.billing == .unknown { agentsOfUnknownBilling.insert(session.id.agent) }
        let starts = session.starts
        sessions.add(1, of: figures)
        tasks.add(starts.count, of: figures)
        commits.add(session.count(of: ["git commit"]), of: figures)
        mergedPRs.add(session.count(of: ["gh pr merge", "glab mr merge"]), of: figures)
        let switches = session.escalations { facts(of: $0) }
        for (_, escalation) in switches { escalations[escalation, default: 0] += 1 }
        escalatedTasks += Set(switches.compactMap { time, _ in starts.lastIndex(upTo: time) }).count
    }

    private mutating func count(_ call: Call, billing: Billing) -> SpendFigures {
        var figures = SpendFigures()
        PricedPart.forEach(of: call, cost: cost) { part in
            unpriced.add(part)
            figures += part.figures(billing: billing)
        }
        if call.time != .unknown {
            firstCall = min(firstCall ?? call.time, call.time)
            lastCall = max(lastCall ?? call.time, call.time)
        }
        let prompt = call.usage.promptTokens
        if prompt > 0 {
            callsWithPrompt += 1
            if Double(call.usage.cacheReadTokens) > Double(prompt) / 2 { callsFromCache += 1 }
        }
        if call.mode.serviceTier == .batch { callsAtBatchPrice += 1 }
        if let tier = facts(of: call.model)?.tier {
            callsByTier[tier, default: 0] += 1
        } else {
            callsOfUnknownTier[call.model, default: 0] += 1
        }
        return figures
    }

    private mutating func facts(of model: ModelID) -> ModelFacts? {
        if let known = looked[model] { return known }
        let found = lookUp(model)
        looked[model] = .some(found)
        return found
    }
}

extension [Timestamp] {
    /// The last that is no later, of times in order.
    fileprivate func lastIndex(upTo time: Timestamp) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
