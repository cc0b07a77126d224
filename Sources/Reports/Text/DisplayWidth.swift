extension String {
    /// The terminal columns the text takes: two for East Asian wide characters and emoji, none for what combines.
    package var displayWidth: Int {
        // A carriage return and line feed would be one character; ``visible`` has removed both before it comes to this.
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.displayWidth }
    }

    /// As many leading characters as fit into the columns.
    func prefix(columns: Int) -> Substring {
        var left = columns
        return prefix { character in
            left -= character.displayWidth
            return left >= 0
        }
    }

    /// As many trailing characters as fit into the columns.
    func suffix(columns: Int) -> Substring {
        var left = columns
        var start = endIndex
        while start > startIndex {
            let before = index(before: start)
            left -= self[before].displayWidth
            guard left >= 0 else { break }
            start = before
        }
        return self[start...]
    }

    /// The text in at most that many columns, with `…` for what is left out of its middle.
    ///
    /// Of a path or an id, the end tells more than the start: it keeps two thirds.
    package func shortenedInMiddle(to columns: Int) -> String {
        guard displayWidth > columns else { return self }
        guard columns > 1 else { return String(prefix(columns: columns)) }
        let head = (columns - 1) / 3
        return prefix(columns: head) + "…" + suffix(columns: columns - 1 - head)
    }

    /// The text in at most that many columns, with `…` for what is left out at its end.
    package func shortenedAtEnd(to columns: Int) -> String {
        guard displayWidth > columns else { return self }
        guard columns > 1 else { return String(prefix(columns: columns)) }
        return prefix(columns: columns - 1) + "…"
    }
}

extension Character {
    /// A user-perceived character is as wide as its widest part; an emoji made of many is one.
    var displayWidth: Int {
        var width = 0
        for scalar in unicodeScalars {
            if scalar == "\u{FE0F}" || scalar.isWide { return 2 }
            if width == 0, !scalar.combines { width = 1 }
        }
        return width
    }
}

extension Unicode.Scalar {
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
        0x1AFF0...0x1B2FF, 0x1F1E6...0x1F1FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]

    /// East Asian Width is Wide or Fullwidth, or the character is shown as an emoji.
    fileprivate var isWide: Bool {
        if value < 0x1100 { return false }
        return Unicode.Scalar.wideRanges.contains { $0.contains(value) } || properties.isEmojiPresentation
    }

    /// Takes no column of its own.
    fileprivate var combines: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: (0x1160...0x11FF).contains(value)
        }
    }
}
