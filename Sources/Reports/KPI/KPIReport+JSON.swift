extension KPIReport {
    package var json: JSON {
        [
            "schema": 1,
            "window": period.json(firstCall: firstCall),
            "timezone": .string(period.zone.name),
            "kpis": .array(rows.map(\.json)),
            "missed": .array(missed.map { .string($0.kpi.rawValue) }),
            "undecided": .array(undecided.map { .string($0.kpi.rawValue) }),
            "totals": totals.json,
            "unpriced": unpriced.json,
            "newestCall": newestCall.map { .time($0) } ?? .null,
        ]
    }
}

extension KPIReport.Row {
    fileprivate var json: JSON {
        let head: JSON = [
            "key": .string(kpi.rawValue),
            "value": value?.json ?? .null,
            "unit": .string(kpi.unit.rawValue),
            "target": target.map { .number($0) } ?? .null,
            "direction": .string(kpi.direction.rawValue),
            "met": met.map { .bool($0) } ?? .null,
            "basis": .string(kpi.basis.rawValue),
            "n": .integer(count),
            "counted": .string(kpi.counted),
            "note": .optional(fullNote),
        ]
        guard let spent else { return head }
        return head + [
            "costUSD": .money(spent.cost),
            "billing": spent.billing.json,
            "unpricedCalls": .integer(spent.unpricedCalls),
            "unpricedTokens": .integer(spent.unpricedTokens),
        ]
    }
}

extension KPIReport.Value {
    fileprivate var json: JSON {
        switch self {
        // A millionth is more than any log can tell apart.
        case .share(let share): .number((share * 1_000_000).rounded() / 1_000_000)
        case .money(let money): .money(money)
        }
    }

    /// Nothing rounded that a program could miss.
    var exact: String { json.text }
}
