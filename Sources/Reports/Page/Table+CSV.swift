extension Table {
    /// All columns under their keys, exact, by RFC 4180: lines end in CR LF, quotes are doubled.
    ///
    /// Text that a spreadsheet would run as a formula, such as a project named `=HYPERLINK(…)`, stands behind an
    /// apostrophe (OWASP, CSV Injection); numbers stay numbers.
    package var csv: String {
        func line(_ fields: [String]) -> String { fields.map(\.csvField).joined(separator: ",") + "\r\n" }
        return rows.reduce(into: line(columns.map(\.key))) { $0 += line($1.map(\.exact)) }
    }
}

extension String {
    /// Whether a spreadsheet would run it.
    private var isFormula: Bool {
        guard let first = utf8.first, "=+-@\t\r\n".utf8.contains(first) else { return false }
        return Double(self)?.isFinite != true
    }

    fileprivate var csvField: String {
        let text = isFormula ? "'" + visible : visible
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
