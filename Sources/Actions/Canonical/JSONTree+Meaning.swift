package import JSONText

/// What a tool's input means, whatever way a model spelled it.
extension JSONTree {
    /// A whole number, also one spelled `5.0` or, as models do, as a text.
    var integer: Int? {
        switch self {
        case .number(let spelled): Int(spelled) ?? Double(spelled).flatMap { Int(exactly: $0) }
        case .string(let text): Int(text)
        default: nil
        }
    }

    /// True, also where a model wrote it as a text.
    var isTrue: Bool { self == .bool(true) || self == .string("true") }

    /// The value in one spelling: members by name, numbers as short as they can be, no white space.
    package var canonicalText: String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let spelled): JSONTree.plain(spelled)
        case .string(let text): JSONTree.quoted(text)
        case .array(let elements): "[" + elements.map(\.canonicalText).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + JSONTree.byName(members).sorted { $0.key < $1.key }
                .map { JSONTree.quoted($0.key) + ":" + $0.value.canonicalText }.joined(separator: ",") + "}"
        }
    }

    private static func byName(_ members: [Member]) -> [String: JSONTree] {
        Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// `5.0` and `5e0` are 5.
    private static func plain(_ number: String) -> String {
        if let whole = Int(number) { return String(whole) }
        // More digits than a double holds stay as they are.
        guard number.contains(where: { ".eE".contains($0) }), let value = Double(number) else { return number }
        return Int(exactly: value).map(String.init) ?? String(value)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20:
                quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Whether two values are spelled alike but for white space: the same members in the same order.
    package func isSpelled(as other: JSONTree) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a.elementsEqual(b) { $0.isSpelled(as: $1) }
        case (.object(let a), .object(let b)):
            a.elementsEqual(b) { $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.isSpelled(as: $1.value) }
        default: false
        }
    }
}
