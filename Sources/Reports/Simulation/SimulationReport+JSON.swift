import Domain

extension SimulationReport {
    package var json: JSON {
        [
            "schema": 1,
            "window": period.json(firstCall: nil),
            "policy": .string(policy),
            "totals": totals.json,
            "promises": .array(
                promises.map {
                    ["name": .string($0.kind.rawValue), "holds": .bool($0.holds), "text": .string($0.text)]
                }
            ),
            "worst": worst?.json ?? .null,
            "projects": .array(projects.map(\.json)),
            "decisions": .array(decisions.map(\.json)),
            "sessions": .array(sessions.map(\.json)),
            "unpricedCalls": .integer(sessions.reduce(0) { $0 + $1.unpriced }),
            "callsOfOthers": .integer(callsOfOthers),
        ]
    }
}

extension SimulationReport.Costs {
    var json: JSON {
        [
            "costUSD": .money(unrouted), "routedUSD": .money(routed), "hindsightUSD": .money(hindsight),
            "savedUSD": .money(saved), "shareOfPossible": shareOfPossible.map { .number($0) } ?? .null,
        ]
    }
}

extension SimulationReport.Row {
    fileprivate var json: JSON {
        let head: JSON = [
            "session": .string(session.name), "agent": .string(session.agent.rawValue), "project": .string(project),
            "calls": .integer(calls), "moved": .integer(moved), "unpricedCalls": .integer(unpriced),
        ]
        return head + costs.json
    }
}

extension SimulationReport.ProjectRow {
    fileprivate var json: JSON {
        let head: JSON = [
            "project": .string(project), "sessions": .integer(sessions), "calls": .integer(calls),
            "moved": .integer(moved),
        ]
        return head + costs.json
    }
}

extension SimulationReport.DecisionRow {
    fileprivate var json: JSON {
        [
            "reason": .string(reason.rawValue), "moment": .string(moment), "requests": .integer(requests),
            "moved": .integer(moved),
        ]
    }
}
