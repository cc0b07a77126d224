/// A JSON text with its values found, ready to be edited.
struct JSONCText {
    let bytes: [UInt8]
    /// Nil where the text holds no value yet, only space and comments.
    let root: JSONCNode?
    private let layout: JSONCLayout

    init(_ bytes: [UInt8]) throws(EditRefusal) {
        self.bytes = bytes
        root = try JSONCParser.parsed(bytes)
        layout = JSONCLayout(of: bytes, root: root)
        if let root, root.members == nil { throw EditRefusal("settings are an object: {…}", at: 0, in: bytes) }
    }

    var value: SettingValue { root?.value ?? .table([]) }

    func setting(_ value: SettingValue, at path: [String]) throws(EditRefusal) -> [Splice] {
        guard let root else { return [made(value, at: path[...])] }
        var node = root
        var rest = path[...]
        while let key = rest.first {
            guard let members = node.members else {
                let name = path.dropLast(rest.count).joined(separator: ".")
                throw EditRefusal("\(name) is no object; mend it first", at: node.range.lowerBound, in: bytes)
            }
            guard let member = members.last(where: { $0.name == key }) else {
                return added(key, SettingValue(value, at: rest.dropFirst()), to: node, members)
            }
            node = member.value
            rest = rest.dropFirst()
        }
        return [Splice(node.range, layout.text(value, indent: bytes.indent(bytes.lineStart(node.range.lowerBound))))]
    }

    /// Puts a member's value back as it was spelled.
    func restoring(_ spelled: String, at path: [String]) -> [Splice]? {
        root?[path[...]].map { [Splice($0.range, spelled)] }
    }

    func spelled(at path: [String]) -> String? { root?[path[...]].map { bytes.text($0.range) } }

    func removing(_ path: [String]) -> [Splice] {
        guard let key = path.last, let node = root?[path.dropLast()[...]], let members = node.members else { return [] }
        let gone = members.indices.filter { members[$0].name == key }
        return without(
            gone,
            of: members.map { ($0.key.lowerBound..<$0.value.range.upperBound, $0.comma) },
            in: node
        )
    }

    func appending(_ value: SettingValue, to path: [String]) throws(EditRefusal) -> [Splice] {
        guard let node = root?[path[...]] else { return try setting(.list([value]), at: path) }
        guard let elements = node.elements else {
            throw EditRefusal(
                "\(path.joined(separator: ".")) is no list; mend it first",
                at: node.range.lowerBound,
                in: bytes
            )
        }
        return added(
            { layout.text(value, indent: $0) },
            behind: elements.map { ($0.value.range, $0.comma) },
            to: node,
            line: value.jsonLine,
            isSpaced: true
        )
    }

    /// Takes the last element that means the same out of a list.
    func removing(_ value: SettingValue, from path: [String]) -> [Splice] {
        guard let node = root?[path[...]], let elements = node.elements,
            let index = elements.lastIndex(where: { $0.value.value.means(value) })
        else { return [] }
        return without([index], of: elements.map { ($0.value.range, $0.comma) }, in: node)
    }
}

extension JSONCText {
    /// An object where the text has none yet.
    private func made(_ value: SettingValue, at path: ArraySlice<String>) -> Splice {
        let text = layout.text(SettingValue(value, at: path), indent: "")
        let startsLine = bytes.isEmpty || bytes.last == UInt8(ascii: "\n") || bytes.count == 3
        return Splice(at: bytes.count, (startsLine ? "" : layout.lineBreak) + text + layout.lineBreak)
    }

    private func added(_ key: String, _ value: SettingValue, to node: JSONCNode, _ members: [JSONCNode.Member])
        -> [Splice]
    {
        let hasSpace = members.last.map { bytes[$0.value.range.lowerBound - 1].isSpace } ?? true
        let colon = hasSpace ? ": " : ":"
        return added(
            { key.jsonText + colon + layout.text(value, indent: $0) },
            behind: members.map { ($0.key.lowerBound..<$0.value.range.upperBound, $0.comma) },
            to: node,
            line: key.jsonText + colon + value.jsonLine,
            isSpaced: hasSpace
        )
    }

    /// One more item of a container: on a line of its own where the others have theirs.
    private func added(
        _ text: (_ indent: String) -> String,
        behind items: [(range: Range<Int>, comma: Int?)],
        to node: JSONCNode,
        line: String,
        isSpaced: Bool
    ) -> [Splice] {
        let close = node.range.upperBound - 1
        guard let last = items.last else { return [addedFirst(text, line: line, to: node)] }
        let start = bytes.lineStart(last.range.lowerBound)
        guard start > node.range.lowerBound, bytes.isBlank(start..<last.range.lowerBound) else {
            let hasSpace = items.count == 1 ? isSpaced : bytes[last.range.lowerBound - 1].isSpace
            let item = (hasSpace ? " " : "") + line
            if let comma = last.comma { return [Splice(at: comma + 1, item + ",")] }
            return [Splice(at: last.range.upperBound, "," + item)]
        }
        let indent = bytes.indent(start)
        let end = min(behindComments(from: (last.comma.map { $0 + 1 } ?? last.range.upperBound), before: close), close)
        let closing =
            bytes[end..<close].contains { $0.isLineBreak }
            ? "" : layout.lineBreak + bytes.indent(bytes.lineStart(node.range.lowerBound))
        let item = layout.lineBreak + indent + text(indent)
        if last.comma != nil { return [Splice(at: end, item + "," + closing)] }
        if end == last.range.upperBound { return [Splice(at: end, "," + item + closing)] }
        return [Splice(at: last.range.upperBound, ","), Splice(at: end, item + closing)]
    }

