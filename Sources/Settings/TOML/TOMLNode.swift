/// A key and its value as they stand in a TOML text.
struct TOMLEntry {
    /// From the outermost table on; an element of an array of tables adds its number, from 0, as `#0`.
    var path: [TOMLStep]
    /// The keys written before the sign.
    var key: Range<Int>
    var value: TOMLNode
    /// The table whose header it stands under, by number.
    var table: Int
}

/// A header, or the text before the first one.
struct TOMLTable {
    var path: [TOMLStep]
    /// Empty at the beginning for the text before the first header.
    var header: Range<Int>
    var isElement: Bool
}

/// One step of a path.
enum TOMLStep: Hashable {
    case key(String)
    case element(Int)
}

struct TOMLNode {
    indirect enum Content {
        case scalar(SettingValue)
        case array([(value: TOMLNode, comma: Int?)])
        /// An inline table.
        case table([(key: Range<Int>, path: [String], value: TOMLNode, comma: Int?)])
    }

    var range: Range<Int>
    var content: Content

    var value: SettingValue {
        switch content {
        case .scalar(let value): return value
        case .array(let elements): return .list(elements.map(\.value.value))
        case .table(let members):
            var tree = SettingTree()
            for member in members { tree.set(member.value.value, at: member.path.map { .key($0) }) }
            return tree.value
        }
    }
}

/// A value under construction, its parts named by paths.
struct SettingTree {
    private var leaf: SettingValue?
    private var keys: [String] = []
    private var members: [String: SettingTree] = [:]
    private var elements: [SettingTree] = []

    mutating func set(_ value: SettingValue, at path: some Collection<TOMLStep>) {
        touch(path) { $0.leaf = value }
    }

    /// Makes a table where there is nothing.
    mutating func makeTable(at path: some Collection<TOMLStep>) { touch(path) { _ in } }

    private mutating func touch(_ path: some Collection<TOMLStep>, _ body: (inout SettingTree) -> Void) {
        switch path.first {
        case nil: body(&self)
        case .key(let key)?:
            if members[key] == nil { keys.append(key) }
            members[key, default: SettingTree()].touch(path.dropFirst(), body)
        case .element(let index)?:
            while elements.count <= index { elements.append(SettingTree()) }
            elements[index].touch(path.dropFirst(), body)
        }
    }

    var value: SettingValue {
        if let leaf { return leaf }
        if !elements.isEmpty { return .list(elements.map(\.value)) }
        return .table(keys.map { SettingValue.Entry($0, members[$0]?.value ?? .table([])) })
    }
}
