/// What names of a TOML text stand for, so that none is defined twice.
///
/// As TOML 1.0 has it: a header opens a table once, and may open one that only lies on another's way; a dotted key makes
/// tables that no header opens; a table inside an array belongs to its last element.
struct TOMLNames {
    private enum Kind {
        case value
        /// Only on the way to another table.
        case implied
        case opened
        /// Made by a dotted key, of the table with this number.
        case dotted(Int)
        case array(count: Int)
    }

    private var kinds: [[TOMLStep]: Kind] = [:]
    /// Headers so far.
    private var opened = 0

    /// The path of a header's table; nil where it may not stand.
    mutating func open(_ keys: [String], isElement: Bool) -> [TOMLStep]? {
        opened += 1
        var path: [TOMLStep] = []
        for key in keys.dropLast() {
            path.append(.key(key))
            switch kinds[path] {
            case nil: kinds[path] = .implied
            case .implied, .opened, .dotted: break
            case .array(let count): path.append(.element(count - 1))
            case .value: return nil
            }
        }
        guard let last = keys.last else { return nil }
        path.append(.key(last))
        if isElement {
            switch kinds[path] {
            case nil:
                kinds[path] = .array(count: 1)
                path.append(.element(0))
            case .array(let count):
                kinds[path] = .array(count: count + 1)
                path.append(.element(count))
            default: return nil
            }
            return path
        }
        switch kinds[path] {
        case nil, .implied:
            kinds[path] = .opened
            return path
        default: return nil
        }
    }

    /// The path of a value under a table; nil where it may not stand.
    mutating func add(_ keys: [String], to table: [TOMLStep]) -> [TOMLStep]? {
        var path = table
        for key in keys.dropLast() {
            path.append(.key(key))
            switch kinds[path] {
            case nil: kinds[path] = .dotted(opened)
            case .dotted(opened): break
            default: return nil
            }
        }
        guard let last = keys.last else { return nil }
        path.append(.key(last))
        guard kinds[path] == nil else { return nil }
        kinds[path] = .value
        return path
    }
}
