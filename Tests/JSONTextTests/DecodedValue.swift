import JSONText

/// A JSON text as a tree, to compare what two readers make of it.
enum DecodedValue: Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([DecodedValue])
    case object([String: DecodedValue])
}

extension JSONScanner {
    /// The next value as a tree; nil where the text is broken.
    mutating func value() -> DecodedValue? {
        switch nextKind() {
        case .object:
            guard enterObject() else { return nil }
            var members: [String: DecodedValue] = [:]
            while let key = nextKey() { members[key.string] = value() }
            return isBroken ? nil : .object(members)
        case .array:
            guard enterArray() else { return nil }
            var elements: [DecodedValue] = []
            while nextElement() {
                guard let element = value() else { return nil }
                elements.append(element)
            }
            return isBroken ? nil : .array(elements)
        case .string: return text().map { .string($0.string) }
        case .number: return number().flatMap { Double($0) }.map { .number($0) }
        case .bool:
            let value = bool()
            return isBroken ? nil : value.map { .bool($0) }
        case .null:
            skipValue()
            return isBroken ? nil : .null
        case .none:
            skipValue()
            return nil
        }
    }
}

extension DecodedValue: Decodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            self = .object(
                Dictionary(
                    uniqueKeysWithValues: try members.allKeys.map {
                        ($0.stringValue, try members.decode(DecodedValue.self, forKey: $0))
                    }
                )
            )
            return
        }
        if var elements = try? decoder.unkeyedContainer() {
            var array: [DecodedValue] = []
            while !elements.isAtEnd { array.append(try elements.decode(DecodedValue.self)) }
            self = .array(array)
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let bool = try? single.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? single.decode(Double.self) {
            self = .number(number)
        } else {
            self = .string(try single.decode(String.self))
        }
    }
}
