package import Domain

/// A value written as JSON: members stay in the order given and money is exact.
package indirect enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// A ratio or another figure that is no count and no money.
    case number(Double)
    case money(Money)
    /// A decimal number that is already exact text.
    case exact(String)
    case string(String)
    case array([JSON])
    case object([(key: String, value: JSON)])
}

extension JSON {
    /// ISO 8601 in UTC.
    package static func time(_ time: Timestamp) -> JSON { .string(time.description) }

    package static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    /// A figure that says nothing beyond a tenth; whole where it is.
    package static func rounded(_ value: Double) -> JSON {
        let tenths = (value * 10).rounded() / 10
        return Int(exactly: tenths).map { .integer($0) } ?? .number(tenths)
    }

    /// Members one after the other, so that a shape can be built from parts.
    package static func + (a: JSON, b: JSON) -> JSON {
        guard case .object(let first) = a, case .object(let second) = b else { return a }
        return .object(first + second)
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral
{
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { (key: $0.0, value: $0.1) })
    }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSON {
    /// The value as text: one row of a report a line, so that people can read it and `diff` can compare it.
    package var text: String {
        var text = ""
        write(to: &text, depth: 0)
        return text
    }

    /// The value on one line, as in a file of JSON lines.
    package var line: String {
        var text = ""
        write(to: &text, depth: 2)
        return text
    }

    private var isContainer: Bool {
        switch self {
        case .array(let values): !values.isEmpty
        case .object(let members): !members.isEmpty
        default: false
        }
    }

    private func write(to text: inout String, depth: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .money(let value): text += value.decimal
        case .exact(let value): text += value
        case .string(let value): JSON.write(quoted: value, to: &text)
        case .array(let values):
            let breaks = depth < 2 && values.contains(where: \.isContainer)
            JSON.write(values, between: ("[", "]"), breaks: breaks, to: &text, depth: depth) { value, text in
                value.write(to: &text, depth: depth + 1)
            }
        case .object(let members):
            JSON.write(members, between: ("{", "}"), breaks: depth == 0, to: &text, depth: depth) { member, text in
                JSON.write(quoted: member.key, to: &text)
                text += ": "
                member.value.write(to: &text, depth: depth + 1)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element],
        between brackets: (open: String, close: String),
        breaks: Bool,
        to text: inout String,
        depth: Int,
        _ body: (Element, inout String) -> Void
    ) {
        text += brackets.open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += breaks ? "," : ", " }
            if breaks { text += "\n" + String(repeating: "  ", count: depth + 1) }
            body(element, &text)
        }
        if breaks { text += "\n" + String(repeating: "  ", count: depth) }
        text += brackets.close
    }

    /// Escapes what JSON must and what a terminal would obey.
    private static func write(quoted string: String, to text: inout String) {
        text += "\""
        defer { text += "\"" }
        // Nearly all are ids and plain words; told a scalar at a time a large report took a quarter of its command.
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) { return text += string }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.steersTerminal:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
