/// Bytes put in place of a range of others.
struct Splice {
    var range: Range<Int>
    var bytes: [UInt8]

    init(_ range: Range<Int>, _ text: String = "") {
        self.range = range
        bytes = Array(text.utf8)
    }

    init(at offset: Int, _ text: String) { self.init(offset..<offset, text) }
}

extension [Splice] {
    /// Deletions that touch or overlap as one.
    var merged: [Splice] {
        var result: [Splice] = []
        for splice in sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = result.last, last.range.upperBound >= splice.range.lowerBound {
                let end = Swift.max(last.range.upperBound, splice.range.upperBound)
                result[result.count - 1] = Splice(last.range.lowerBound..<end)
            } else {
                result.append(splice)
            }
        }
        return result
    }
}

extension [UInt8] {
    /// The bytes with some ranges replaced, none of which overlap.
    func spliced(_ splices: [Splice]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        for splice in splices.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result += self[at..<Swift.max(at, splice.range.lowerBound)]
            result += splice.bytes
            at = Swift.max(at, splice.range.upperBound)
        }
        return result + self[at...]
    }

    var hasByteOrderMark: Bool { starts(with: [0xEF, 0xBB, 0xBF]) }

    /// The line break that the text uses; of a text without any, a line feed.
    var lineBreak: String {
        guard let first = firstIndex(of: UInt8(ascii: "\n")), first > 0, self[first - 1] == UInt8(ascii: "\r") else {
            return "\n"
        }
        return "\r\n"
    }

    /// The first byte of the line that an offset is on.
    func lineStart(_ offset: Int) -> Int {
        prefix(offset).lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? (hasByteOrderMark ? 3 : 0)
    }

    /// Where the line that an offset is on ends, before its line break.
    func lineEnd(_ offset: Int) -> Int {
        guard let feed = self[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return count }
        return feed > 0 && self[feed - 1] == UInt8(ascii: "\r") ? feed - 1 : feed
    }

    /// The first byte of the line behind the one that an offset is on.
    func nextLine(_ offset: Int) -> Int {
        self[offset...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? count
    }

    /// Nothing stands on the last line yet.
    var endsLine: Bool { isEmpty || last == 0x0A || count == 3 && hasByteOrderMark }

    /// Lines to put at the end, a blank line over them where there is anything; the text ends as it did before.
    func paragraph(of lines: [String]) -> String {
        let text = lines.joined(separator: lineBreak)
        guard !endsLine else { return (last == 0x0A ? lineBreak : "") + text + lineBreak }
        return lineBreak + lineBreak + text
    }

    /// Where a blank line right over a line begins; the line itself where there is none.
    func blankLine(above start: Int) -> Int {
        guard start > (hasByteOrderMark ? 3 : 0) else { return start }
        let above = lineStart(start - 1)
        return self[above..<start].allSatisfy(\.isSpace) ? above : start
    }

    /// Whole lines to take away: at the end of a text whose last line does not end, the line break before them goes too.
    func lines(_ range: Range<Int>) -> Range<Int> {
        guard range.upperBound == count, last != 0x0A, range.lowerBound > (hasByteOrderMark ? 3 : 0) else {
            return range
        }
        return lineEnd(range.lowerBound - 1)..<range.upperBound
    }

    func isBlank(_ range: Range<Int>) -> Bool { self[range].allSatisfy(\.isBlank) }

    func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

    /// The spaces and tabs that a line begins with.
    func indent(_ lineStart: Int) -> String {
        text(lineStart..<(self[lineStart...].firstIndex { !$0.isBlank } ?? count))
    }
}

extension UInt8 {
    /// A space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isLineBreak: Bool { self == 0x0A || self == 0x0D }
    var isSpace: Bool { isBlank || isLineBreak }
}
