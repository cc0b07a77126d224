package import JSONText

/// A JSON value as Python's `json` reads it, for what is judged by Python's rules.
///
/// A number with a fraction or an exponent is a float, any other an int; texts are compared code point by code point.
package indirect enum PythonValue: Sendable {
    case none
    case bool(Bool)
    case int(Int128)
    /// An int of more than 38 digits, as it is spelled.
    case hugeInt(String)
    case float(Double)
    case string(String)
    case list([PythonValue])
    case dict(PythonDict)

    package init(_ tree: JSONTree) {
        switch tree {
        case .null: self = .none
        case .bool(let flag): self = .bool(flag)
        case .number(let spelled):
            if spelled.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }) {
                self = .float(Double(spelled) ?? .nan)
            } else {
                self = Int128(spelled).map { .int($0) } ?? .hugeInt(spelled)
            }
        case .string(let text): self = .string(text)
        case .array(let elements): self = .list(elements.map { PythonValue($0) })
        case .object(let members): self = .dict(PythonDict(members.map { ($0.name, PythonValue($0.value)) }))
        }
    }

    /// What Python's `type()` says.
    enum Kind: Equatable {
        case none
        case bool
        case int
        case float
        case string
        case list
        case dict
    }

    var kind: Kind {
        switch self {
        case .none: .none
        case .bool: .bool
        case .int, .hugeInt: .int
        case .float: .float
        case .string: .string
        case .list: .list
        case .dict: .dict
        }
    }

    var dict: PythonDict? {
        guard case .dict(let dict) = self else { return nil }
        return dict
    }

    var list: [PythonValue]? {
        guard case .list(let list) = self else { return nil }
        return list
    }

    var string: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }

    /// The text of length 0, which in BFCL's answers says that a parameter may be left out.
    var isEmptyString: Bool { string?.isEmpty == true }
}

/// A Python dict: keys in the order they first came, each with its last value.
package struct PythonDict: Sendable {
    private(set) var members: [(key: String, value: PythonValue)] = []

    init(_ members: [(String, PythonValue)]) {
        var places: [Key: Int] = [:]
        for (key, value) in members {
            if let place = places[Key(key)] {
                self.members[place].value = value
            } else {
                places[Key(key)] = self.members.count
                self.members.append((key, value))
            }
        }
    }

    subscript(key: String) -> PythonValue? { members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value }

    /// A text by its bytes: to Swift "é" and "e" with an accent are one, to Python two.
    private struct Key: Hashable {
        let bytes: [UInt8]

        init(_ text: String) { bytes = Array(text.utf8) }
    }
}

extension PythonValue: Equatable {
    /// Python's `==`: True is 1, 1 is 1.0, and dicts have no order.
    package static func == (a: PythonValue, b: PythonValue) -> Bool {
        switch (a, b) {
        case (.none, .none): true
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.list(let a), .list(let b)): a == b
        case (.dict(let a), .dict(let b)):
            a.members.count == b.members.count && a.members.allSatisfy { $0.value == b[$0.key] }
        case (.hugeInt(let a), .hugeInt(let b)): a == b
        case (.hugeInt(let huge), .float(let float)), (.float(let float), .hugeInt(let huge)): Double(huge) == float
        default:
            if let a = a.wholeNumber, let b = b.wholeNumber {
                a == b
            } else if case .float(let a) = a,
                case .float(let b) = b
            {
                a == b
            } else {
                false
            }
        }
    }

    /// The number, where it is a whole one of up to 38 digits.
    private var wholeNumber: Int128? {
        switch self {
        case .bool(let flag): flag ? 1 : 0
        case .int(let number): number
        case .float(let number): Int128(exactly: number)
        default: nil
        }
    }
}
