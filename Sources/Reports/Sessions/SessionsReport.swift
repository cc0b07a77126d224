package import Domain

/// Sessions of a period, the newest first, each with what it cost.
package struct SessionsReport: Report {
    package struct Row: Sendable {
        package var session: SessionID
        package var project: String
        package var firstCall: Timestamp
        package var lastCall: Timestamp
        package var figures = SpendFigures()
        package var costByModel: [ModelID: Money] = [:]
        package var toolCalls = 0
        package var subagents: Set<ThreadID> = []
        /// The part of the cost that subagents made.
        package var subagentCost = Money.zero

        package init(session: SessionID, project: String, firstCall: Timestamp, lastCall: Timestamp) {
            self.session = session
            self.project = project
            self.firstCall = firstCall
            self.lastCall = lastCall
        }

        /// Most of the money first.
        package var models: [ModelID] {
            costByModel.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        }
    }

    package var period: Period
    package var rows: [Row]
    package var totals: SpendFigures
    package var newestCall: Timestamp?
    /// How many rows people get to see; programs get all.
    package var limit: Int

    package init(_ tally: SessionsTally, period: Period, newestCall: Timestamp? = nil, limit: Int = 30) {
        self.period = period
        rows = tally.sessions.values.sorted { ($1.lastCall, $0.session) < ($0.lastCall, $1.session) }
        totals = rows.reduce(into: SpendFigures()) { $0 += $1.figures }
        self.newestCall = newestCall
        self.limit = limit
    }
}

extension SessionsReport {
    package var json: JSON {
        [
            "schema": 1,
            "window": period.json(firstCall: rows.map(\.firstCall).min()),
            "timezone": .string(period.zone.name),
            "sessions": .array(rows.map(\.json)),
            "totals": totals.json,
        ]
    }

    package var sheet: Table { table(of: rows) }

    package var page: Page {
        guard !rows.isEmpty else { return Page([.text(period.emptyText(newest: newestCall))]) }
        let noun = totals.billing.noun
        var page = Page([
            .headline("\(rows.count.of("session")), \(totals.cost.dollars) \(noun): \(period.title)"),
            .table(table(of: limit > 0 ? Array(rows.prefix(limit)) : rows)),
        ])
        if limit > 0, rows.count > limit {
            page.blocks.append(.note("\(rows.count - limit) older sessions are not shown; --limit 0 shows all."))
        }
        page.blocks.append(.note("Times are in \(period.zone.name); money is priced at each call's day's list price."))
        if let first = rows.first {
            page.blocks.append(
                .next(command: "suffice sessions \(first.session.name)", brings: "one session, call by call")
            )
        }
        return page
    }

    private func table(of rows: [Row]) -> Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("session", key: "session", shortening: .middle(atLeast: 13))) {
                    Table.Cell($0.session.name)
                },
                Field(Table.Column("last call", key: "lastCall", dropRank: 2)) {
                    Table.Cell(period.zone.minute(of: $0.lastCall), exact: $0.lastCall.description)
                },
                Field(Table.Column("agent", key: "agent", dropRank: 5)) { Table.Cell($0.session.agent.rawValue) },
                Field(Table.Column("project", key: "project", shortening: .middle(atLeast: 14), dropRank: 4)) {
                    Table.Cell($0.project)
                },
                Field(Table.Column("models", key: "models", shortening: .end(atLeast: 14), dropRank: 7)) { row in
                    Table.Cell(
                        row.models.map(\.short).joined(separator: " "),
                        exact: row.models.map(\.rawValue).joined(separator: " ")
                    )
                },
                Field(.figure("calls", key: "calls", dropRank: 3)) { .count($0.figures.calls) },
                Field(.figure("tools", key: "toolCalls", dropRank: 8)) { .count($0.toolCalls) },
                Field(.figure("subagents", key: "subagents", dropRank: 9)) { row in
                    Table.Cell(
                        row.subagents.isEmpty ? "" : row.subagents.count.grouped,
                        exact: String(row.subagents.count)
                    )
                }.shown(if: rows.contains { !$0.subagents.isEmpty }),
                Field(.figure(totals.billing.noun, key: "costUSD")) { $0.figures.costCell },
            ]
        )
    }
}

extension SessionsReport.Row {
    fileprivate var json: JSON {
        let head: JSON = [
            "session": .string(session.name),
            "agent": .string(session.agent.rawValue),
            "project": .string(project),
            "firstCall": .time(firstCall),
            "lastCall": .time(lastCall),
            "models": .array(models.map { .string($0.rawValue) }),
            "toolCalls": .integer(toolCalls),
            "subagents": .integer(subagents.count),
            "subagentCostUSD": .money(subagentCost),
        ]
        return head + figures.json
    }
}
