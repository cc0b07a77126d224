/// A stretch of a file that a patch in Codex's form changes.
///
/// Source: codex-rs `apply-patch`, whose applier this equals: lines are looked for from where the last hunk ended, first
/// as they are, then without blanks at their ends, then without any around them, then with typographic marks as plain
/// ones.
package struct PatchHunk: Hashable, Sendable {
    /// A line behind which the hunk is looked for (`@@ func f() {`).
    package var context: String?
    package var old: [String] = []
    package var new: [String] = []
    /// The hunk stands at the file's end (`*** End of File`).
    package var isAtEnd = false

    static func apply(_ hunks: [PatchHunk], to text: String) throws(FileChangeFault) -> String {
        var lines = text.linesByFeed
        // The file's last line feed ends a line and begins none.
        if lines.last == "" { lines.removeLast() }
        var replacements: [(place: Int, count: Int, lines: [String])] = []
        var start = 0
        for hunk in hunks {
            if let context = hunk.context {
                guard let place = lines.place(of: [context], from: start, isAtEnd: false) else { throw .notFound }
                start = place + 1
            }
            var (old, new) = (hunk.old, hunk.new)
            guard !old.isEmpty else {
                replacements.append((lines.last == "" ? lines.count - 1 : lines.count, 0, new))
                continue
            }
            var place = lines.place(of: old, from: start, isAtEnd: hunk.isAtEnd)
            if place == nil, old.last == "" {
                old.removeLast()
                if new.last == "" { new.removeLast() }
                place = lines.place(of: old, from: start, isAtEnd: hunk.isAtEnd)
            }
            guard let place else { throw .notFound }
            replacements.append((place, old.count, new))
            start = place + old.count
        }
        for replacement in replacements.sorted(by: { $0.place < $1.place }).reversed() {
            let end = min(lines.count, replacement.place + replacement.count)
            lines.replaceSubrange(replacement.place..<end, with: replacement.lines)
        }
        if lines.last != "" { lines.append("") }
        return lines.joined(separator: "\n")
    }
}

extension [String] {
    /// Where lines stand in a row, the most exact way first.
    fileprivate func place(of part: [String], from start: Int, isAtEnd: Bool) -> Int? {
        guard !part.isEmpty else { return start }
        guard part.count <= count else { return nil }
        let start = isAtEnd ? count - part.count : start
        guard start <= count - part.count else { return nil }
        for view in PatchHunk.views {
            let wanted = part.map(view)
            // What does not begin alike is not looked at further.
            for place in start...count - part.count where view(self[place]).utf8.elementsEqual(wanted[0].utf8) {
                let isThere = wanted.indices.allSatisfy {
                    view(self[place + $0]).utf8.elementsEqual(wanted[$0].utf8)
                }
                if isThere { return place }
            }
        }
        return nil
    }
}

extension PatchHunk {
    fileprivate static let views: [@Sendable (String) -> String] = [
        { $0 }, { $0.trimmed(start: false) }, { $0.trimmed(start: true) }, { plainMarks($0.trimmed(start: true)) },
    ]

    private static func plainMarks(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2010...0x2015, 0x2212: plain.append("-")
            case 0x2018...0x201B: plain.append("'")
            case 0x201C...0x201F: plain.append("\"")
            case 0xA0, 0x2002...0x200A, 0x202F, 0x205F, 0x3000: plain.append(" ")
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }
}

extension String {
    /// The lines between line feeds; a carriage return stays part of its line.
    var linesByFeed: [String] {
        utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }

    /// Without white space at its end, and at its start where that is wanted.
    fileprivate func trimmed(start: Bool) -> String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        while start, let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        return String(scalars)
    }
}
