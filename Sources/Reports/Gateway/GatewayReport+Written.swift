import Domain

extension GatewayReport {
    /// Where the saving comes from, and what it takes for granted.
    private static let caveat =
        "Saved is priced, not billed: what the requested model would have cost with the cache it would have had, its "
        + "reply taken to be as long as the one that was served."

    package var json: JSON {
        var json: JSON = [
            "schema": 1,
            "window": period.json(firstCall: firstRequest),
            "timezone": .string(period.zone.name),
            "basis": "priced",
            "totals": totals.json,
        ]
        for grouping in Grouping.allCases {
            let list = (rows[grouping] ?? []).map { row -> JSON in ["key": .string(row.key)] + row.figures.json }
            json = json + .object([(key: grouping.rawValue, value: .array(list))])
        }
        return json + ["caveats": [.string(GatewayReport.caveat)]]
    }

    package var sheet: Table {
        let rows = Grouping.allCases.flatMap { self.rows[$0] ?? [] }
        return Table(
            rows,
            fields: [Field(Table.Column("by", key: "by")) { Table.Cell($0.grouping.rawValue) }] + fields("key", rows)
        )
    }

    package var page: Page {
        guard totals.requests > 0 else {
            return Page([.text("No request went through the gateway: \(period.title).")])
        }
        var page = Page([
            .headline(
                "\(totals.requests.of("request")), \(totals.cost.dollars), \(totals.saved.dollars) saved: "
                    + period.title
            )
        ])
        for grouping in [Grouping.model, .app, .decision, .phase] {
            let rows = (rows[grouping] ?? []).filter { !$0.key.isEmpty }
            guard !rows.isEmpty else { continue }
            page.blocks.append(.heading(grouping.rawValue))
            page.blocks.append(.table(Table(rows, fields: fields(String(grouping.rawValue.dropLast()), rows))))
        }
        if totals.interrupted > 0 {
            page.blocks.append(
                .warning(
                    "\(totals.interrupted.of("request")) interrupted: what the provider served is unknown and in no figure."
                )
            )
        }
        if !totals.dropped.isEmpty {
            let kinds = totals.dropped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                "\($0.key) \($0.value)"
            }
            page.blocks.append(
                .note("Dropped where a request or its reply changed its format: \(kinds.joined(separator: ", ")).")
            )
        }
        if totals.unpricedCalls > 0 {
            page.blocks.append(
                .warning("\(totals.unpricedCalls.of("call")) on models without a price: their cost is in no figure.")
            )
        }
        page.blocks.append(.note(GatewayReport.caveat))
        return page
    }

    private func fields(_ title: String, _ rows: [Row]) -> [Field<Row>] {
        [
            Field(Table.Column(title, key: "key", shortening: .middle(atLeast: 14))) { Table.Cell($0.key) },
            Field(.figure("requests", key: "requests")) { .count($0.figures.requests) },
            Field(.figure("calls", key: "calls", dropRank: 5)) { .count($0.figures.calls) },
            Field(.figure("rerouted", key: "rerouted", dropRank: 4)) { .count($0.figures.rerouted) },
            Field(.figure("cost", key: "costUSD")) { .money($0.figures.cost) },
            Field(.figure("counterfactual", key: "counterfactualUSD", dropRank: 6)) {
                .money($0.figures.counterfactualCost)
            },
            Field(.figure("saved", key: "savedUSD")) { .money($0.figures.saved) },
            Field(.figure("failed", key: "failed", dropRank: 1)) { .count($0.figures.failed) }
                .shown(if: rows.contains { $0.figures.failed > 0 }),
            Field(.figure("client left", key: "clientLeft", dropRank: 3)) { .count($0.figures.clientLeft) }
                .shown(if: rows.contains { $0.figures.clientLeft > 0 }),
            Field(.figure("refused", key: "refused", dropRank: 2)) { .count($0.figures.refused) }
                .shown(if: rows.contains { $0.figures.refused > 0 }),
            Field(.figure("interrupted", key: "interrupted", dropRank: 1)) { .count($0.figures.interrupted) }
                .shown(if: rows.contains { $0.figures.interrupted > 0 }),
            Field(.figure("unpriced", key: "unpricedCalls")) { .count($0.figures.unpricedCalls) }.shown(if: false),
        ]
    }
}
