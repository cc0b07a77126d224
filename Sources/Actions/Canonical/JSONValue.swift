internal import JSONText

/// A JSON value, for the inputs of tools: small, and compared by what they mean.
indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Nil where the text is no JSON, or nested deeper than any tool's input.
    init?(_ text: String) {
        var text = text
        let value = text.withUTF8 { bytes in
            var scanner = JSONScanner(UnsafeRawBufferPointer(bytes), layout: .document)
            let value = JSONValue(&scanner, depth: 0)
            return scanner.isBroken ? nil : value
        }
        guard let value else { return nil }
        self = value
    }

    private init?(_ scanner: inout JSONScanner, depth: Int) {
        guard depth < 64 else { return nil }
        switch scanner.nextKind() {
        case .string: self = .string(scanner.text()?.string ?? "")
        case .bool: self = .bool(scanner.bool() ?? false)
        case .null:
            scanner.skipValue()
            self = .null
        case .number: self = .number(JSONValue.plain(String(scanner.number() ?? "0")))
        case .array:
            var elements: [JSONValue] = []
            guard scanner.enterArray() else { return nil }
            while scanner.nextElement() {
                guard let element = JSONValue(&scanner, depth: depth + 1) else { return nil }
                elements.append(element)
            }
            self = .array(elements)
        case .object:
            var members: [String: JSONValue] = [:]
            guard scanner.enterObject() else { return nil }
            while let key = scanner.nextKey() {
                guard let member = JSONValue(&scanner, depth: depth + 1) else { return nil }
                members[key.string] = member
            }
            self = .object(members)
        case .none: return nil
        }
    }

    /// A number in one spelling: `5.0` and `5e0` are 5.
    private static func plain(_ number: String) -> String {
        if let whole = Int(number) { return String(whole) }
        guard let value = Double(number) else { return number }
        return Int(exactly: value).map(String.init) ?? String(value)
    }

    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A whole number, also where a model wrote it as a text.
    var integer: Int? {
        switch self {
        case .number(let text), .string(let text): Int(text)
        default: nil
        }
    }

    /// True, also where a model wrote it as a text.
    var isTrue: Bool { self == .bool(true) || self == .string("true") }

    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The value in one spelling, the keys in order.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number
        case .string(let text): "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { JSONValue.string($0.key).text + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }
}
