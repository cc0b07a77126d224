package import Domain
package import JSONText

extension Timestamp {
    /// The moment an RFC 3339 text names, such as `2026-06-03T10:51:06.248Z` or `…+02:00`; nil for any other text.
    ///
    /// Foundation's formatters need 0.5 to 36 µs for this; logs hold millions of times.
    package init?(_ text: RawText) { self.init(rfc3339: text.bytes) }

    package init?(rfc3339 text: UnsafeRawBufferPointer) {
        guard text.count >= 19, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":")
        else { return nil }
        var isValid = true
        func number(_ from: Int, _ count: Int) -> Int {
            var value = 0
            for index in from..<from + count {
                let digit = text[index] &- 0x30
                if digit > 9 { isValid = false }
                value = value &* 10 &+ Int(digit)
            }
            return value
        }
        let day = Day(year: number(0, 4), month: number(5, 2), day: number(8, 2))
        var milliseconds = Int64(day.number) * 86_400_000
        milliseconds += Int64(number(11, 2) * 3_600_000 + number(14, 2) * 60_000 + number(17, 2) * 1000)
        var index = 19
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            var scale: Int64 = 100
            while index < text.count, case let digit = text[index] &- 0x30, digit <= 9 {
                milliseconds += Int64(digit) * scale
                scale /= 10
                index += 1
            }
        }
        if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
            guard text.count >= index + 6 else { return nil }
            let offset = Int64(number(index + 1, 2) * 60 + number(index + 4, 2)) * 60_000
            milliseconds += text[index] == UInt8(ascii: "+") ? -offset : offset
        }
        guard isValid, (1...12).contains(number(5, 2)), (1...31).contains(number(8, 2)) else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

extension JSONScanner {
    /// The years in which a log may have been written, in milliseconds.
    private static let plausible: Range<Int64> = {
        let (first, end) = (Day(year: 2000, month: 1, day: 1), Day(year: 2100, month: 1, day: 1))
        return first.start.milliseconds..<end.start.milliseconds
    }()

    /// What is said of a record with a time that cannot be, such as one in nanoseconds.
    static let refusedTime = "a time outside the years 2000 to 2099; the record was kept without it"

    /// A time in milliseconds that a log may have been written at; nil for any other, of which the scanner keeps note.
    mutating func loggedMilliseconds() -> Int64? {
        guard let number = integer().map({ Int64($0) }), number != 0 else { return nil }
        guard let time = JSONScanner.plausible(number) else {
            hasRefusedValue = true
            return nil
        }
        return time
    }

    /// The same of a number at hand.
    static func plausible(_ milliseconds: Int64) -> Int64? {
        plausible.contains(milliseconds) ? milliseconds : nil
    }
}
