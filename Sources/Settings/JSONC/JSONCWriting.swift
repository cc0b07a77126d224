/// How a JSON text is laid out, so that what is added looks like the rest.
struct JSONCLayout {
    var lineBreak: String
    /// One step of indentation.
    var step: String

    /// Taken from the first member that stands on a line of its own; two spaces where there is none.
    init(of bytes: [UInt8], root: JSONCNode?) {
        lineBreak = bytes.lineBreak
        step = root.flatMap { JSONCLayout.step(in: $0, bytes) } ?? "  "
    }

    private static func step(in node: JSONCNode, _ bytes: [UInt8]) -> String? {
        guard let members = node.members else { return nil }
        for member in members {
            let line = bytes.lineStart(member.key.lowerBound)
            if line > node.range.lowerBound, bytes.isBlank(line..<member.key.lowerBound) {
                let outer = bytes.indent(bytes.lineStart(node.range.lowerBound))
                let inner = bytes.indent(line)
                if inner.hasPrefix(outer), inner.utf8.count > outer.utf8.count {
                    return String(inner.dropFirst(outer.count))
                }
            }
            if let step = step(in: member.value, bytes) { return step }
        }
        return nil
    }

    /// A value over as many lines as it needs, all but the first indented.
    func text(_ value: SettingValue, indent: String) -> String {
        let inner = indent + step
        switch value {
        case .list(let elements) where !elements.isEmpty:
            let lines = elements.map { inner + text($0, indent: inner) }
            return "[" + lineBreak + lines.joined(separator: "," + lineBreak) + lineBreak + indent + "]"
        case .table(let entries) where !entries.isEmpty:
            let lines = entries.map { "\(inner)\($0.key.jsonText): \(text($0.value, indent: inner))" }
            return "{" + lineBreak + lines.joined(separator: "," + lineBreak) + lineBreak + indent + "}"
        default: return value.jsonLine
        }
    }
}

extension SettingValue {
    /// The value on one line.
    var jsonLine: String {
        switch self {
        case .string(let text): text.jsonText
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .other(let text): text
        case .list(let elements): "[" + elements.map(\.jsonLine).joined(separator: ", ") + "]"
        case .table(let entries):
            "{" + entries.map { "\($0.key.jsonText): \($0.value.jsonLine)" }.joined(separator: ", ") + "}"
        }
    }
}

extension String {
    /// In quotes, escaped as JSON needs it; TOML's basic strings read the same escapes.
    var jsonText: String {
        var text = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
