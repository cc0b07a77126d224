/// What stands behind the `?` of an address, as forms write it: `+` is a space, `%` and two digits a byte.
struct Query: Sendable {
    /// What has a value, in its order.
    private(set) var parts: [(name: String, value: String)] = []

    init(_ text: String?) {
        for part in (text ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            // Forms send what was not filled in as empty.
            guard halves.count > 1, !halves[1].isEmpty else { continue }
            parts.append((Query.decoded(halves[0]), Query.decoded(halves[1])))
        }
    }

    /// Nil for what is not there, or is empty; of several the last.
    subscript(name: String) -> String? { parts.last { $0.name == name }?.value }

    /// The same without what has one of these names.
    func without(_ names: [String]) -> Query {
        var query = self
        query.parts.removeAll { names.contains($0.name) }
        return query
    }

    /// Bytes that are no UTF-8 become replacement characters; a `%` without digits stays one.
    private static func decoded(_ bytes: Substring.UTF8View.SubSequence) -> String {
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                decoded.append(0x20)
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                rest.prefix(2).allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
