/// A value as a settings file holds it, whatever the file's language.
package indirect enum SettingValue: Hashable, Sendable, Codable {
    /// A member of a table; order is kept when it is written.
    package struct Entry: Hashable, Sendable, Codable {
        package var key: String
        package var value: SettingValue

        package init(_ key: String, _ value: SettingValue) {
            self.key = key
            self.value = value
        }
    }

    case string(String)
    case bool(Bool)
    case integer(Int)
    /// A number, date or null that Suffice has no use for, as it is spelled.
    case other(String)
    case list([SettingValue])
    case table([Entry])
}

extension SettingValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(arrayLiteral elements: SettingValue...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, SettingValue)...) {
        self = .table(elements.map { Entry($0.0, $0.1) })
    }
}

extension SettingValue {
    /// The same whatever the order of tables' keys.
    package func means(_ other: SettingValue) -> Bool { inOrder == other.inOrder }

    /// The value at a path of keys; nil where there is none.
    package subscript(path: some Collection<String>) -> SettingValue? {
        guard let key = path.first else { return self }
        guard case .table(let entries) = self, let entry = entries.last(where: { $0.key == key }) else { return nil }
        return entry.value[path.dropFirst()]
    }

    package var text: String? { if case .string(let text) = self { text } else { nil } }

    private var inOrder: SettingValue {
        switch self {
        case .list(let elements): .list(elements.map(\.inOrder))
        case .table(let entries):
            .table(entries.map { Entry($0.key, $0.value.inOrder) }.sorted { $0.key < $1.key })
        default: self
        }
    }
}
