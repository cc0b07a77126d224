/// A TOML text with its tables and entries found, ready to be edited.
struct TOMLText {
    let bytes: [UInt8]
    private let tables: [TOMLTable]
    private let entries: [TOMLEntry]
    private let lineBreak: String

    init(_ bytes: [UInt8]) throws(EditRefusal) {
        self.bytes = bytes
        let parsed = try TOMLParser.parsed(bytes)
        tables = parsed.tables
        entries = parsed.entries
        lineBreak = bytes.lineBreak
    }

    var value: SettingValue {
        var tree = SettingTree()
        for index in tables.indices {
            tree.makeTable(at: tables[index].path)
            for entry in entries where entry.table == index { tree.set(entry.value.value, at: entry.path) }
        }
        return tree.value
    }

    func setting(_ value: SettingValue, at path: [String]) throws(EditRefusal) -> [Splice] {
        let steps = path.map { TOMLStep.key($0) }
        if let entry = entries.first(where: { steps.starts(with: $0.path) }) {
            return [try set(value, in: entry.value, path: path, known: entry.path.count)]
        }
        if isTaken(steps) {
            throw EditRefusal("\(path.joined(separator: ".")) is a table; mend it first")
        }
        if let (index, depth) = home(of: steps) {
            return [added(path.dropFirst(depth), value, to: index)]
        }
        return [newTable(path.dropLast(), entries: [(path.suffix(1), value)], isElement: false)]
    }

    func restoring(_ spelled: String, at path: [String]) -> [Splice]? {
        place(of: path).map { [Splice($0.value.range, spelled)] }
    }

    func spelled(at path: [String]) -> String? { place(of: path).map { bytes.text($0.value.range) } }

    func removing(_ path: [String]) -> [Splice] {
        let steps = path.map { TOMLStep.key($0) }
        if let entry = entries.first(where: { $0.path == steps }) { return without([line(of: entry)]) }
        if let place = place(of: path), let container = place.container {
            return container.without(place.index, in: bytes)
        }
        return without(tables.indices.filter { tables[$0].path == steps }.flatMap { table($0) })
    }

    func appending(_ value: SettingValue, to path: [String]) throws(EditRefusal) -> [Splice] {
        if let place = place(of: path) {
            guard case .array(let elements) = place.value.content else {
                throw EditRefusal(
                    "\(path.joined(separator: ".")) is no list; mend it first",
                    at: place.value.range.lowerBound,
                    in: bytes
                )
            }
            return [place.value.adding(value.tomlLine, behind: elements.map { ($0.value.range, $0.comma) }, in: bytes)]
        }
        let steps = path.map { TOMLStep.key($0) }
        let elements = tables.filter(\.isElement).contains { $0.path.dropLast() == steps[...] }
        guard elements || !isTaken(steps) else {
            throw EditRefusal("\(path.joined(separator: ".")) is a table; mend it first")
        }
        guard case .table(let members) = value else { return try setting(.list([value]), at: path) }
        return [newTable(path[...], entries: members.map { ([$0.key], $0.value) }, isElement: true)]
    }

    /// Takes the last element that means the same out of a list or an array of tables.
    func removing(_ value: SettingValue, from path: [String]) -> [Splice] {
        if let place = place(of: path), case .array(let elements) = place.value.content,
            let index = elements.lastIndex(where: { $0.value.value.means(value) })
        {
            return place.value.without(index, in: bytes)
        }
        guard case .list(let elements)? = self.value[path],
            let index = elements.lastIndex(where: { $0.means(value) })
        else { return [] }
        let steps = path.map { TOMLStep.key($0) } + [.element(index)]
        return without(tables.indices.filter { tables[$0].path == steps }.flatMap { table($0) })
    }
}

extension TOMLText {
    /// The value at a path, with the inline table or list it stands in.
    private func place(of path: [String]) -> (value: TOMLNode, container: TOMLNode?, index: Int)? {
        let steps = path.map { TOMLStep.key($0) }
        guard let entry = entries.first(where: { steps.starts(with: $0.path) }) else { return nil }
        var node = entry.value
        var container: TOMLNode?
        var place = 0
        var rest = path.dropFirst(entry.path.count)
        while !rest.isEmpty {
            guard case .table(let members) = node.content,
                let index = members.firstIndex(where: { rest.starts(with: $0.path) })
            else { return nil }
            container = node
            place = index
            rest = rest.dropFirst(members[index].path.count)
            node = members[index].value
        }
        return (node, container, place)
    }

