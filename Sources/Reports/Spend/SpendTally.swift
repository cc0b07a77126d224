package import Domain
package import Store

/// Adds calls up, one at a time, into the rows of a spend report.
package struct SpendTally {
    /// What a row stands for, cheap to compare a million times.
    enum Key: Hashable {
        case day(Int32)
        case text(String)
        case session(SessionID)
    }

    let grouping: SpendGrouping
    let zone: Zone
    private let cost: (Call) -> Money?

    private var indexOfRow: [Key: Int] = [:]
    private var figures: [SpendFigures] = []
    /// A few rows of late, those asked for most towards the front: calls follow others of their kind.
    private var lastRows: [(key: Key, index: Int)] = []
    private(set) var unpriced = UnpricedModels()
    /// Projects of the sessions in ``rows``, for people who do not know ids by heart.
    private(set) var projects: [SessionID: String] = [:]
    private(set) var agentsOfUnknownBilling: Set<Agent> = []
    /// One agent's calls come in a row.
    private var lastOfUnknownBilling: Agent?
    private(set) var firstCall: Timestamp?
    package private(set) var lastCall: Timestamp?

    /// Starts with no calls; the price of a call is nil where its model has none.
    package init(by grouping: SpendGrouping, zone: Zone, cost: @escaping (Call) -> Money?) {
        self.grouping = grouping
        self.zone = zone
        self.cost = cost
    }

    package mutating func add(_ entry: LedgerEntry) {
        let time = entry.call.time
        if time != .unknown {
            firstCall = min(firstCall ?? time, time)
            lastCall = max(lastCall ?? time, time)
        }
        if entry.billing == .unknown, entry.session.agent != lastOfUnknownBilling {
            lastOfUnknownBilling = entry.session.agent
            agentsOfUnknownBilling.insert(entry.session.agent)
        }

        var whole = SpendFigures()
        PricedPart.forEach(of: entry.call, cost: cost) { part in
            let figures = part.figures(billing: entry.billing)
            unpriced.add(part)
            if grouping == .model { add(figures, to: .text(part.model.rawValue)) } else { whole += figures }
        }
        if grouping != .model { file(whole, of: entry) }
    }

    var rows: [Key: SpendFigures] { indexOfRow.mapValues { figures[$0] } }

    /// Every part of every call is in one row.
    var totals: SpendFigures { figures.reduce(into: SpendFigures()) { $0 += $1 } }

    private mutating func add(_ part: SpendFigures, to key: Key) {
        if let near = lastRows.firstIndex(where: { $0.key == key }) {
            if near > 0 { lastRows.swapAt(near, near - 1) }
            figures[lastRows[max(near - 1, 0)].index] += part
            return
        }
        let index = indexOfRow[key] ?? figures.count
        if index == figures.count {
            indexOfRow[key] = index
            figures.append(SpendFigures())
        }
        if lastRows.count == Self.fewRows { lastRows.removeLast() }
        lastRows.insert((key, index), at: 0)
        figures[index] += part
    }

    private static let fewRows = 4

    private mutating func file(_ whole: SpendFigures, of entry: LedgerEntry) {
        switch grouping {
        case .model: break
        case .day: add(whole, to: .day(zone.day(of: entry.call.time).number))
        case .week: add(whole, to: .day(zone.day(of: entry.call.time).monday.number))
        case .month:
            let day = zone.day(of: entry.call.time)
            add(whole, to: .day(day.advanced(byDays: 1 - day.date.day).number))
        case .project: add(whole, to: .text(entry.project.isEmpty ? "unknown" : entry.project))
        case .session:
            if lastRows.first?.key != .session(entry.session) { projects[entry.session] = entry.project }
            add(whole, to: .session(entry.session))
        case .agent: add(whole, to: .text(entry.session.agent.rawValue))
        case .subagent: add(whole, to: .text(entry.thread.kind.name(agentType: entry.agentType)))
        case .tool: split(whole, over: entry.tools)
        }
    }

    private mutating func split(_ whole: SpendFigures, over tools: [String]) {
        guard let first = tools.first else {
            add(whole, to: .text("none"))
            return
        }
        guard tools.count > 1 else {
            add(whole, to: .text(first))
            return
        }
        // A call asks for a handful of tools: looking through them is faster than hashing.
        var names = [first]
        var counts = [1]
        for tool in tools.dropFirst() {
            if let index = names.firstIndex(of: tool) {
                counts[index] += 1
            } else {
                names.append(tool)
                counts.append(1)
            }
        }
        let parts = EvenSplit(weights: counts).parts(of: whole)
        for (name, part) in zip(names, parts) { add(part, to: .text(name)) }
    }
}

extension ThreadID.Kind {
    /// What a subagent report calls the thread.
    func name(agentType: String?) -> String {
        switch self {
        case .main: "main"
        case .subagent: agentType ?? "subagent"
        case .compaction: "compaction"
        }
    }
}

/// The response of a call, or a billed try before it, each with its own model's price.
struct PricedPart {
    var model: ModelID
    var usage: Usage
    var estimatedOutputTokens: Int
    var outputIsLowerBound: Bool
    /// Nil where the model has no price.
    var cost: Money?
    /// False for an earlier try: it is billed, but no call of its own.
    var isResponse: Bool

    /// Hands over the parts of a call; their costs sum to the call's cost, which was rounded once.
    static func forEach(of call: Call, cost: (Call) -> Money?, _ body: (PricedPart) -> Void) {
        let whole = cost(call)
        var response = whole
        if !call.earlierAttempts.isEmpty {
            var alone = call
            alone.earlierAttempts = []
            for attempt in call.earlierAttempts {
                var tried = alone
                tried.model = attempt.model
                tried.usage = attempt.usage
                let price = cost(tried)
                if let price, let rest = response { response = rest - price }
                body(PricedPart(attempt, cost: price))
            }
            if whole == nil { response = cost(alone) }
        }
        body(
            PricedPart(
                model: call.model,
                usage: call.usage,
                estimatedOutputTokens: call.estimatedOutputTokens,
                outputIsLowerBound: call.outputIsLowerBound,
                cost: response,
                isResponse: true
            )
        )
    }

    /// What all parts of a call come to.
    static func figures(of call: Call, billing: Billing, cost: (Call) -> Money?) -> SpendFigures {
        var whole = SpendFigures()
        forEach(of: call, cost: cost) { whole += $0.figures(billing: billing) }
        return whole
    }

    func figures(billing: Billing) -> SpendFigures {
        var figures = SpendFigures()
        figures.calls = isResponse ? 1 : 0
        figures.usage = usage
        figures.estimatedOutputTokens = estimatedOutputTokens
        figures.lowerBoundCalls = outputIsLowerBound ? 1 : 0
        if let cost {
            figures.billing.add(cost, paidBy: billing)
        } else {
            figures.unpricedCalls = isResponse ? 1 : 0
            figures.unpricedTokens = usage.totalTokens
        }
        return figures
    }
}

extension PricedPart {
    fileprivate init(_ attempt: Attempt, cost: Money?) {
        self.init(
            model: attempt.model,
            usage: attempt.usage,
            estimatedOutputTokens: attempt.usage.outputTokens,
            outputIsLowerBound: false,
            cost: cost,
            isResponse: false
        )
    }
}
