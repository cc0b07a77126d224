extension JSONTree {
    /// JSON text without white space, spelled as JavaScript's `JSON.stringify` does: only what must be is escaped.
    package var bytes: [UInt8] { written(sorted: false) }

    /// The same with the names of every object in order, which makes texts of the same value equal.
    package var sortedBytes: [UInt8] { written(sorted: true) }

    private func written(sorted: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes, sorted: sorted)
        return bytes
    }

    private func write(into bytes: inout [UInt8], sorted: Bool) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let spelled): bytes += spelled.utf8
        case .string(let text): Self.quote(text, into: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(into: &bytes, sorted: sorted)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            // By UTF-16 units, as JavaScript sorts; for the names of APIs that is by bytes.
            let members = sorted ? members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) } : members
            for (place, member) in members.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.quote(member.name, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(into: &bytes, sorted: sorted)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func quote(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSONTree {
    /// The object with a member set in its place, or put last; another value as it is.
    package func setting(_ name: String, to value: JSONTree) -> JSONTree {
        guard case .object(var members) = self else { return self }
        if let place = members.lastIndex(where: { $0.name == name }) {
            members[place].value = value
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }

    /// The object without members of these names; another value as it is.
    package func removing(_ names: String...) -> JSONTree {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !names.contains($0.name) })
    }

    /// A value from bytes that are one JSON value; nil where they are none.
    package init?(bytes: [UInt8]) { self.init(String(decoding: bytes, as: UTF8.self)) }
}

extension JSONTree.Member {
    package init(_ name: String, _ value: JSONTree) {
        self.name = name
        self.value = value
    }
}
