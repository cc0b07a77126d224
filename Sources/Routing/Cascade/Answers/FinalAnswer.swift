/// What an answer comes to: the text behind its last marker such as `Answer:` or `####`, else its last line.
struct FinalAnswer: Hashable {
    /// Lower-cased, without white space, emphasis and full stop at its ends.
    var text: [UInt8]
    /// The last number of the text; where there is none, of the whole answer.
    var number: Double?
    /// Whether the answer says which its final answer is.
    var isMarked: Bool

    /// What ends up in front of a final answer, in lower case.
    private static let markers: [[UInt8]] = [
        "####", "final answer", "answer:", "answer is", "the answer", "\\boxed{", "in conclusion", "in summary",
        "result:", "result is",
    ].map { Array($0.utf8) }

    /// `text` is in lower case.
    init(_ text: [UInt8], numbers: NumberScan) {
        let marker = Self.markers.compactMap { marker in text.lastPlace(of: marker).map { $0 + marker.count } }.max()
        isMarked = marker != nil
        let end = text.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? 0
        var start = min(marker ?? 0, end)
        if marker == nil, let lineFeed = text[..<end].lastIndex(of: 0x0A) { start = lineFeed + 1 }
        var range = start..<end
        // Behind a marker the answer ends with its line, unless this is empty.
        while let first = range.first, text[first].isFrame { range.removeFirst() }
        if let lineFeed = text[range].firstIndex(of: 0x0A) { range = range.lowerBound..<lineFeed }
        while let last = range.last, text[last].isFrame { range.removeLast() }
        self.text = Array(text[range])
        number = (numbers.found.last { range.contains($0.range.lowerBound) } ?? numbers.found.last)?.value
    }

    /// Whether two answers come to the same, such as `9` and `$9.00`, or `(B)` and `b`.
    func agrees(with other: FinalAnswer) -> Bool {
        if text == other.text, !text.isEmpty { return true }
        guard let number, let theirs = other.number else { return false }
        return abs(number - theirs) <= 1e-6 * max(1, abs(number))
    }
}

extension UInt8 {
    fileprivate var isFrame: Bool {
        isSpace || self == UInt8(ascii: "*") || self == UInt8(ascii: ":") || self == UInt8(ascii: ".")
            || self == UInt8(ascii: "$") || self == UInt8(ascii: "(") || self == UInt8(ascii: ")")
            || self == UInt8(ascii: "}") || self == UInt8(ascii: "`") || self == UInt8(ascii: "\"")
    }
}

extension [UInt8] {
    /// Where a text last stands in this one.
    func lastPlace(of part: [UInt8]) -> Int? {
        guard let first = part.first, count >= part.count else { return nil }
        for start in stride(from: count - part.count, through: 0, by: -1) where self[start] == first {
            if self[start..<start + part.count].elementsEqual(part) { return start }
        }
        return nil
    }

    /// How often a text stands in this one, not overlapping itself.
    func occurrences(of part: [UInt8]) -> Int {
        guard let first = part.first, count >= part.count else { return 0 }
        var found = 0
        var start = 0
        while start <= count - part.count {
            if self[start] == first, self[start..<start + part.count].elementsEqual(part) {
                found += 1
                start += part.count
            } else {
                start += 1
            }
        }
        return found
    }

    /// ASCII letters in lower case, all else as it is.
    init(lowercasing text: String) {
        self = text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }
}
