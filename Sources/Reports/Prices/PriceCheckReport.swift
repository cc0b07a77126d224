package import Domain
package import Store

/// Whether every model in the logs has a price, and whether agents that state a cost agree with ours.
package struct PriceCheckReport: Report {
    package struct Row: Sendable {
        package var model: ModelID
        package var agent: Agent
        package var calls = 0
        package var tokens = 0
        /// Calls that could not be priced.
        package var unpriced = 0
        /// Calls whose agent says what they cost.
        package var loggedCalls = 0
        /// What it says.
        package var logged = Money.zero
        /// What the same calls come to by our prices.
        package var priced = Money.zero

        /// How far ours is from the agent's, in percent.
        package var difference: Double? {
            guard logged > .zero, unpriced < calls else { return nil }
            return Double((priced - logged).nanoUSD) * 100 / Double(logged.nanoUSD)
        }
    }

    /// The most calls first.
    package var rows: [Row]

    package init(_ tally: PriceCheckTally) {
        rows = tally.rows.values.sorted { ($1.calls, $0.model) < ($0.calls, $1.model) }
    }

    package var hasUnpriced: Bool { rows.contains { $0.unpriced > 0 } }

    package var page: Page {
        guard !rows.isEmpty else { return Page([.text("no calls: no log holds any yet")]) }
        let unpriced = Set(rows.filter { $0.unpriced > 0 }.map(\.model)).count
        let headline =
            unpriced == 0
            ? "Every model in the logs has a price" : "\(unpriced.of("model")) in the logs without a price"
        return Page([
            .headline(headline),
            .table(sheet),
            .note("The agents' own figures are compared where their logs state one; they may use other prices."),
            .next(
                command: unpriced == 0 ? "suffice spend --by model" : "suffice prices update",
                brings: unpriced == 0 ? "what each model cost" : "newer prices; or add [[price]] to suffice.toml"
            ),
        ])
    }

    package var json: JSON {
        [
            "schema": 1,
            "models": .array(
                rows.map {
                    [
                        "model": .string($0.model.rawValue),
                        "agent": .string($0.agent.rawValue),
                        "calls": .integer($0.calls),
                        "tokens": .integer($0.tokens),
                        "unpricedCalls": .integer($0.unpriced),
                        "loggedCalls": .integer($0.loggedCalls),
                        "loggedUSD": .money($0.logged),
                        "pricedUSD": .money($0.priced),
                        "differencePercent": $0.difference.map { .rounded($0) } ?? .null,
                    ]
                }
            ),
        ]
    }

    package var sheet: Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("model", key: "model", shortening: .middle(atLeast: 18))) {
                    Table.Cell($0.model.rawValue)
                },
                Field(Table.Column("agent", key: "agent", dropRank: 2)) { Table.Cell($0.agent.rawValue) },
                Field(.figure("calls", key: "calls")) { .count($0.calls) },
                Field(.figure("tokens", key: "tokens", dropRank: 3)) { .tokens($0.tokens) },
                Field(Table.Column("price", key: "unpricedCalls")) { row in
                    row.unpriced == 0
                        ? Table.Cell("ok", exact: "0", tone: .good)
                        : Table.Cell("none", exact: String(row.unpriced), tone: .warning)
                },
                Field(.figure("agent says", key: "loggedUSD", dropRank: 4)) { row in
                    row.loggedCalls > 0 ? .money(row.logged) : Table.Cell("", exact: "")
                },
                Field(.figure("ours", key: "pricedUSD", dropRank: 5)) { row in
                    row.loggedCalls > 0 ? .money(row.priced) : Table.Cell("", exact: "")
                },
                Field(.figure("off by", key: "differencePercent", dropRank: 6)) { row in
                    Table.Cell(row.difference?.percent ?? "")
                },
            ]
        )
    }
}

/// Adds calls up for a price check.
package struct PriceCheckTally {
    struct Key: Hashable {
        var model: ModelID
        var agent: Agent
    }

    private let cost: (Call) -> Money?
    private(set) var rows: [Key: PriceCheckReport.Row] = [:]

    /// Starts with no calls; the price of a call is nil where its model has none.
    package init(cost: @escaping (Call) -> Money?) { self.cost = cost }

    package mutating func add(_ entry: LedgerEntry) {
        let (call, agent) = (entry.call, entry.session.agent)
        let cost = cost(call)
        rows[Key(model: call.model, agent: agent), default: PriceCheckReport.Row(model: call.model, agent: agent)]
            .add(call, cost: cost)
    }
}

extension PriceCheckReport.Row {
    fileprivate mutating func add(_ call: Call, cost: Money?) {
        calls += 1
        tokens &+= call.billedUsage.totalTokens
        if cost == nil { unpriced += 1 }
        if let said = call.loggedCost {
            loggedCalls += 1
            logged += said
            priced += cost ?? .zero
        }
    }
}
