import JSONText

extension TOMLParser {
    mutating func value(depth: Int) throws(EditRefusal) -> TOMLNode {
        guard depth < JSONTree.greatestDepth else { throw refusal("nested too deep") }
        let start = at
        let content: TOMLNode.Content
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            guard let text = try string(isKey: false) else { throw refusal("a value is missing") }
            content = .scalar(.string(text))
        case UInt8(ascii: "["): content = try array(depth)
        case UInt8(ascii: "{"): content = try inlineTable(depth)
        default: content = .scalar(try word())
        }
        return TOMLNode(range: start..<at, content: content)
    }

    private mutating func array(_ depth: Int) throws(EditRefusal) -> TOMLNode.Content {
        at += 1
        var elements: [(value: TOMLNode, comma: Int?)] = []
        while true {
            try skipLines()
            if byte == UInt8(ascii: "]") { break }
            if let last = elements.last, last.comma == nil { throw refusal("a comma or ']' is missing") }
            let value = try value(depth: depth + 1)
            try skipLines()
            elements.append((value, comma()))
        }
        at += 1
        return .array(elements)
    }

    private mutating func inlineTable(_ depth: Int) throws(EditRefusal) -> TOMLNode.Content {
        at += 1
        var members: [(key: Range<Int>, path: [String], value: TOMLNode, comma: Int?)] = []
        var names = TOMLNames()
        skipBlanks()
        while byte != UInt8(ascii: "}") {
            if let last = members.last, last.comma == nil { throw refusal("a comma or '}' is missing") }
            let start = at
            let path = try keys()
            let key = start..<at
            guard byte == UInt8(ascii: "=") else { throw refusal("'=' is missing behind the key") }
            at += 1
            skipBlanks()
            let value = try value(depth: depth + 1)
            guard names.add(path, to: []) != nil else {
                throw refusal("\(path.joined(separator: ".")) is there already; keep one of them", at: start)
            }
            skipBlanks()
            members.append((key, path, value, comma()))
            skipBlanks()
        }
        if let last = members.last, last.comma != nil { throw refusal("no comma may stand before '}'") }
        at += 1
        return .table(members)
    }

    private mutating func comma() -> Int? {
        guard byte == UInt8(ascii: ",") else { return nil }
        at += 1
        return at - 1
    }

    /// A text in quotes of any of the four sorts; of a key only one line.
    mutating func string(isKey: Bool) throws(EditRefusal) -> String? {
        guard let quote = byte else { return nil }
        let start = at
        let isLiteral = quote == UInt8(ascii: "'")
        let isLong = !isKey && bytes[at...].starts(with: [quote, quote, quote])
        at += isLong ? 3 : 1
        var content: [UInt8] = []
        if isLong {
            if byte == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A { at += 1 }
            if byte == 0x0A { at += 1 }
        }
        while let byte {
            if byte == quote {
                guard isLong else {
                    at += 1
                    return String(decoding: content, as: UTF8.self)
                }
                let quotes = bytes[at...].prefix { $0 == quote }.count
                if quotes >= 3 {
                    // Up to two quotes may stand before the three that close.
                    guard quotes <= 5 else { break }
                    content += Array(repeating: quote, count: quotes - 3)
                    at += quotes
                    return String(decoding: content, as: UTF8.self)
                }
                content.append(byte)
                at += 1
            } else if byte == UInt8(ascii: "\\"), !isLiteral {
                try escape(isLong, into: &content)
            } else if byte == 0x0A && isLong || byte == 0x0D && isLong && at + 1 < bytes.count && bytes[at + 1] == 0x0A
                || byte == 0x09 || byte >= 0x20 && byte != 0x7F
            {
                content.append(byte)
                at += 1
            } else {
                throw refusal("a line break or control character in a text")
            }
        }
        throw refusal("the text in quotes does not end", at: start)
    }

    private mutating func escape(_ isLong: Bool, into content: inout [UInt8]) throws(EditRefusal) {
        let start = at
        at += 1
        let kind = byte ?? 0
        at += 1
        switch kind {
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): content.append(kind)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let end = at + (kind == UInt8(ascii: "u") ? 4 : 8)
            guard end <= bytes.count, bytes[at..<end].allSatisfy(\.isHexDigit),
                let scalar = UInt32(bytes.text(at..<end), radix: 16).flatMap(Unicode.Scalar.init)
            else { throw refusal("an escape that is no character", at: start) }
            content += Array(String(Character(scalar)).utf8)
            at = end
        case _ where isLong && (kind.isSpace):
            at -= 1
            skipBlanks()
            guard byte?.isLineBreak == true else { throw refusal("an escape that TOML does not know", at: start) }
            while byte?.isSpace == true { at += 1 }
        default: throw refusal("an escape that TOML does not know", at: start)
        }
    }

    private mutating func word() throws(EditRefusal) -> SettingValue {
        let start = at
        while let byte, byte.isBareKey || "+.:".utf8.contains(byte) { at += 1 }
        // A date and its time may stand apart by one blank.
        if byte == 0x20, at - start == 10, at + 3 <= bytes.count, bytes[start + 4] == UInt8(ascii: "-"),
            bytes[at + 1].isDigit, bytes[at + 2].isDigit
        {
            at += 1
            while let byte, byte.isBareKey || "+.:".utf8.contains(byte) { at += 1 }
        }
        let text = bytes.text(start..<at)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            if let number = text.tomlInteger { return number }
            if text.isTOMLFloat || text.isTOMLDate { return .other(text) }
            throw refusal(
                text.isEmpty ? "a value is missing" : "'\(text.prefix(20))' is no value; a text needs quotes",
                at: start
            )
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self) }
}

