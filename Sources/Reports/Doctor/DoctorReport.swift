package import Domain

/// Whether Suffice can see what it should, and what to do where it cannot.
package struct DoctorReport: Report {
    package struct Check: Sendable {
        package enum State: String, Sendable {
            case good = "ok"
            /// Works, but some figure is less than it could be.
            case warning
            case trouble
        }

        package var name: String
        package var state: State
        package var text: String
        /// What the user can do about it.
        package var remedy: String?

        package init(_ name: String, _ state: State, _ text: String, remedy: String? = nil) {
            self.name = name
            self.state = state
            self.text = text
            self.remedy = remedy
        }
    }

    package struct Skipped: Sendable {
        package var file: String
        package var line: SkippedLine

        package init(file: String, line: SkippedLine) {
            self.file = file
            self.line = line
        }
    }

    package var checks: [Check]
    /// Parts of logs that could not be read, by file and line.
    package var skipped: [Skipped]

    package init(checks: [Check], skipped: [Skipped] = []) {
        self.checks = checks
        self.skipped = skipped
    }

    package var hasTrouble: Bool { checks.contains { $0.state == .trouble } }
}

extension DoctorReport {
    private static let shownSkips = 20

    package var json: JSON {
        [
            "schema": 1,
            "checks": .array(
                checks.map {
                    [
                        "name": .string($0.name),
                        "state": .string($0.state.rawValue),
                        "text": .string($0.text),
                        "remedy": .optional($0.remedy),
                    ]
                }
            ),
            "skipped": .array(
                skipped.map {
                    [
                        "file": .string($0.file),
                        "line": .integer($0.line.line),
                        "reason": .string($0.line.reason),
                    ]
                }
            ),
        ]
    }

    package var sheet: Table { table }

    package var page: Page {
        var page = Page([.table(table)])
        let remedies = checks.compactMap { check in check.remedy.map { "\(check.name): \($0)" } }
        for remedy in remedies { page.blocks.append(.point(remedy)) }
        if !skipped.isEmpty {
            page.blocks += [.heading("Skipped lines"), .table(skippedTable)]
            if skipped.count > Self.shownSkips {
                page.blocks.append(.note("and \(skipped.count - Self.shownSkips) more; --format json lists all"))
            }
        }
        page.blocks.append(.next(command: "suffice spend --since all", brings: "what it all cost"))
        return page
    }

    private var table: Table {
        Table(
            checks,
            fields: [
                Field(Table.Column("state", key: "state")) { check in
                    Table.Cell(check.state.rawValue, tone: check.state.tone)
                },
                Field(Table.Column("check", key: "name")) { Table.Cell($0.name) },
                Field(Table.Column("what", key: "text", shortening: .middle(atLeast: 20))) { Table.Cell($0.text) },
                Field(Table.Column("remedy", key: "remedy")) { Table.Cell($0.remedy ?? "") }.shown(if: false),
            ]
        )
    }

    private var skippedTable: Table {
        Table(
            Array(skipped.prefix(Self.shownSkips)),
            fields: [
                Field(Table.Column("file", key: "file", shortening: .middle(atLeast: 16))) { Table.Cell($0.file) },
                Field(.figure("line", key: "line")) { skipped in
                    Table.Cell(skipped.line.line == 0 ? "all" : String(skipped.line.line))
                },
                Field(Table.Column("why", key: "reason", shortening: .wrapping(atLeast: 12))) {
                    Table.Cell($0.line.reason)
                },
            ]
        )
    }
}

extension DoctorReport.Check.State {
    fileprivate var tone: Tone {
        switch self {
        case .good: .good
        case .warning: .warning
        case .trouble: .warning
        }
    }
}
