package import Domain
package import Store

/// Adds calls up into one line a session.
package struct SessionsTally {
    private let cost: (Call) -> Money?
    private(set) var sessions: [SessionID: SessionsReport.Row] = [:]

    /// Starts with no calls; the price of a call is nil where its model has none.
    package init(cost: @escaping (Call) -> Money?) { self.cost = cost }

    /// The newest call so far.
    package var lastCall: Timestamp? { sessions.values.map(\.lastCall).max() }

    package mutating func add(_ entry: LedgerEntry) {
        let whole = PricedPart.figures(of: entry.call, billing: entry.billing, cost: cost)
        let time = entry.call.time
        sessions[
            entry.session,
            default: SessionsReport.Row(session: entry.session, project: entry.project, firstCall: time, lastCall: time)
        ].add(whole, of: entry)
    }
}

extension SessionsReport.Row {
    fileprivate mutating func add(_ whole: SpendFigures, of entry: LedgerEntry) {
        figures += whole
        firstCall = min(firstCall, entry.call.time)
        lastCall = max(lastCall, entry.call.time)
        costByModel[entry.call.model, default: .zero] += whole.cost
        toolCalls += entry.tools.count
        if entry.thread.kind == .subagent {
            subagents.insert(entry.thread)
            subagentCost += whole.cost
        }
    }
}
