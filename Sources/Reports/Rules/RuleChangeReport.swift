package import Domain

/// What a rule changes in which file, before or after it is written, or as it is taken back.
package struct RuleChangeReport: Report {
    package enum Event: String, Sendable {
        /// Shown; nothing was written.
        case proposed
        case applied
        /// Everything is so already; nothing was written.
        case unchanged
        case undone
    }

    package struct File: Sendable {
        package var path: String
        /// As `diff -u` writes it.
        package var diff: String
        /// What became of it, in words; empty before it is written.
        package var outcome: String

        package init(path: String, diff: String, outcome: String = "") {
            self.path = path
            self.diff = diff
            self.outcome = outcome
        }
    }

    package var event: Event
    package var rule: Rule
    package var files: [File]
    /// What to know besides.
    package var notes: [String]
    /// What the user asked for besides, for the command that would apply it.
    package var flags: [String]

    package init(_ event: Event, _ rule: Rule, files: [File], notes: [String] = [], flags: [String] = []) {
        self.flags = flags
        self.event = event
        self.rule = rule
        self.files = files
        self.notes = notes
    }
}

extension RuleChangeReport {
    /// The same for the same change of the same files: who agreed to one has not agreed to another.
    ///
    /// FNV-1a, which tells apart and does not protect.
    package var fingerprint: String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for text in [rule.id] + files.flatMap({ [$0.path, $0.diff] }) {
            for byte in Array(text.utf8) + [0xFF] { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        }
        return String(hash, radix: 36)
    }

    package var json: JSON {
        [
            "schema": 1,
            "event": .string(event.rawValue),
            "rule": rule.json,
            "files": .array(
                files.map { file in
                    ["path": .string(file.path), "diff": .string(file.diff), "outcome": .string(file.outcome)]
                }
            ),
            "notes": .array(notes.map { .string($0) }),
        ]
    }

    package var sheet: Table {
        Table(
            files,
            fields: [
                Field(Table.Column("rule", key: "rule")) { _ in Table.Cell(rule.id) },
                Field(Table.Column("event", key: "event")) { _ in Table.Cell(event.rawValue) },
                Field(Table.Column("file", key: "path")) { Table.Cell($0.path) },
                Field(Table.Column("outcome", key: "outcome")) { Table.Cell($0.outcome) },
                Field(Table.Column("diff", key: "diff")) { Table.Cell($0.diff) },
            ]
        )
    }

    package var page: Page {
        var blocks: [Page.Block] = [.headline(headline)]
        switch event {
        case .undone: blocks += files.map { .text("\($0.path): \($0.outcome)") }
        case .proposed, .applied, .unchanged:
            blocks.append(.text("For \(rule.agent.rawValue), \(rule.place)."))
            blocks += rule.forecast.sentences(on: rule.action).map { .text($0) }
            if let outcome = rule.outcome { blocks.append(.text(outcome.sentence)) }
            for file in files where !file.diff.isEmpty { blocks.append(.verbatim(file.diff.asLines)) }
        }
        blocks += notes.map { .note($0) }
        switch event {
        case .proposed:
            let words = ["suffice rules apply", rule.finding] + flags + ["--yes"]
            blocks.append(.next(command: words.joined(separator: " "), brings: "this change"))
        case .applied:
            blocks.append(.next(command: "suffice rules undo \(rule.id)", brings: "everything back as it was"))
        case .unchanged, .undone: break
        }
        return Page(blocks)
    }

    private var headline: String {
        switch event {
        case .proposed:
            "\(rule.id) would \(rule.text.hasSuffix(".") ? "\(rule.text.dropLast())" : rule.text); nothing is written yet"
        case .applied: "\(rule.id) applied: \(rule.text)"
        case .unchanged: "\(rule.id): \(rule.text) is so already; nothing was written"
        case .undone: "\(rule.id) taken back: \(rule.text)"
        }
    }
}

extension String {
    /// For people: whether lines end with a carriage return too does not show.
    fileprivate var asLines: String {
        let text = replacing("\r\n", with: "\n")
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
