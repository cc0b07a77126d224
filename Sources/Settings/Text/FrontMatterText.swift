/// A Markdown file whose front matter's scalars have been found; nothing else of YAML is read.
///
/// A key at the first column is always one of the outermost mapping's: whatever a value spans further lines with is
/// indented.
struct FrontMatterText {
    private struct Line {
        var key: String
        var start: Int
        /// What stands behind the colon, without the comment.
        var value: Range<Int>
    }

    let bytes: [UInt8]
    private let lines: [Line]
    /// The line of `---` that ends it.
    private let end: Int

    init(_ bytes: [UInt8]) throws(EditRefusal) {
        self.bytes = bytes
        var at = bytes.hasByteOrderMark ? 3 : 0
        guard at < bytes.count, bytes.trimmed(at) == "---" else {
            throw EditRefusal("has no front matter; begin it with a line '---'", at: at, in: bytes)
        }
        at = bytes.nextLine(at)
        var lines: [Line] = []
        while at < bytes.count, bytes.trimmed(at) != "---", bytes.trimmed(at) != "..." {
            if let colon = bytes.colon(at) {
                let key = bytes.text(at..<colon)
                if lines.contains(where: { $0.key == key }) {
                    throw EditRefusal("\(key) is there already; keep one of them", at: at, in: bytes)
                }
                lines.append(Line(key: key, start: at, value: bytes.scalar(behind: colon + 1)))
            } else if bytes[at] == 0x09 {
                throw EditRefusal("a tab may not indent here", at: at, in: bytes)
            }
            at = bytes.nextLine(at)
        }
        guard at < bytes.count else {
            throw EditRefusal("the front matter does not end; add a line '---'", at: bytes.count, in: bytes)
        }
        self.lines = lines
        end = at
    }

    var value: SettingValue {
        .table(
            lines.map {
                .init($0.key, bytes.text($0.value).yamlScalar.map { .string($0) } ?? .other(bytes.text($0.value)))
            }
        )
    }

    func setting(_ value: SettingValue, at path: [String]) throws(EditRefusal) -> [Splice] {
        guard path.count == 1, let text = value.text else { throw EditRefusal("front matter takes texts only") }
        guard let line = lines.first(where: { $0.key == path[0] }) else {
            return [Splice(at: end, "\(path[0]): \(text.yamlText)\(bytes.lineBreak)")]
        }
        guard line.value.isEmpty || bytes.text(line.value).yamlScalar != nil else {
            throw EditRefusal("\(path[0]) is no plain text; write it on one line", at: line.start, in: bytes)
        }
        guard !line.value.isEmpty || !isContinued(line) else {
            throw EditRefusal("\(path[0]) is no plain text; write it on one line", at: line.start, in: bytes)
        }
        let isTight = line.value.isEmpty && bytes[line.value.lowerBound - 1] == UInt8(ascii: ":")
        return [Splice(line.value, (isTight ? " " : "") + text.yamlText)]
    }

    func restoring(_ spelled: String, at path: [String]) -> [Splice]? {
        lines.first { [$0.key] == path }.map { [Splice($0.value, spelled)] }
    }

    func spelled(at path: [String]) -> String? { lines.first { [$0.key] == path }.map { bytes.text($0.value) } }

    func removing(_ path: [String]) -> [Splice] {
        lines.filter { [$0.key] == path }.map { Splice($0.start..<bytes.nextLine($0.start)) }
    }

    /// The value goes on in the next, indented, line.
    private func isContinued(_ line: Line) -> Bool {
        let next = bytes.nextLine(line.start)
        return next < bytes.count && bytes[next].isBlank
    }
}

extension [UInt8] {
    /// A line without the blanks that end it.
    fileprivate func trimmed(_ start: Int) -> String {
        var end = lineEnd(start)
        while end > start, self[end - 1].isBlank { end -= 1 }
        return text(start..<end)
    }

    /// The colon behind a plain key that a line begins with.
    fileprivate func colon(_ start: Int) -> Int? {
        guard let end = self[start..<lineEnd(start)].firstIndex(where: { !$0.isBareKey && $0 != 0x2E }), end > start,
            self[end] == UInt8(ascii: ":"), end + 1 == lineEnd(start) || self[end + 1].isBlank
        else { return nil }
        return end
    }

    /// What is written behind a colon, up to a comment.
    fileprivate func scalar(behind colon: Int) -> Range<Int> {
        let line = lineEnd(colon)
        guard let start = self[colon..<line].firstIndex(where: { !$0.isBlank }), self[start] != UInt8(ascii: "#") else {
            return colon..<colon
        }
        var end = start
        if self[start] == UInt8(ascii: "\"") || self[start] == UInt8(ascii: "'") {
            end += 1
            while end < line, self[end] != self[start] {
                end += self[start] == UInt8(ascii: "\"") && self[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            end = Swift.min(end + 1, line)
        } else {
            while end < line, !(self[end] == UInt8(ascii: "#") && self[end - 1].isBlank) { end += 1 }
        }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }
}

extension String {
    /// The text that a scalar on one line stands for; nil where it is something else, or spelled in a way not read here.
    fileprivate var yamlScalar: String? {
        guard let first = utf8.first else { return "" }
        let inner = String(dropFirst().dropLast())
        switch first {
        case UInt8(ascii: "\""):
            return utf8.count >= 2 && utf8.last == first && !inner.contains("\\") && !inner.contains("\"") ? inner : nil
        case UInt8(ascii: "'"):
            return utf8.count >= 2 && utf8.last == first && !inner.contains("'") ? inner : nil
        case _ where "|>&*!{}[],#%@`".utf8.contains(first): return nil
        default: return contains(": ") ? nil : self
        }
    }

    /// As YAML writes it: plain where it can be nothing else.
    fileprivate var yamlText: String {
        let isWord = utf8.allSatisfy { $0.isBareKey || $0 == 0x2E || $0 == 0x2F }
        let isPlain = utf8.first.map { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) } ?? false
        let meansMore = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(lowercased())
        return isWord && isPlain && !meansMore ? self : jsonText
    }
}
