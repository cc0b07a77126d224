package import Domain
package import Store

/// What each day cost by model: the rows of ``SpendReport`` by day, split by those of ``SpendReport`` by model.
package struct DailySpendReport: Report {
    package struct Row: Sendable {
        package var day: Day
        package var model: ModelID
        package var figures: SpendFigures
    }

    package var period: Period
    /// By day, and within a day by model.
    package var rows: [Row]
    package var totals: SpendFigures
    /// The dearest first.
    package var models: [ModelID]

    package init(_ tally: DailySpendTally, period: Period) {
        self.period = period
        rows = tally.figures.map { Row(day: Day(number: $0.day), model: $0.model, figures: $1) }
            .sorted { ($0.day, $0.model) < ($1.day, $1.model) }
        totals = rows.reduce(into: SpendFigures()) { $0 += $1.figures }
        models = Dictionary(grouping: rows, by: \.model)
            .mapValues { $0.reduce(Money.zero) { $0 + $1.figures.cost } }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    package var page: Page {
        Page([
            .headline("\(totals.cost.dollars) \(totals.billing.noun) by day and model: \(period.title)"), .table(sheet),
        ])
    }

    package var json: JSON {
        [
            "schema": 1,
            "timezone": .string(period.zone.name),
            "rows": .array(
                rows.map {
                    ["day": .string($0.day.description), "model": .string($0.model.rawValue)] + $0.figures.json
                }
            ),
            "totals": totals.json,
        ]
    }

    package var sheet: Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("day", key: "day")) { Table.Cell($0.day.description) },
                Field(Table.Column("model", key: "model", shortening: .middle(atLeast: 18))) {
                    Table.Cell($0.model.short, exact: $0.model.rawValue)
                },
                Field(.figure("calls", key: "calls")) { .count($0.figures.calls) },
                Field(.figure("output", key: "outputTokens")) { $0.figures.outputCell },
                Field(.figure(totals.billing.noun, key: "costUSD")) { $0.figures.costCell },
            ]
        )
    }
}

/// Adds calls up by local day and model.
package struct DailySpendTally {
    struct Key: Hashable {
        var day: Int32
        var model: ModelID
    }

    private let zone: Zone
    private let cost: (Call) -> Money?
    private(set) var figures: [Key: SpendFigures] = [:]

    /// Starts with no calls; the price of a call is nil where its model has none.
    package init(zone: Zone, cost: @escaping (Call) -> Money?) {
        self.zone = zone
        self.cost = cost
    }

    package mutating func add(_ entry: LedgerEntry) {
        let day = zone.day(of: entry.call.time).number
        PricedPart.forEach(of: entry.call, cost: cost) { part in
            figures[Key(day: day, model: part.model), default: SpendFigures()] += part.figures(billing: entry.billing)
        }
    }
}
