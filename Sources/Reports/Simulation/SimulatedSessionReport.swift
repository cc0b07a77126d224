package import Domain

/// One session's calls with what was decided on each and what that comes to.
package struct SimulatedSessionReport: Report {
    package struct Step: Sendable {
        package var call: Call
        package var thread: ThreadID
        /// Nil where nobody was asked: the provider is none that the gateway speaks to.
        package var decision: Decision?
        package var moment: String
        package var served: ModelID
        package var servedInHindsight: ModelID
        package var costs: SimulationReport.Costs

        package init(
            call: Call,
            thread: ThreadID,
            decision: Decision?,
            moment: String,
            served: ModelID,
            servedInHindsight: ModelID,
            costs: SimulationReport.Costs
        ) {
            self.call = call
            self.thread = thread
            self.decision = decision
            self.moment = moment
            self.served = served
            self.servedInHindsight = servedInHindsight
            self.costs = costs
        }
    }

    package var session: SessionID
    package var project: String
    package var policy: String
    package var zone: Zone
    /// In the order of time.
    package var steps: [Step]

    package init(session: SessionID, project: String, policy: String, zone: Zone, steps: [Step]) {
        self.session = session
        self.project = project
        self.policy = policy
        self.zone = zone
        self.steps = steps
    }

    package var totals: SimulationReport.Costs { steps.reduce(into: .init()) { $0 += $1.costs } }

    /// Where the model was open, or another one would serve: all others stay where they were.
    private var shown: [Step] {
        steps.filter {
            $0.moment != "continuing" || $0.served != $0.call.model || $0.servedInHindsight != $0.call.model
        }
    }
}

extension SimulatedSessionReport {
    package var page: Page {
        let totals = totals
        var page = Page([
            .headline("\(session.agent.rawValue) session \(session.name), \(policy)"),
            .text(
                "\(totals.unrouted.dollars) not routed, \(totals.routed.dollars) routed, "
                    + "\(totals.hindsight.dollars) in hindsight: \(steps.count.of("call"))"
            ),
            .table(table(of: shown)),
        ])
        if shown.count < steps.count {
            page.blocks.append(
                .note(
                    "\((steps.count - shown.count).of("call")) that stayed where the conversation was not shown; "
                        + "--format csv shows all."
                )
            )
        }
        page.blocks.append(.note("Times are in \(zone.name)."))
        return page
    }

    package var sheet: Table { table(of: steps) }

    package var json: JSON {
        [
            "schema": 1,
            "session": .string(session.name),
            "agent": .string(session.agent.rawValue),
            "project": .string(project),
            "policy": .string(policy),
            "totals": totals.json,
            "steps": .array(steps.map(\.json)),
        ]
    }

    private func table(of steps: [Step]) -> Table {
        let fields: [Field<Step>] = [
            Field(Table.Column("time", key: "time")) { step in
                Table.Cell(zone.second(of: step.call.time), exact: step.call.time.description, tone: .dim)
            },
            Field(Table.Column("thread", key: "thread", shortening: .middle(atLeast: 8), dropRank: 7)) {
                Table.Cell($0.thread.name)
            }.shown(if: steps.contains { !$0.thread.name.isEmpty }),
            Field(Table.Column("asked", key: "requested", shortening: .middle(atLeast: 10))) {
                Table.Cell($0.call.model.short, exact: $0.call.model.rawValue)
            },
            Field(Table.Column("served", key: "served", shortening: .middle(atLeast: 10))) { step in
                Table.Cell(
                    step.served == step.call.model ? "" : step.served.short,
                    exact: step.served.rawValue,
                    tone: .good
                )
            },
            Field(Table.Column("hindsight", key: "servedInHindsight", shortening: .middle(atLeast: 10), dropRank: 6)) {
                step in
                Table.Cell(
                    step.servedInHindsight == step.call.model ? "" : step.servedInHindsight.short,
                    exact: step.servedInHindsight.rawValue
                )
            },
            Field(Table.Column("moment", key: "moment", dropRank: 5)) { Table.Cell($0.moment) },
            Field(Table.Column("reason", key: "reason")) { Table.Cell($0.decision?.reason.rawValue ?? "") },
            Field(Table.Column("detail", key: "detail", shortening: .end(atLeast: 8), dropRank: 4)) {
                Table.Cell($0.decision?.detail ?? "")
            },
        ]
        return Table(steps, fields: fields + SimulationReport.Costs.fields(of: \.costs).dropLast())
    }
}

extension SimulatedSessionReport.Step {
    fileprivate var json: JSON {
        let head: JSON = [
            "call": .string(call.id), "time": .time(call.time), "thread": .string(thread.name),
            "requested": .string(call.model.rawValue), "served": .string(served.rawValue),
            "servedInHindsight": .string(servedInHindsight.rawValue), "moment": .string(moment),
            "reason": .optional(decision?.reason.rawValue), "detail": .optional(decision?.detail),
        ]
        return head + costs.json
    }
}