    /// Sets inside an entry's value: the value itself, or a key of an inline table.
    private func set(_ value: SettingValue, in node: TOMLNode, path: [String], known: Int) throws(EditRefusal) -> Splice
    {
        let rest = path.dropFirst(known)
        guard !rest.isEmpty else { return Splice(node.range, value.tomlLine) }
        guard case .table(let members) = node.content else {
            throw EditRefusal(
                "\(path.prefix(known).joined(separator: ".")) is no table; mend it first",
                at: node.range.lowerBound,
                in: bytes
            )
        }
        if let member = members.first(where: { rest.starts(with: $0.path) }) {
            return try set(value, in: member.value, path: path, known: known + member.path.count)
        }
        let text = "\(Array(rest).tomlKeys) = \(value.tomlLine)"
        return node.adding(
            text,
            behind: members.map { ($0.key.lowerBound..<$0.value.range.upperBound, $0.comma) },
            in: bytes
        )
    }

    /// Whether something stands at or under a path.
    private func isTaken(_ path: [TOMLStep]) -> Bool {
        entries.contains { $0.path.starts(with: path) } || tables.contains { $0.path.starts(with: path) }
    }

    /// The table to add a key to, and how many keys of the path it stands for.
    ///
    /// That is the table with a header for all but the last key; or where dotted keys have made that table, the one they
    /// stand in; or for a single key the text before the first header.
    private func home(of path: [TOMLStep]) -> (table: Int, depth: Int)? {
        let outer = path.dropLast()
        if let index = tables.lastIndex(where: { $0.path[...] == outer }) { return (index, outer.count) }
        let dotted = entries.last { entry in
            entry.path.starts(with: outer) && tables[entry.table].path.count < outer.count
        }
        return dotted.map { ($0.table, tables[$0.table].path.count) }
    }

    /// A line behind the table's last entry, or its header.
    private func added(_ keys: ArraySlice<String>, _ value: SettingValue, to table: Int) -> Splice {
        let line = "\(Array(keys).tomlKeys) = \(value.tomlLine)"
        if let last = entries.last(where: { $0.table == table }) {
            let indent = bytes.indent(bytes.lineStart(last.key.lowerBound))
            return Splice(at: bytes.lineEnd(last.value.range.upperBound), lineBreak + indent + line)
        }
        guard table > 0 else { return addedFirst(line) }
        let header = tables[table].header
        let indent = bytes.indent(bytes.lineStart(header.lowerBound))
        return Splice(at: bytes.lineEnd(header.upperBound), lineBreak + indent + line)
    }

    /// A line before the first header and the comments that stand right over it.
    private func addedFirst(_ line: String) -> Splice {
        guard tables.count > 1 else {
            return Splice(at: bytes.count, bytes.endsLine ? line + lineBreak : lineBreak + line)
        }
        var start = bytes.lineStart(tables[1].header.lowerBound)
        let first = bytes.hasByteOrderMark ? 3 : 0
        while start > first {
            let above = bytes.lineStart(start - 1)
            guard bytes[above..<start].first(where: { !$0.isBlank }) == UInt8(ascii: "#") else { break }
            start = above
        }
        return Splice(at: start, line + lineBreak + lineBreak)
    }

    private func newTable(
        _ path: ArraySlice<String>,
        entries: [(keys: ArraySlice<String>, value: SettingValue)],
        isElement: Bool
    )
        -> Splice
    {
        let name = Array(path).tomlKeys
        let lines =
            [isElement ? "[[\(name)]]" : "[\(name)]"]
            + entries.map { "\(Array($0.keys).tomlKeys) = \($0.value.tomlLine)" }
        return Splice(at: bytes.count, bytes.paragraph(of: lines))
    }

    /// Without these lines: a text that did not end its last line does not afterwards.
    private func without(_ lines: [Splice]) -> [Splice] {
        lines.merged.map { splice in
            let isWhole = splice.range.lowerBound == bytes.lineStart(splice.range.lowerBound)
            return isWhole ? Splice(bytes.lines(splice.range)) : splice
        }
    }

    /// An entry's lines; a comment behind it stays.
    private func line(of entry: TOMLEntry) -> Splice {
        let start = bytes.lineStart(entry.key.lowerBound)
        let end = entry.value.range.upperBound
        if bytes.isBlank(end..<bytes.lineEnd(end)) {
            return Splice(start..<bytes.nextLine(end))
        }
        let comment = bytes[end...].firstIndex { !$0.isBlank } ?? end
        return Splice(entry.key.lowerBound..<comment)
    }

    /// A table's header and entries, and the blank line over it; comments stay.
    private func table(_ index: Int) -> [Splice] {
        let start = bytes.lineStart(tables[index].header.lowerBound)
        var splices = entries.filter { $0.table == index }.map(line)
        let headerEnd = tables[index].header.upperBound
        guard bytes.isBlank(headerEnd..<bytes.lineEnd(headerEnd)) else {
            let comment = bytes[headerEnd...].firstIndex { !$0.isBlank } ?? headerEnd
            return splices + [Splice(tables[index].header.lowerBound..<comment)]
        }
        splices.append(Splice(bytes.blankLine(above: start)..<bytes.nextLine(headerEnd)))
        return splices
    }
}
