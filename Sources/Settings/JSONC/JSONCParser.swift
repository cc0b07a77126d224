import JSONText

/// Reads JSON with comments and trailing commas into nodes that know where they stand.
///
/// Strict beyond that: what it takes, any reader of JSON with comments takes too.
struct JSONCParser {
    private let bytes: [UInt8]
    private var at: Int

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.hasByteOrderMark ? 3 : 0
    }

    /// The one value of a text; nil of a text that holds none.
    static func parsed(_ bytes: [UInt8]) throws(EditRefusal) -> JSONCNode? {
        var parser = JSONCParser(bytes)
        try parser.skipSpace()
        guard parser.at < bytes.count else { return nil }
        let node = try parser.value(depth: 0)
        try parser.skipSpace()
        guard parser.at == bytes.count else { throw parser.refusal("there is something behind the value") }
        return node
    }

    private func refusal(_ reason: String) -> EditRefusal { EditRefusal(reason, at: at, in: bytes) }

    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() throws(EditRefusal) {
        while let byte {
            if byte.isSpace {
                at += 1
            } else if byte == UInt8(ascii: "/") {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(EditRefusal) {
        switch at + 1 < bytes.count ? bytes[at + 1] : 0 {
        case UInt8(ascii: "/"): at = bytes.lineEnd(at)
        case UInt8(ascii: "*"):
            var end = at + 2
            while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "*") || bytes[end + 1] != UInt8(ascii: "/") {
                end += 1
            }
            guard end + 1 < bytes.count else { throw refusal("the comment does not end") }
            at = end + 2
        default: throw refusal("'/' begins no value")
        }
    }

    private mutating func value(depth: Int) throws(EditRefusal) -> JSONCNode {
        guard depth < JSONTree.greatestDepth else { throw refusal("nested too deep") }
        let start = at
        switch byte {
        case UInt8(ascii: "{"): return JSONCNode(range: start..<at, content: try object(depth)).ending(at)
        case UInt8(ascii: "["): return JSONCNode(range: start..<at, content: try array(depth)).ending(at)
        case UInt8(ascii: "\""):
            let text = try string()
            return JSONCNode(range: start..<at, content: .scalar(.string(text)))
        case nil: throw refusal("the text ends where a value should be")
        default: return JSONCNode(range: start..<at, content: .scalar(try word())).ending(at)
        }
    }

    private mutating func object(_ depth: Int) throws(EditRefusal) -> JSONCNode.Content {
        at += 1
        var members: [JSONCNode.Member] = []
        while true {
            try skipSpace()
            if byte == UInt8(ascii: "}") { break }
            if let last = members.last, last.comma == nil { throw refusal("a comma or '}' is missing") }
            guard byte == UInt8(ascii: "\"") else { throw refusal("a name in quotes is missing") }
            let start = at
            let name = try string()
            let key = start..<at
            try skipSpace()
            guard byte == UInt8(ascii: ":") else { throw refusal("':' is missing behind the name") }
            at += 1
            try skipSpace()
            let value = try value(depth: depth + 1)
            members.append(JSONCNode.Member(key: key, name: name, value: value, comma: try comma()))
        }
        at += 1
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws(EditRefusal) -> JSONCNode.Content {
        at += 1
        var elements: [JSONCNode.Element] = []
        while true {
            try skipSpace()
            if byte == UInt8(ascii: "]") { break }
            if let last = elements.last, last.comma == nil { throw refusal("a comma or ']' is missing") }
            let value = try value(depth: depth + 1)
            elements.append(JSONCNode.Element(value: value, comma: try comma()))
        }
        at += 1
        return .array(elements)
    }

    private mutating func comma() throws(EditRefusal) -> Int? {
        try skipSpace()
        guard byte == UInt8(ascii: ",") else { return nil }
        at += 1
        return at - 1
    }

    private mutating func string() throws(EditRefusal) -> String {
        let start = at
        at += 1
        while let byte, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw refusal("a line break or control character in a text; write \\n") }
            guard byte != UInt8(ascii: "\\") || isEscape(at) else {
                throw EditRefusal("an escape in this text is not JSON's", at: start, in: bytes)
            }
            at += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard at < bytes.count else { throw EditRefusal("the text in quotes does not end", at: start, in: bytes) }
        at += 1
        guard case .string(let text)? = JSONTree(bytes.text(start..<at)) else {
            throw EditRefusal("this text in quotes is not JSON's", at: start, in: bytes)
        }
        return text
    }

    /// Whether a backslash begins an escape that JSON knows.
    private func isEscape(_ offset: Int) -> Bool {
        guard offset + 1 < bytes.count else { return true }
        guard bytes[offset + 1] == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(bytes[offset + 1]) }
        let digits = bytes[(offset + 2)...].prefix(4)
        return digits.count == 4 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private mutating func word() throws(EditRefusal) -> SettingValue {
        let start = at
        while let byte, !byte.isSpace, !",]}:/".utf8.contains(byte) { at += 1 }
        let text = bytes.text(start..<at)
        switch JSONTree(text) {
        case .bool(let flag): return .bool(flag)
        case .null: return .other(text)
        case .number where text.isNumber:
            return Int(text).map { .integer($0) } ?? .other(text)
        default:
            at = start
            throw refusal("'\(text.prefix(20))' is no value")
        }
    }
}

extension JSONCNode {
    fileprivate func ending(_ end: Int) -> JSONCNode {
        JSONCNode(range: range.lowerBound..<end, content: content)
    }
}

extension String {
    /// A number as JSON spells it, which does not begin with a zero or a plus.
    fileprivate var isNumber: Bool {
        let digits = utf8.first == UInt8(ascii: "-") ? utf8.dropFirst() : utf8[...]
        guard let first = digits.first, (0x30...0x39).contains(first) else { return false }
        let hasDigitsBehindPoint = zip(digits, digits.dropFirst()).allSatisfy {
            $0 != 0x2E || (0x30...0x39).contains($1)
        }
        guard hasDigitsBehindPoint, digits.last != 0x2E else { return false }
        let second = digits.dropFirst().first ?? 0
        return first != 0x30 || !(0x30...0x39).contains(second)
    }
}
