import Domain
package import Evaluation
package import Routing

/// Which router is installed, from what, and how good it was on rows it never saw.
package struct RouterShowReport: Report {
    /// Nil where none is installed.
    package var record: RouterRecord?
    package var zone: Zone
    /// What else is installed with it, such as a certificate, a line each.
    package var additions: [String]
    /// What the dial gives from the most capable setting to the cheapest; empty where none was calibrated.
    package var dial: [DialStep]

    package init(_ record: RouterRecord?, zone: Zone, additions: [String] = [], dial: Calibration? = nil) {
        self.record = record
        self.zone = zone
        self.additions = additions
        self.dial = dial.map(DialStep.all) ?? []
    }
}

extension RouterShowReport {
    package var json: JSON {
        let additions = JSON.array(additions.map { .string($0) })
        guard let record else {
            return ["schema": 1, "installed": .bool(false), "dial": .array(dial.map(\.json)), "additions": additions]
        }
        return [
            "schema": 1,
            "installed": .bool(true),
            "scorer": .string(record.scorer),
            "models": .array(record.models.map { .string($0.rawValue) }),
            "trained": .time(Timestamp(milliseconds: record.trained)),
            "learnedRows": .integer(record.learnedRows),
            "heldOutRows": .integer(record.heldOutRows),
            "figure": .string(record.figure),
            "heldOut": .array(
                record.heldOut.map {
                    [
                        "name": .string($0.name), "value": .figure($0.value),
                        "low": $0.low.map { .figure($0) } ?? .null,
                        "high": $0.high.map { .figure($0) } ?? .null,
                    ]
                }
            ),
            "learningCurve": .array(
                record.learningCurve.map { ["rows": .integer($0.rows), "value": .figure($0.value)] }
            ),
            "usesEmbeddings": .bool(record.usesEmbeddings),
            "dial": .array(dial.map(\.json)),
            "additions": additions,
        ]
    }

    package var sheet: Table { heldOut(of: record?.heldOut ?? []) }

    package var page: Page {
        guard let record else {
            var page = Page(
                [.headline(additions.isEmpty ? "No router is installed: the patterns decide" : "Calibrated")]
                    + additions.map { .text($0) } + dialBlocks
            )
            page.blocks.append(
                .next(command: "suffice router train FILE…", brings: "learns one from rated prompts")
            )
            return page
        }
        let day = zone.minute(of: Timestamp(milliseconds: record.trained))
        var page = Page([
            .headline("\(record.scorer) for \(record.models.map(\.rawValue).joined(separator: ", "))"),
            .text(
                "Trained \(day) from \(record.learnedRows.of("row")), judged on \(record.heldOutRows.grouped) others."
            ),
            .table(sheet),
        ])
        if !record.usesEmbeddings { page.blocks.append(.note("Without the embedding table.")) }
        page.blocks += additions.map { .text($0) } + dialBlocks
        page.blocks.append(.next(command: "suffice router eval FILE", brings: "how it does beside other ways to route"))
        return page
    }

    private var dialBlocks: [Page.Block] {
        dial.isEmpty ? [] : [.heading("What the dial gives"), .table(DialStep.table(dial))]
    }

    private func heldOut(of rows: [RouterRecord.HeldOut]) -> Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("router", key: "name")) { Table.Cell($0.name) },
                Field(.figure((record?.figure ?? "").uppercased(), key: "value")) { .figure($0.value) },
                Field(.figure("low", key: "low")) { $0.low.map { .figure($0) } ?? .empty },
                Field(.figure("high", key: "high")) { $0.high.map { .figure($0) } ?? .empty },
            ]
        )
    }
}