extension String {
    /// A whole number as TOML spells it.
    fileprivate var tomlInteger: SettingValue? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where hasPrefix(prefix) {
            guard let digits = dropFirst(2).withoutSeparators, Int(digits, radix: radix) != nil, digits.first != "-",
                digits.first != "+"
            else { return nil }
            return .other(self)
        }
        let digits = first == "-" || first == "+" ? dropFirst() : self[...]
        guard let plain = digits.withoutSeparators, plain.utf8.allSatisfy(\.isDigit), plain == "0" || plain.first != "0"
        else { return nil }
        return Int((first == "-" ? "-" : "") + plain).flatMap { String($0) == self ? .integer($0) : .other(self) }
    }

    fileprivate var isTOMLFloat: Bool {
        let unsigned = first == "-" || first == "+" ? dropFirst() : self[...]
        if unsigned == "inf" || unsigned == "nan" { return true }
        let parts = unsigned.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
            .flatMap { $0.split(separator: "E", maxSplits: 1, omittingEmptySubsequences: false) }
        guard let mantissa = parts.first, parts.count <= 2 else { return false }
        let sides = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2 || parts.count == 2,
            let whole = sides[0].withoutSeparators, whole.utf8.allSatisfy(\.isDigit), whole == "0" || whole.first != "0"
        else { return false }
        if sides.count == 2 {
            guard let fraction = sides[1].withoutSeparators, fraction.utf8.allSatisfy(\.isDigit) else { return false }
        }
        guard parts.count == 2 else { return true }
        let exponent = parts[1].first == "-" || parts[1].first == "+" ? parts[1].dropFirst() : parts[1]
        return exponent.withoutSeparators?.utf8.allSatisfy(\.isDigit) ?? false
    }

    /// A date, a time or both; whether there is such a day is for whoever reads it.
    fileprivate var isTOMLDate: Bool {
        let shape = String(decoding: utf8.map { $0.isDigit ? UInt8(ascii: "0") : $0 }, as: UTF8.self)
        var rest = shape[...]
        func takes(_ text: String) -> Bool {
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.utf8.count)
            return true
        }
        let hasDate = takes("0000-00-00")
        if hasDate {
            if rest.isEmpty { return true }
            guard takes("T") || takes("t") || takes(" ") else { return false }
        }
        guard takes("00:00:00") else { return false }
        if takes(".") {
            let digits = rest.prefix { $0 == "0" }
            guard !digits.isEmpty else { return false }
            rest = rest.dropFirst(digits.count)
        }
        if hasDate, takes("Z") || takes("z") || takes("+00:00") || takes("-00:00") { return rest.isEmpty }
        return rest.isEmpty
    }
}

extension Substring {
    /// Without the underscores that stand between digits; nil where one stands elsewhere, or nothing is left.
    fileprivate var withoutSeparators: String? {
        guard !isEmpty, first != "_", last != "_", !contains("__") else { return nil }
        return filter { $0 != "_" }
    }
}
