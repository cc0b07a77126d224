import Domain

extension SpendReport {
    package var json: JSON {
        [
            "schema": 1,
            "by": .string(grouping.rawValue),
            "window": period.json(firstCall: firstCall),
            "timezone": .string(period.zone.name),
            "rows": .array(rows.map(\.json)),
            "totals": totals.json,
            "unpriced": unpriced.json,
            "skippedLines": .integer(skippedLines),
            "interruptedRequests": .integer(interruptedRequests),
            "newestCall": newestCall.map { .time($0) } ?? .null,
        ]
    }
}

extension SpendReport.Row {
    fileprivate var json: JSON {
        var json: JSON = ["key": .string(key)]
        if let session {
            json = json + ["agent": .string(session.agent.rawValue), "project": .optional(project)]
        }
        return json + figures.json
    }
}

extension SpendFigures {
    /// The shape every report gives a group of calls.
    package var json: JSON {
        [
            "calls": .integer(calls),
            "inputTokens": .integer(usage.inputTokens),
            "outputTokens": .integer(usage.outputTokens),
            "estimatedOutputTokens": .integer(estimatedOutputTokens),
            "cacheReadTokens": .integer(usage.cacheReadTokens),
            "cacheWrite5mTokens": .integer(usage.cacheWrite5mTokens),
            "cacheWrite1hTokens": .integer(usage.cacheWrite1hTokens),
            "costUSD": .money(cost),
            "billing": billing.json,
            "lowerBoundCalls": .integer(lowerBoundCalls),
            "unpricedCalls": .integer(unpricedCalls),
            "unpricedTokens": .integer(unpricedTokens),
        ]
    }
}
