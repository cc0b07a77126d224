extension Table {
    /// All columns under their keys, exact, by RFC 4180: lines end in CR LF, quotes are doubled.
    package var csv: String {
        func line(_ fields: [String]) -> String { fields.map(\.csvField).joined(separator: ",") + "\r\n" }
        return rows.reduce(into: line(columns.map(\.key))) { $0 += line($1.map(\.exact)) }
    }
}

extension String {
    fileprivate var csvField: String {
        let text = visible
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
