import Domain
import Reports

/// One finding: what it comes to, what it rests on, what to do, and what speaks against it.
struct FindingPage {
    var filter: Filter
    var found: OptimizeReport.Found
    var zone: Zone
    /// How findings of the kind are found and priced.
    var explanation: String?
    /// The rule in force that came of it.
    var rule: Rule?
    var tokenFile: String
    /// How many sessions and candidates are shown; the files have all.
    private static let shown = 200

    private var finding: Finding { found.finding }

    init(
        filter: Filter,
        found: OptimizeReport.Found,
        zone: Zone,
        explanation: String?,
        rule: Rule?,
        tokenFile: String
    ) {
        self.filter = filter
        self.found = found
        self.zone = zone
        self.explanation = explanation
        self.rule = rule
        self.tokenFile = tokenFile
    }

    func write(to html: inout HTML) {
        html.figures([
            ("Saving", finding.saving.dollars, "\(finding.basis.rawValue), of \(finding.actual.dollars)"),
            ("A month", finding.monthlySaving.dollars, "estimated"),
            ("Sessions", finding.sessionsFlagged.grouped, nil),
            ("Confidence", finding.confidence.rawValue, finding.confidence.text),
        ])
        html.section("action", "What to do") { html in
            html.element("p", text: finding.action.text)
            for caveat in finding.caveats { html.element("p", .class("note"), text: caveat) }
            html.next("suffice validate \(finding.id)", "replays a sample of it on the cheaper model, cost first")
        }
        html.section("rule", "Make it a rule") { change(in: &$0) }
        html.section("candidates", "The work it is about") { html in
            html.table(candidates)
            html.more(finding.candidates.count, shown: FindingPage.shown, of: "piece of work", "pieces of work")
        }
        html.section("evidence", "Where the logs show it") { html in
            html.table(evidence)
            html.more(finding.evidence.count, shown: FindingPage.shown, of: "place", "places")
        }
        if let explanation {
            html.element("details", .id("explanation")) { html in
                html.element("summary", text: "How \(finding.kind) is found and priced")
                html.preformatted(explanation)
            }
        }
        html.reports([File(.optimize, filter.query)])
    }

    private func change(in html: inout HTML) {
        if let rule {
            html.element("p", text: "\(rule.id) is in force: \(rule.text).")
            return html.adminForm(.undo, about: rule.id, [("id", rule.id)], tokenFile: tokenFile)
        }
        html.element(
            "p",
            text: "Shows the change of settings as a diff first; nothing is written before you agree to it."
        )
        html.adminForm(.preview, about: finding.id, [("id", finding.id)], tokenFile: tokenFile) {
            RuleWish.choices(in: &$0)
        }
        html.next("suffice rules apply \(finding.id)", "does the same in a terminal")
    }

    private var candidates: ShownTable {
        let rows = Array(finding.candidates.prefix(FindingPage.shown))
        return ShownTable(
            id: "candidates",
            caption: "Candidates",
            table: table(of: rows),
            link: { .session(rows[$0].session) },
            whole: { table(of: finding.candidates) }
        )
    }

    private func table(of candidates: [Candidate]) -> Table {
        Table(
            candidates,
            fields: [
                Field(Table.Column("session", key: "session")) { .session($0.session) },
                Field(Table.Column("agent", key: "agent")) { Table.Cell($0.session.agent.rawValue) }.shown(if: false),
                Field(Table.Column("unit", key: "unit", dropRank: 3)) { Table.Cell($0.unit.rawValue) },
                Field(Table.Column("model", key: "model", dropRank: 2)) {
                    Table.Cell($0.model.replaced(by: $0.target), exact: $0.model.rawValue)
                },
                Field(Table.Column("target", key: "target")) { Table.Cell($0.target?.rawValue ?? "") }
                    .shown(if: false),
                Field(.figure("in", key: "inputTokens", dropRank: 6)) { .tokens($0.shape.inputTokens) },
                Field(.figure("out", key: "outputTokens", dropRank: 6)) { .tokens($0.shape.outputTokens) },
                Field(.figure("tools", key: "toolCalls", dropRank: 7)) { .count($0.shape.toolCalls) },
                Field(.figure("turns", key: "turns", dropRank: 8)) { .count($0.shape.turns) },
                Field(.figure("actual", key: "actualUSD", dropRank: 4)) { .money($0.actual) },
                Field(.figure("saving", key: "savingUSD")) { .money($0.saving, tone: .good) },
                Field(Table.Column("why", key: "reasons", shortening: .end(atLeast: 24), dropRank: 9)) {
                    Table.Cell($0.reasons.joined(separator: "; "), tone: .dim)
                },
            ]
        )
    }

    private var evidence: ShownTable {
        let rows = Array(finding.evidence.prefix(FindingPage.shown))
        return ShownTable(
            id: "evidence",
            caption: "Evidence",
            table: table(of: rows),
            link: { .session(rows[$0].session) },
            whole: { table(of: finding.evidence) }
        )
    }

    private func table(of evidence: [Evidence]) -> Table {
        Table(
            evidence,
            fields: [
                Field(Table.Column("session", key: "session")) { .session($0.session) },
                Field(Table.Column("agent", key: "agent")) { Table.Cell($0.session.agent.rawValue) }.shown(if: false),
                Field(.figure("calls", key: "calls", dropRank: 1)) { .count($0.calls.count) },
                Field(.figure("at byte", key: "offset", dropRank: 2)) { .count(Int($0.offset)) },
                Field(Table.Column("file", key: "file", shortening: .end(atLeast: 24))) {
                    Table.Cell($0.file, tone: .dim)
                },
            ]
        )
    }
}

extension Table.Cell {
    /// So much of an id as tells it from others.
    fileprivate static func session(_ id: SessionID) -> Table.Cell {
        Table.Cell(id.name.shortenedInMiddle(to: 13), exact: id.name)
    }
}

extension HTML {
    /// Says how much is left out of a long table.
    fileprivate mutating func more(_ count: Int, shown: Int, of noun: String, _ plural: String) {
        guard count > shown else { return }
        element("p", .class("note"), text: "and \((count - shown).of(noun, plural)) more; the files have all")
    }
}

extension Confidence {
    fileprivate var text: String {
        switch self {
        case .structural: "by the shape of the work; nothing was re-run"
        case .replayValidated: "a replay on your own history supports it"
        case .userValidated: "applied, kept, and the saving measured"
        }
    }
}
