/// Where in a TOML text each key stands, for those who tell its writer what is wrong with it.
///
/// A path is written `phase.review.max_input_tokens`, an element of an array of tables `route[2]`, counted from 1. A text
/// that is no TOML shows no places.
package struct TOMLPlaces: Sendable {
    package typealias Place = EditRefusal.Place

    private var offsets: [String: Int] = [:]
    private let bytes: [UInt8]

    package init(_ text: String) {
        bytes = Array(text.utf8)
        guard let parsed = try? TOMLParser.parsed(bytes) else { return }
        for table in parsed.tables where !table.path.isEmpty { note(table.path.text, at: table.header.lowerBound) }
        for entry in parsed.entries {
            note(entry.path.text, at: entry.key.lowerBound)
            note(inside: entry.value, named: entry.path.text)
        }
    }

    /// Where the key stands, or else what it is in; the first line of a text that does not show either.
    package func place(of path: String) -> Place { placeShown(of: path) ?? Place(line: 1, column: 1) }

    /// The same; nil where the text does not show either.
    package func placeShown(of path: String) -> Place? {
        var path = path[...]
        while true {
            if let offset = offsets[String(path)] { return Place(offset, in: bytes) }
            guard let dot = path.lastIndex(of: ".") else { return nil }
            path = path[..<dot]
        }
    }

    /// Whether the text shows the key or what it is in, beyond the outermost table.
    package func has(_ path: String) -> Bool {
        guard offsets[path] == nil else { return true }
        guard let dot = path.lastIndex(of: ".") else { return false }
        return path[..<dot].contains { $0 == "." || $0 == "[" } && has(String(path[..<dot]))
    }

    private mutating func note(_ path: String, at offset: Int) {
        if offsets[path] == nil { offsets[path] = offset }
    }

    private mutating func note(inside value: TOMLNode, named name: String) {
        switch value.content {
        case .scalar: break
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                let name = "\(name)[\(index + 1)]"
                note(name, at: element.value.range.lowerBound)
                note(inside: element.value, named: name)
            }
        case .table(let members):
            for member in members {
                let name = name + "." + member.path.joined(separator: ".")
                note(name, at: member.key.lowerBound)
                note(inside: member.value, named: name)
            }
        }
    }
}

extension [TOMLStep] {
    /// As people read it.
    fileprivate var text: String {
        reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += (text.isEmpty ? "" : ".") + key
            case .element(let index): text += "[\(index + 1)]"
            }
        }
    }
}
