package import Domain

/// The rules there are, what came of them, and findings that could become one.
package struct RulesReport: Report {
    /// A finding that is no rule yet.
    package struct Proposal: Sendable {
        package var finding: Finding
        package var action: Rule.Action
        /// A promoted rule of the same kind in another project, which speaks for it.
        package var supportedBy: String?
        /// Whether the project's folder is on this machine.
        package var isHere: Bool

        package init(finding: Finding, action: Rule.Action, supportedBy: String?, isHere: Bool = true) {
            self.isHere = isHere
            self.finding = finding
            self.action = action
            self.supportedBy = supportedBy
        }
    }

    /// The newest first.
    package var rules: [Rule]
    /// The largest saving first.
    package var proposals: [Proposal]
    /// The oldest first; nil where they are not asked for.
    package var events: [RuleEvent]?
    /// What keeps rules in force from working, a sentence each.
    package var warnings: [String]
    package var zone: Zone

    package init(
        rules: [Rule],
        proposals: [Proposal] = [],
        events: [RuleEvent]? = nil,
        warnings: [String] = [],
        zone: Zone
    ) {
        self.rules = rules
        self.proposals = proposals
        self.warnings = warnings
        self.events = events
        self.zone = zone
    }
}

extension RulesReport {
    package var json: JSON {
        let head: JSON = ["schema": 1, "rules": .array(rules.map(\.json))]
        if let events { return head + ["events": .array(events.map(\.json))] }
        return head + [
            "proposals": .array(proposals.map(\.json)), "warnings": .array(warnings.map { .string($0) }),
        ]
    }

    package var sheet: Table { events.map(table(of:)) ?? table }

    package var page: Page {
        var blocks: [Page.Block] = []
        if rules.isEmpty {
            blocks.append(.text(events == nil ? "No rule is applied." : "No rule was ever applied."))
        } else {
            blocks += [.headline(rules.count.of("rule")), .table(table)]
            blocks += rules.compactMap { rule in rule.outcome.map { .note("\(rule.id) \($0.sentence)") } }
        }
        blocks += warnings.map { .note("warning: \($0)") }
        for rule in rules where rule.status == .demoted {
            blocks.append(.next(command: "suffice rules undo \(rule.id)", brings: "it as it was before"))
        }
        if let events {
            if !events.isEmpty { blocks += [.heading("What happened"), .table(table(of: events))] }
            return Page(blocks)
        }
        guard let first = proposals.first(where: \.isHere) ?? proposals.first else { return Page(blocks) }
        blocks += [.heading("Findings that could become rules"), .table(proposalTable)]
        if proposals.count > RulesReport.shown {
            blocks.append(
                .note("\((proposals.count - RulesReport.shown).of("smaller one")) not shown; --format json has all.")
            )
        }
        if proposals.prefix(RulesReport.shown).contains(where: { !$0.isHere }) {
            blocks.append(.note("* The project is not on this machine: only --everywhere changes something here."))
        }
        blocks.append(
            .next(
                command: "suffice rules show \(first.finding.id)" + (first.isHere ? "" : " --everywhere"),
                brings: "what it would change, and would have saved"
            )
        )
        return Page(blocks)
    }

    private var table: Table {
        Table(
            rules,
            fields: [
                Field(Table.Column("rule", key: "id")) { Table.Cell($0.id) },
                Field(Table.Column("status", key: "status")) { Table.Cell($0.status.rawValue, tone: $0.status.tone) },
                Field(Table.Column("changes", key: "text", shortening: .wrapping(atLeast: 20))) { Table.Cell($0.text) },
                Field(Table.Column("where", key: "project", shortening: .middle(atLeast: 12), dropRank: 2)) {
                    Table.Cell($0.place, exact: $0.project ?? "")
                },
                Field(Table.Column("applied", key: "applied", dropRank: 3)) {
                    Table.Cell(zone.minute(of: $0.applied), exact: $0.applied.description)
                },
                Field(.figure("forecast", key: "forecastSavingUSD", dropRank: 4)) { .money($0.forecast.saving) },
                Field(.figure("saved", key: "realisedSavingUSD")) { rule in
                    Table.Cell(
                        rule.outcome?.saving?.dollars ?? "–",
                        exact: rule.outcome?.saving?.mid.decimal ?? ""
                    )
                },
                Field(.figure("tasks", key: "tasksAfter", dropRank: 1)) { .count($0.outcome?.tasksAfter ?? 0) },
                Field(Table.Column("finding", key: "finding")) { Table.Cell($0.finding) }.shown(if: false),
            ]
        )
    }

    private func table(of events: [RuleEvent]) -> Table {
        Table(
            events,
            fields: [
                Field(Table.Column("when", key: "time")) {
                    Table.Cell(zone.minute(of: $0.time), exact: $0.time.description)
                },
                Field(Table.Column("rule", key: "rule")) { Table.Cell($0.rule) },
                Field(Table.Column("what", key: "event")) { Table.Cell($0.kind.rawValue) },
                Field(Table.Column("why", key: "text", shortening: .wrapping(atLeast: 20))) { Table.Cell($0.text) },
            ]
        )
    }

    /// So many proposals people look through.
    private static let shown = 15

    private var proposalTable: Table {
        Table(
            Array(proposals.prefix(RulesReport.shown)),
            fields: [
                Field(Table.Column("finding", key: "finding")) { Table.Cell($0.finding.id) },
                Field(Table.Column("would change", key: "action")) { Table.Cell($0.action.rawValue) },
                Field(Table.Column("project", key: "project", shortening: .middle(atLeast: 12), dropRank: 1)) {
                    Table.Cell($0.finding.project + ($0.isHere ? "" : "*"), exact: $0.finding.project)
                },
                Field(.figure("saving", key: "savingUSD")) { .money($0.finding.saving) },
                Field(Table.Column("kept elsewhere", key: "supportedBy", dropRank: 2)) {
                    Table.Cell($0.supportedBy ?? "")
                },
            ]
        )
    }
}

extension Rule.Status {
    fileprivate var tone: Tone {
        switch self {
        case .promoted: .good
        case .demoted: .warning
        case .undone, .rolledBack: .dim
        case .applying, .applied: .plain
        }
    }
}

extension RuleEvent {
    fileprivate var json: JSON {
        ["rule": .string(rule), "time": .time(time), "event": .string(kind.rawValue), "text": .string(text)]
    }
}

extension RulesReport.Proposal {
    fileprivate var json: JSON {
        [
            "finding": .string(finding.id),
            "kind": .string(finding.kind),
            "action": .string(action.rawValue),
            "scope": ["project": .string(finding.project)],
            "savingUSD": .money(finding.saving),
            "supportedBy": .optional(supportedBy),
            "isHere": .bool(isHere),
        ]
    }
}
