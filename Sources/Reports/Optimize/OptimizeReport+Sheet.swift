import Domain

extension OptimizeReport {
    /// One row a finding, quiet kinds included.
    package var sheet: Table {
        Table(
            findings.map(SheetRow.found) + quiet.map(SheetRow.quiet),
            fields: [
                Field(Table.Column("id", key: "id")) { Table.Cell($0.finding?.id ?? $0.kind) },
                Field(Table.Column("kind", key: "kind")) { Table.Cell($0.kind) },
                Field(Table.Column("status", key: "status")) { Table.Cell($0.finding == nil ? "quiet" : "found") },
                Field(Table.Column("project", key: "project")) { Table.Cell($0.finding?.project ?? "") },
                Field(Table.Column("model", key: "model")) { row in
                    Table.Cell(row.found?.model?.rawValue ?? "")
                },
                Field(Table.Column("target", key: "target")) { row in
                    Table.Cell(row.found?.target?.rawValue ?? "")
                },
                Field(Table.Column("basis", key: "basis")) { Table.Cell($0.finding?.basis.rawValue ?? "") },
                Field(Table.Column("confidence", key: "confidence")) {
                    Table.Cell($0.finding?.confidence.rawValue ?? "")
                },
                Field(.figure("sessions", key: "sessionsFlagged")) { .count($0.finding?.sessionsFlagged ?? 0) },
                Field(.figure("actual", key: "actualUSD")) { .money($0.finding?.actual ?? .zero) },
                Field(.figure("estimated", key: "estimatedUSD")) { .money($0.finding?.estimated ?? .zero) },
                Field(.figure("saving", key: "savingUSD")) { .money($0.finding?.saving ?? .zero) },
                Field(.figure("monthly, low", key: "monthlySavingLowUSD")) {
                    .money($0.finding?.monthlySaving.low ?? .zero)
                },
                Field(.figure("monthly", key: "monthlySavingMidUSD")) {
                    .money($0.finding?.monthlySaving.mid ?? .zero)
                },
                Field(.figure("monthly, high", key: "monthlySavingHighUSD")) {
                    .money($0.finding?.monthlySaving.high ?? .zero)
                },
                Field(Table.Column("text", key: "text")) { Table.Cell($0.text) },
            ]
        )
    }
}

/// A row of the sheet: what was found, or a kind that stayed quiet.
private enum SheetRow {
    case found(OptimizeReport.Found)
    case quiet(OptimizeReport.Kind)

    var found: OptimizeReport.Found? { if case .found(let found) = self { found } else { nil } }
    var finding: Finding? { found?.finding }

    var kind: String {
        switch self {
        case .found(let found): found.finding.kind
        case .quiet(let quiet): quiet.kind
        }
    }

    var text: String {
        switch self {
        case .found(let found): found.finding.action.text
        case .quiet(let quiet): quiet.text
        }
    }
}
