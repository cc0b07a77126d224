import Reports

/// The tables of a view, and the one of them that is asked for as a file.
///
/// A view is made the same way whether it is shown or one of its tables is taken along: the figures of both are one.
struct TableFiles: Sendable {
    /// What the view's address holds behind its `?`.
    private let query: Query
    /// In the order of the view.
    private(set) var names: [String] = []
    private var wanted: Offered?

    private struct Offered {
        var name: String
        var title: String
        var table: Table

        var json: JSON {
            ["schema": 1, "table": .string(name), "title": .string(title), "rows": table.jsonRows]
        }
    }

    /// Those of a view, by what its address holds.
    init(of query: Query = Query(nil)) { self.query = query }

    /// Whether an address names a file, not the view.
    static func isAsked(by query: Query) -> Bool { query[key] != nil || query[formatKey] != nil }

    /// The table that an address names.
    static func name(in query: Query) -> String? { query[key] }

    private static let key = "table"
    private static let formatKey = "format"
    static let formats: [ReportFormat] = [.csv, .json]

    /// Adds a table, which is made only where it is the one that is asked for.
    mutating func add(_ name: String, _ title: String, _ table: () -> Table) {
        names.append(name)
        if name == query[Self.key] { wanted = Offered(name: name, title: title, table: table()) }
    }

    /// Where a table of the view can be had: the view's own address, and which table in which format.
    func link(to name: String, as format: ReportFormat) -> Link {
        Link(here: query.without([Self.key, Self.formatKey]))
            .adding([("table", name), ("format", format.rawValue)])
    }

    /// The file that is asked for.
    func file() throws -> (name: String, format: ReportFormat, text: String) {
        guard let wanted else {
            let known = names.isEmpty ? "none" : names.joined(separator: ", ")
            let asked = query[Self.key].map { "There is no table '\($0)' in this view" } ?? "No table is named"
            throw Missing("\(asked); of tables there are: \(known).")
        }
        guard let format = query[Self.formatKey].flatMap(ReportFormat.init), Self.formats.contains(format) else {
            let known = Self.formats.map(\.rawValue).joined(separator: " and ")
            throw Missing("A table is there as \(known), not as '\(query[Self.formatKey] ?? "")'.")
        }
        let text = format == .csv ? wanted.table.csv : wanted.json.text + "\n"
        return ("suffice-\(wanted.name).\(format.rawValue)", format, text)
    }
}