    private func addedFirst(_ text: (_ indent: String) -> String, line: String, to node: JSONCNode) -> Splice {
        let open = node.range.lowerBound + 1
        let close = node.range.upperBound - 1
        let inside = open..<close
        let isLoose = bytes.contains(UInt8(ascii: "\n")) || node.range.lowerBound == root?.range.lowerBound
        let outer = bytes.indent(bytes.lineStart(node.range.lowerBound))
        let inner = outer + layout.step
        if bytes[inside].allSatisfy(\.isSpace) {
            return isLoose
                ? Splice(inside, layout.lineBreak + inner + text(inner) + layout.lineBreak + outer)
                : Splice(inside, line)
        }
        // Comments stand in it: they stay before the new item.
        let end = (bytes[inside].lastIndex { !$0.isSpace } ?? close - 1) + 1
        return Splice(end..<close, layout.lineBreak + inner + text(inner) + layout.lineBreak + outer)
    }

    /// Where the last comment on the same line ends; the place itself where none follows.
    private func behindComments(from offset: Int, before close: Int) -> Int {
        var end = offset
        var at = offset
        while at + 1 < close {
            if bytes[at].isBlank {
                at += 1
            } else if bytes[at] == UInt8(ascii: "/"), bytes[at + 1] == UInt8(ascii: "/") {
                return bytes.lineEnd(at)
            } else if bytes[at] == UInt8(ascii: "/"), bytes[at + 1] == UInt8(ascii: "*") {
                at += 2
                while at + 1 < close, bytes[at] != UInt8(ascii: "*") || bytes[at + 1] != UInt8(ascii: "/") { at += 1 }
                at += 2
                end = at
            } else {
                break
            }
        }
        return end
    }

    /// A container without some of its items; comments stay, lines that held nothing else go.
    private func without(_ gone: [Int], of items: [(range: Range<Int>, comma: Int?)], in node: JSONCNode) -> [Splice] {
        let inside = (node.range.lowerBound + 1)..<(node.range.upperBound - 1)
        let ranges = gone.flatMap { index in
            [items[index].range] + (items[index].comma.map { [$0..<($0 + 1)] } ?? [])
        }
        // The comma before the last item goes with it, unless every list here ends with one.
        var comma: [Range<Int>] = []
        if let last = gone.last, last == items.count - 1, items[last].comma == nil,
            let kept = items.indices.last(where: { !gone.contains($0) }), let place = items[kept].comma
        {
            comma = [place..<(place + 1)]
        }
        let left = Array(bytes[inside]).spliced(
            (ranges + comma).map { Splice(($0.lowerBound - inside.lowerBound)..<($0.upperBound - inside.lowerBound)) }
        )
        if left.allSatisfy(\.isSpace) { return [Splice(inside)] }
        let whole = gone.map { tidied(items[$0].range, with: ranges + comma, inside: inside) }
        return (whole + ranges + comma).map { Splice($0) }.merged
    }

    /// The range with the space round it that would be left over.
    private func tidied(_ range: Range<Int>, with gone: [Range<Int>], inside: Range<Int>) -> Range<Int> {
        func isGone(_ offset: Int) -> Bool { gone.contains { $0.contains(offset) } }
        var start = range.lowerBound
        while start > inside.lowerBound, bytes[start - 1].isBlank || isGone(start - 1) { start -= 1 }
        var end = range.upperBound
        while end < inside.upperBound, bytes[end].isBlank || isGone(end) { end += 1 }
        let startsLine = start > inside.lowerBound && bytes[start - 1] == UInt8(ascii: "\n")
        let endsLine = end < inside.upperBound && bytes[end].isLineBreak
        if startsLine, endsLine { return start..<bytes.nextLine(end) }
        guard endsLine || end == inside.upperBound else { return range.lowerBound..<end }
        while end > range.upperBound, bytes[end - 1].isBlank, !isGone(end - 1) { end -= 1 }
        return start..<end
    }
}

extension SettingValue {
    /// The value inside as many tables as the path has keys.
    init(_ value: SettingValue, at path: some BidirectionalCollection<String>) {
        self = path.reversed().reduce(value) { .table([Entry($1, $0)]) }
    }
}
