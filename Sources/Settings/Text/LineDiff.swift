/// What changed between two texts, line by line, as `diff -u` writes it and `patch` reads it.
package struct LineDiff: Sendable {
    private enum Line {
        case kept(ArraySlice<UInt8>)
        case removed(ArraySlice<UInt8>)
        case added(ArraySlice<UInt8>)

        var bytes: ArraySlice<UInt8> {
            switch self {
            case .kept(let bytes), .removed(let bytes), .added(let bytes): bytes
            }
        }

        var isKept: Bool { if case .kept = self { true } else { false } }
    }

    private let lines: [Line]

    package init(from before: [UInt8], to after: [UInt8]) {
        let old = before.lines
        let new = after.lines
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        let changed = LineDiff.changed(
            Array(old[head..<(old.count - tail)]),
            Array(new[head..<(new.count - tail)])
        )
        lines = old[..<head].map { .kept($0) } + changed + old[(old.count - tail)...].map { .kept($0) }
    }

    package var isEmpty: Bool { lines.allSatisfy(\.isKept) }

    /// The longest common lines stay; texts too long for that are replaced as a whole.
    private static func changed(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Line] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= 4_000_000 else {
            return old.map { .removed($0) } + new.map { .added($0) }
        }
        var common = Array(repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                common[i][j] = old[i] == new[j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
            }
        }
        var (i, j) = (0, 0)
        var lines: [Line] = []
        while i < old.count || j < new.count {
            if i < old.count, j < new.count, old[i] == new[j] {
                lines.append(.kept(old[i]))
                (i, j) = (i + 1, j + 1)
            } else if i < old.count, j == new.count || common[i + 1][j] >= common[i][j + 1] {
                lines.append(.removed(old[i]))
                i += 1
            } else {
                lines.append(.added(new[j]))
                j += 1
            }
        }
        return lines
    }

    /// The hunks under the file's name, three lines of what stays around each; empty where nothing changes.
    package func text(named name: String, isNew: Bool = false) -> String {
        guard !isEmpty else { return "" }
        var text = "--- \(isNew ? "/dev/null" : name)\n+++ \(name)\n"
        var (old, new) = (1, 1)
        var index = 0
        while index < lines.count {
            guard let change = lines[index...].firstIndex(where: { !$0.isKept }) else { break }
            let start = max(index, change - 3)
            old += start - index
            new += start - index
            var end = change
            while let next = lines[end...].firstIndex(where: { !$0.isKept }), next - end <= 6 || next == change {
                end = next + 1
            }
            let hunk = lines[start..<min(end + 3, lines.count)]
            let removed = hunk.count { if case .added = $0 { false } else { true } }
            let added = hunk.count { if case .removed = $0 { false } else { true } }
            text += "@@ -\(removed == 0 ? old - 1 : old),\(removed) +\(added == 0 ? new - 1 : new),\(added) @@\n"
            for line in hunk { text += LineDiff.text(of: line) }
            (old, new) = (old + removed, new + added)
            index = hunk.endIndex
        }
        return text
    }

    private static func text(of line: Line) -> String {
        let sign =
            switch line {
            case .kept: " "
            case .removed: "-"
            case .added: "+"
            }
        let text = sign + String(decoding: line.bytes, as: UTF8.self)
        return line.bytes.last == 0x0A ? text : text + "\n\\ No newline at end of file\n"
    }
}

extension [UInt8] {
    /// With their line feeds.
    fileprivate var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < count {
            let end = nextLine(start)
            lines.append(self[start..<end])
            start = end
        }
        return lines
    }
}
