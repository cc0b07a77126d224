extension SettingValue {
    /// The value as TOML writes it, on one line.
    var tomlLine: String {
        switch self {
        case .string(let text): text.jsonText
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .other(let text): text
        case .list(let elements): "[" + elements.map(\.tomlLine).joined(separator: ", ") + "]"
        case .table(let entries):
            entries.isEmpty
                ? "{}"
                : "{ " + entries.map { "\([$0.key].tomlKeys) = \($0.value.tomlLine)" }.joined(separator: ", ") + " }"
        }
    }
}

extension [String] {
    /// Keys with dots between, in quotes where they need them.
    var tomlKeys: String {
        map { $0.isEmpty || !$0.utf8.allSatisfy(\.isBareKey) ? $0.jsonText : $0 }.joined(separator: ".")
    }
}

extension TOMLNode {
    /// One more item of an inline table or a list.
    func adding(_ text: String, behind items: [(range: Range<Int>, comma: Int?)], in bytes: [UInt8]) -> Splice {
        guard let last = items.last else {
            if case .table = content { return Splice(range, "{ \(text) }") }
            return Splice(at: range.lowerBound + 1, text)
        }
        let start = bytes.lineStart(last.range.lowerBound)
        let isOnOwnLine = start > range.lowerBound && bytes.isBlank(start..<last.range.lowerBound)
        let before = isOnOwnLine ? bytes.lineBreak + bytes.indent(start) : " "
        if let comma = last.comma { return Splice(at: comma + 1, before + text + ",") }
        return Splice(at: last.range.upperBound, "," + before + text)
    }

    /// An inline table or a list without one of its items.
    func without(_ index: Int, in bytes: [UInt8]) -> [Splice] {
        let items: [(range: Range<Int>, comma: Int?)] =
            switch content {
            case .array(let elements): elements.map { ($0.value.range, $0.comma) }
            case .table(let members): members.map { ($0.key.lowerBound..<$0.value.range.upperBound, $0.comma) }
            case .scalar: []
            }
        guard items.indices.contains(index) else { return [] }
        if items.count == 1 {
            let inside = (range.lowerBound + 1)..<(range.upperBound - 1)
            let item = items[0].range.lowerBound..<(items[0].comma.map { $0 + 1 } ?? items[0].range.upperBound)
            let rest = Array(bytes[inside.lowerBound..<item.lowerBound] + bytes[item.upperBound..<inside.upperBound])
            return [Splice(rest.allSatisfy(\.isSpace) ? inside : item)]
        }
        // The last one goes with the comma before it, any other with the one behind.
        if index == items.count - 1, items[index].comma == nil, let comma = items[index - 1].comma {
            let between = (comma + 1)..<items[index].range.lowerBound
            guard bytes[between].allSatisfy(\.isSpace) else {
                return [Splice(comma..<(comma + 1)), Splice(items[index].range)]
            }
            return [Splice(comma..<items[index].range.upperBound)]
        }
        let end = items[index].comma.map { $0 + 1 } ?? items[index].range.upperBound
        let start = items[index].range.lowerBound
        let line = bytes.lineStart(start)
        if line > range.lowerBound, bytes.isBlank(line..<start), bytes.isBlank(end..<bytes.lineEnd(end)) {
            return [Splice(line..<bytes.nextLine(end))]
        }
        return [Splice(start..<(bytes[end...].firstIndex { !$0.isBlank } ?? end))]
    }
}
