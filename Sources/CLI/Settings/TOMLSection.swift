import Domain
import Settings
import TOMLKit

/// Takes typed values out of one table of a configuration, and notes what is wrong with them instead of stopping.
///
/// Whoever reads all that is known asks ``reportUnknown()`` last.
struct TOMLSection {
    /// What has been noted so far in one file.
    final class Notes {
        let path: String
        let places: TOMLPlaces
        private(set) var problems: [ConfigurationProblem] = []

        init(path: String, text: String) {
            self.path = path
            places = TOMLPlaces(text)
        }

        func add(_ weight: ConfigurationProblem.Weight, _ key: String, _ text: String) {
            problems.append(
                ConfigurationProblem(weight: weight, path: path, place: places.place(of: key), key: key, text: text)
            )
        }
    }

    private let table: TOMLTable
    /// Its path, such as `route[1].when`.
    let name: String
    private let notes: Notes
    private var asked: Set<String> = []

    init(_ table: TOMLTable, name: String, notes: Notes) {
        self.table = table
        self.name = name
        self.notes = notes
    }

    var keys: [String] { table.keys.sorted() }

    func has(_ key: String) -> Bool { table[key] != nil }

    func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }

    func error(_ key: String, _ text: String) { notes.add(.error, key.isEmpty ? name : path(key), text) }

    func warn(_ key: String, _ text: String) { notes.add(.warning, key.isEmpty ? name : path(key), text) }

    mutating func string(_ key: String) -> String? {
        asked.insert(key)
        guard let value = table[key] else { return nil }
        if let text = value.string, !text.isEmpty { return text }
        error(key, "must be a text in quotes")
        return nil
    }

    mutating func bool(_ key: String) -> Bool? {
        asked.insert(key)
        guard let value = table[key] else { return nil }
        if let flag = value.bool { return flag }
        error(key, "must be true or false")
        return nil
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        asked.insert(key)
        guard let value = table[key] else { return nil }
        if let number = value.int, range.contains(number) { return number }
        error(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func number(_ key: String, in range: ClosedRange<Double>, _ meant: String) -> Double? {
        asked.insert(key)
        guard let value = table[key] else { return nil }
        if let number = value.int.map(Double.init) ?? value.double, range.contains(number) { return number }
        error(key, "must be \(meant)")
        return nil
    }

    mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ key: String) -> Word? {
        guard let text = string(key) else { return nil }
        if let word = Word(rawValue: text) { return word }
        error(key, "is '\(text)'; write \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    mutating func strings(_ key: String) -> [String]? {
        asked.insert(key)
        guard let value = table[key] else { return nil }
        let texts = value.array.map { array in array.map { $0.string ?? "" } } ?? [""]
        if !texts.contains("") { return texts }
        error(key, "must be a list of texts: [\"…\", \"…\"]")
        return nil
    }

    mutating func section(_ key: String) -> TOMLSection? {
        asked.insert(key)
        guard let value = table[key] else { return nil }
        if let inner = value.table { return TOMLSection(inner, name: path(key), notes: notes) }
        error(key, "must be a table")
        return nil
    }

    mutating func sections(_ key: String) -> [TOMLSection] {
        asked.insert(key)
        guard let value = table[key] else { return [] }
        let tables = value.array.map { array in array.map(\.table) } ?? [nil]
        var sections: [TOMLSection] = []
        for (place, inner) in tables.enumerated() {
            guard let inner else {
                error(key, "must be an array of tables: [[\(key)]]")
                return []
            }
            sections.append(TOMLSection(inner, name: "\(path(key))[\(place + 1)]", notes: notes))
        }
        return sections
    }

    /// Notes the keys that nobody asked for.
    func reportUnknown(known: [String] = []) {
        for key in keys where !asked.contains(key) && !known.contains(key) {
            let all = asked.union(known).sorted().joined(separator: ", ")
            warn(key, "unknown key, ignored; known are \(all)")
        }
    }
}
