/// Where in a TOML text each key stands: the parser keeps places of its own mistakes only.
///
/// A path is written `phase.review.max_input_tokens`, an element of an array of tables `route[2]`, counted from 1.
struct TOMLPlaces {
    struct Place: Hashable {
        /// Both from 1; the column in characters.
        var line: Int
        var column: Int
    }

    private var places: [String: Place] = [:]
    private let lines: [Substring]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var counts: [String: Int] = [:]
        var section = ""
        for (index, line) in lines.enumerated() {
            let indent = line.prefix { $0 == " " || $0 == "\t" }.count
            let rest = line.dropFirst(indent)
            let place = Place(line: index + 1, column: indent + 1)
            if rest.hasPrefix("[["), let end = rest.firstRange(of: "]]") {
                let name = TOMLPlaces.path(rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound])
                counts[name, default: 0] += 1
                section = "\(name)[\(counts[name] ?? 1)]"
                note(section, at: place)
            } else if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
                section = TOMLPlaces.path(rest[rest.index(after: rest.startIndex)..<end])
                note(section, at: place)
            } else if let equals = TOMLPlaces.equals(in: rest) {
                let key = TOMLPlaces.path(rest[..<equals])
                note(section.isEmpty ? key : section + "." + key, at: place)
            }
        }
    }

    /// Where the key stands, or else what it is in; the first line of a text that does not show either.
    func place(of path: String) -> Place {
        var path = path
        var inner: [Substring] = []
        while true {
            if let place = places[path] { return refined(place, for: inner) }
            guard let dot = path.lastIndex(of: ".") else { return Place(line: 1, column: 1) }
            inner.insert(path[path.index(after: dot)...], at: 0)
            path = String(path[..<dot])
        }
    }

    /// A key of an inline table stands on the line of its table's.
    private func refined(_ place: Place, for inner: [Substring]) -> Place {
        guard let key = inner.first, let line = lines.dropFirst(place.line - 1).first,
            let equals = TOMLPlaces.equals(in: line),
            let found = line[equals...].firstRange(of: key)
        else { return place }
        return Place(line: place.line, column: line.distance(from: line.startIndex, to: found.lowerBound) + 1)
    }

    /// Whether the text shows the key or what it is in, beyond the outermost table.
    func has(_ path: String) -> Bool {
        guard places[path] == nil else { return true }
        guard let dot = path.lastIndex(of: ".") else { return false }
        return path[..<dot].contains(".") || path[..<dot].contains("[") ? has(String(path[..<dot])) : false
    }

    private mutating func note(_ path: String, at place: Place) {
        if places[path] == nil { places[path] = place }
    }

    /// The sign behind a key; nil on a line that shows none, such as a comment's.
    private static func equals(in line: Substring) -> Substring.Index? {
        var quote: Character?
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "#" {
                return nil
            } else if character == "=" {
                return index
            }
        }
        return nil
    }

    /// A key as it is meant: without quotes, and without space round its dots.
    private static func path(_ key: Substring) -> String {
        String(key.filter { $0 != " " && $0 != "\t" && $0 != "\"" && $0 != "'" })
    }
}
