/// The numbers of a text in the order they stand, such as `1,250`, `.5` and `-3`, without signs and units round them.
struct NumberScan {
    struct Found: Hashable {
        var value: Double
        /// Of its first byte, the minus sign if it has one, and the byte behind its last.
        var range: Range<Int>
    }

    let found: [Found]

    init(_ text: [UInt8]) {
        var found: [Found] = []
        var index = 0
        while index < text.count {
            if let number = Self.number(in: text, at: index) {
                found.append(number)
                index = number.range.upperBound
            } else {
                index += 1
            }
        }
        self.found = found
    }

    /// The number that begins at a byte; none inside of a word, such as in `x2` or `gpt-4`.
    static func number(in text: [UInt8], at start: Int) -> Found? {
        var index = start
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative {
            // A minus between two things subtracts or joins; a number's own sign begins something.
            if start > 0, !text[start - 1].isSpace, !text[start - 1].opens { return nil }
            index += 1
        }
        guard index < text.count else { return nil }
        let beginsWithPoint = text[index] == UInt8(ascii: ".")
        let firstDigit = beginsWithPoint ? index + 1 : index
        guard firstDigit < text.count, text[firstDigit].isNumeral else { return nil }
        if start > 0, text[start - 1].isOfWord { return nil }
        if start > 1, text[start - 1] == UInt8(ascii: "-"), text[start - 2].isLetterlike { return nil }
        var value = 0.0
        var scale = 0.0
        while index < text.count {
            let byte = text[index]
            let next = index + 1 < text.count ? text[index + 1] : 0
            if byte.isNumeral {
                if scale == 0 {
                    value = value * 10 + Double(byte - 0x30)
                } else {
                    value += Double(byte - 0x30) * scale
                    scale /= 10
                }
            } else if byte == UInt8(ascii: "."), scale == 0, next.isNumeral {
                scale = 0.1
            } else if byte == UInt8(ascii: ","), scale == 0, Self.isThousand(text, behind: index) {
                // Read over.
            } else {
                break
            }
            index += 1
        }
        return Found(value: isNegative ? -value : value, range: start..<index)
    }

    /// Three digits and no fourth.
    private static func isThousand(_ text: [UInt8], behind comma: Int) -> Bool {
        guard comma + 3 < text.count, text[comma + 1...comma + 3].allSatisfy(\.isNumeral) else { return false }
        return comma + 4 == text.count || !text[comma + 4].isNumeral
    }
}

extension UInt8 {
    var isNumeral: Bool { self >= 0x30 && self <= 0x39 }
    var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
    /// Bytes above ASCII belong to words.
    var isLetterlike: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A || self >= 0x80 }
    fileprivate var isOfWord: Bool { isLetterlike || isNumeral || self == UInt8(ascii: "_") }
    fileprivate var opens: Bool {
        switch self {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "="), UInt8(ascii: ","),
            UInt8(ascii: "$"), UInt8(ascii: ":"), UInt8(ascii: "\""), UInt8(ascii: "*"), UInt8(ascii: "<"):
            true
        default: false
        }
    }
}
