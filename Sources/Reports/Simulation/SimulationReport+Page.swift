import Domain

extension SimulationReport {
    /// One row a session.
    package var sheet: Table {
        let fields: [Field<Row>] = [
            Field(Table.Column("session", key: "session")) { Table.Cell($0.session.name) },
            Field(Table.Column("agent", key: "agent")) { Table.Cell($0.session.agent.rawValue) },
            Field(Table.Column("project", key: "project")) { Table.Cell($0.project) },
            Field(.figure("calls", key: "calls")) { .count($0.calls) },
            Field(.figure("moved", key: "moved")) { .count($0.moved) },
            Field(.figure("unpriced", key: "unpricedCalls")) { .count($0.unpriced) },
        ]
        return Table(sessions, fields: fields + Costs.fields(of: \.costs))
    }

    package var page: Page {
        guard !sessions.isEmpty else { return Page([.text(period.emptyText(newest: newestCall))]) }
        var page = Page([
            .headline(headline), .table(projectTable), .heading("Decisions"), .table(decisionTable),
        ])
        page.blocks += promises.map { $0.holds ? .note("Holds: \($0.text).") : .warning("broken: \($0.text)") }
        if let worst { page.blocks.append(.note(worst.text)) }
        page.blocks += notes
        if let worst {
            page.blocks.append(
                .next(
                    command: "suffice router simulate --session \(worst.session.name)",
                    brings: "the worst session, decision by decision"
                )
            )
        }
        return page
    }

    private var headline: String {
        let totals = totals
        let change =
            totals.saved < .zero
            ? "\((.zero - totals.saved).dollars) more" : "\(totals.saved.dollars) less"
        return "\(policy) would have cost \(change) than \(totals.unrouted.dollars): "
            + "\(sessions.count.of("session")), \(period.title)"
    }

    private var projectTable: Table {
        let fields: [Field<ProjectRow>] = [
            Field(Table.Column("project", key: "project", shortening: .middle(atLeast: 14))) {
                Table.Cell($0.project.isEmpty ? "none" : $0.project)
            },
            Field(.figure("sessions", key: "sessions", dropRank: 3)) { .count($0.sessions) },
            Field(.figure("calls", key: "calls", dropRank: 4)) { .count($0.calls) },
            Field(.figure("moved", key: "moved", dropRank: 2)) { .count($0.moved) },
        ]
        let rows = projects
        let all = ProjectRow(
            project: "total",
            sessions: sessions.count,
            calls: rows.reduce(0) { $0 + $1.calls },
            moved: rows.reduce(0) { $0 + $1.moved },
            costs: totals
        )
        return Table(rows, totals: all, fields: fields + Costs.fields(of: \.costs))
    }

    private var decisionTable: Table {
        Table(
            decisions,
            fields: [
                Field(Table.Column("reason", key: "reason")) { Table.Cell($0.reason.rawValue) },
                Field(Table.Column("moment", key: "moment")) { Table.Cell($0.moment) },
                Field(.figure("requests", key: "requests")) { .count($0.requests) },
                Field(.figure("moved", key: "moved")) { .count($0.moved) },
            ]
        )
    }

    private var notes: [Page.Block] {
        var notes: [Page.Block] = []
        let unpriced = sessions.reduce(0) { $0 + $1.unpriced }
        if unpriced > 0 {
            notes.append(
                .warning("\(unpriced.of("call")) without a price in no figure of money; suffice spend names them")
            )
        }
        if callsOfOthers > 0 {
            notes.append(
                .note("\(callsOfOthers.of("call")) to providers that the gateway does not speak to stay as they are.")
            )
        }
        notes.append(
            .note(
                "Not routed is priced at each call's day's list price; routed and hindsight are estimates: every call "
                    + "keeps its tokens, whatever model serves it, and what an agent does not log is not known to the router."
            )
        )
        return notes
    }
}

extension SimulationReport.Row {
    fileprivate var text: String {
        let agent = "\(session.agent.rawValue) session \(session.name)"
        guard costs.saved != .zero else { return "Worst: \(agent) costs what it did." }
        let change = (abs(costs.growth) * 100).percent
        return "Worst: \(agent) is \(change) \(costs.saved < .zero ? "dearer" : "cheaper"), "
            + "\(costs.unrouted.dollars) and \(costs.routed.dollars) routed."
    }
}

extension SimulationReport.Costs {
    /// The columns that tell the costs of a row.
    static func fields<Row>(of costs: @escaping (Row) -> Self) -> [Field<Row>] {
        [
            Field(.figure("not routed", key: "costUSD")) { .money(costs($0).unrouted) },
            Field(.figure("routed", key: "routedUSD")) { .money(costs($0).routed) },
            Field(.figure("hindsight", key: "hindsightUSD")) { .money(costs($0).hindsight) },
            Field(.figure("saved", key: "savedUSD", dropRank: 1)) { row in
                .money(costs(row).saved, tone: costs(row).saved < .zero ? .warning : .plain)
            },
            Field(.figure("of possible", key: "shareOfPossible", dropRank: 5)) { row in
                let share = costs(row).shareOfPossible
                return Table.Cell(share.map { ($0 * 100).percent } ?? "", exact: share.map { "\($0)" } ?? "")
            },
        ]
    }
}
