/// One column of a table and what stands in it for a row.
package struct Field<Row> {
    package var column: Table.Column
    package var cell: (Row) -> Table.Cell

    package init(_ column: Table.Column, _ cell: @escaping (Row) -> Table.Cell) {
        self.column = column
        self.cell = cell
    }

    /// The field for people only where they need it; programs get it always, so that their columns stay.
    package func shown(if isShown: Bool) -> Field {
        var field = self
        field.column.isForProgramsOnly = !isShown
        return field
    }
}

extension Table {
    package init<Row>(_ rows: [Row], totals: Row? = nil, fields: [Field<Row>]) {
        self.init(
            columns: fields.map(\.column),
            rows: rows.map { row in fields.map { $0.cell(row) } },
            totals: totals.map { row in fields.map { $0.cell(row) } }
        )
    }
}
