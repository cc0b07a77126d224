import Domain

extension GuardReport {
    package var json: JSON {
        [
            "schema": 1,
            "state": .string(state.rawValue),
            "window": [
                "name": .string(budget.window.rawValue),
                "from": .time(period.window.from ?? period.now),
                "to": .time(period.window.to ?? period.now),
            ],
            "timezone": .string(period.zone.name),
            "budgetUSD": .money(budget.amount),
            "spentUSD": .money(spent),
            "remainingUSD": .money(remaining),
            "share": .number(roundedShare),
            "warn": .number(budget.warn),
            "stop": .number(budget.stop),
            "counts": .string(budget.counts.rawValue),
            "totals": figures.json,
            "unpriced": unpriced.json,
            "verdict": .string(verdict),
            "newestCall": newestCall.map { .time($0) } ?? .null,
        ]
    }

    /// To a millionth.
    var roundedShare: Double { (share * 1_000_000).rounded() / 1_000_000 }
}
