#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How long an answer is, how it is laid out, and whether it goes round in circles.
struct AnswerShape: Hashable {
    var bytes: Int
    /// Those that are not blank.
    var lines: Int
    var words: Int
    /// Of the bytes that are not white space, in 0...1.
    var digitShare: Double
    /// Of the lines that are not blank: those that were said before, in 0...1.
    var repeatedLines: Double
    /// Of the groups of four words: those that were said before, in 0...1.
    var repeatedPhrases: Double
    /// Lines of lists and headings, of the lines that are not blank, in 0...1.
    var listedLines: Double
    var hasCode: Bool

    init(_ text: [UInt8]) {
        let lines = text.split(separator: 0x0A).filter { $0.contains { !$0.isSpace } }
        let words = text.split(whereSeparator: \.isSpace)
        let visible = words.reduce(0) { $0 + $1.count }
        bytes = visible + max(0, words.count - 1)
        self.lines = lines.count
        self.words = words.count
        digitShare = visible == 0 ? 0 : Double(text.count { $0.isNumeral }) / Double(visible)
        repeatedLines = lines.isEmpty ? 0 : 1 - Double(Set(lines).count) / Double(lines.count)
        let groups = max(0, words.count - 3)
        let distinct = Set((0..<groups).map { Array(words[$0..<$0 + 4]) }).count
        repeatedPhrases = groups == 0 ? 0 : 1 - Double(distinct) / Double(groups)
        let listed = lines.count { line in
            guard let first = line.first(where: { !$0.isSpace }) else { return false }
            return first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "#")
        }
        listedLines = lines.isEmpty ? 0 : Double(listed) / Double(lines.count)
        hasCode = text.occurrences(of: Array("```".utf8)) > 0
    }
}
