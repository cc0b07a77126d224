/// An answer that every door shows from the same value: the command line, a page, an agent over MCP.
package protocol Report: Sendable {
    /// For people: what a terminal or a Markdown page shows.
    var page: Page { get }
    /// For programs: stable keys, exact numbers.
    var json: JSON { get }
    /// For spreadsheets: the one table that carries the figures, nothing rounded.
    var sheet: Table { get }
}

/// How a report is written down; the raw value is what `--format` takes.
package enum ReportFormat: String, CaseIterable, Sendable {
    case table
    case json
    case csv
    case markdown
}

extension Report {
    /// The whole report as text that ends with a line break.
    package func written(as format: ReportFormat, style: TerminalStyle) -> String {
        switch format {
        case .table: page.terminalText(style)
        case .json: json.text + "\n"
        case .csv: sheet.csv
        case .markdown: page.markdown
        }
    }
}
