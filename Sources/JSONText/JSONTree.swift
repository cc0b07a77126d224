/// A JSON value as a tree, for what must be looked at from several sides, such as a schema.
///
/// To read known fields, ask a ``JSONScanner``: it builds nothing.
package indirect enum JSONTree: Sendable {
    case null
    case bool(Bool)
    /// As it is spelled.
    case number(String)
    case string(String)
    case array([JSONTree])
    /// In the order they stand; of members with the same name the last one counts.
    case object([Member])

    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: JSONTree
    }

    /// Deeper values are refused: whoever walks the tree does so on the stack.
    package static let greatestDepth = 128

    /// Nil where the text is not one JSON value, or too deep.
    package init?(_ text: String) {
        var text = text
        let value = text.withUTF8 { utf8 -> JSONTree? in
            var scanner = JSONScanner(UnsafeRawBufferPointer(utf8), layout: .document)
            let value = JSONTree(&scanner, depth: 0)
            // Looks past white space for what is left.
            _ = scanner.nextKind()
            return scanner.offset == utf8.count ? value : nil
        }
        guard let value else { return nil }
        self = value
    }

    private init?(_ scanner: inout JSONScanner, depth: Int) {
        guard depth < Self.greatestDepth else { return nil }
        switch scanner.nextKind() {
        case .none: return nil
        case .null:
            scanner.skipValue()
            self = .null
        case .bool:
            guard let value = scanner.bool() else { return nil }
            self = .bool(value)
        case .number:
            guard let number = scanner.number(), Double(number) != nil else { return nil }
            self = .number(String(number))
        case .string:
            guard let text = scanner.text() else { return nil }
            self = .string(text.string)
        case .array:
            _ = scanner.enterArray()
            var elements: [JSONTree] = []
            while scanner.nextElement() {
                guard let element = JSONTree(&scanner, depth: depth + 1) else { return nil }
                elements.append(element)
            }
            self = .array(elements)
        case .object:
            _ = scanner.enterObject()
            var members: [Member] = []
            while let name = scanner.nextKey() {
                guard let value = JSONTree(&scanner, depth: depth + 1) else { return nil }
                members.append(Member(name: name.string, value: value))
            }
            self = .object(members)
        }
        if scanner.isBroken { return nil }
    }

    /// The value of an object's member; nil where it has none or this is no object.
    package subscript(name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var elements: [JSONTree]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}

/// Values are the same as JSON Schema has it: numbers by what they are worth, objects whatever their order.
extension JSONTree: Hashable {
    package static func == (a: JSONTree, b: JSONTree) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b || Double(a) == Double(b)
        case (.string(let a), .string(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): byName(a) == byName(b)
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let spelled): hasher.combine(Double(spelled))
        case .string(let text): hasher.combine(text)
        case .array(let elements): hasher.combine(elements)
        case .object(let members): hasher.combine(Self.byName(members))
        }
    }

    private static func byName(_ members: [Member]) -> [String: JSONTree] {
        Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
}
