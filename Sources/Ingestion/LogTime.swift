package import Domain
package import JSONText

extension Timestamp {
    /// The moment an RFC 3339 text names, such as `2026-06-03T10:51:06.248Z` or `…+02:00`; nil for any other text.
    ///
    /// Foundation's formatters need 0.5 to 36 µs for this; logs hold millions of times.
    package init?(_ text: RawText) { self.init(rfc3339: text.bytes) }

    package init?(rfc3339 text: UnsafeRawBufferPointer) {
        if text.count == 24, let usual = Timestamp(usual: text) {
            self = usual
        } else if let unusual = Timestamp(unusual: text) {
            self = unusual
        } else {
            return nil
        }
    }

    /// A text like `2026-06-03T10:51:06.248Z`, as nearly all logs write times: three words of eight digits and marks,
    /// in which two digits that stand side by side are added up at once.
    private init?(usual text: UnsafeRawBufferPointer) {
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        // Digits become 0 to 9 and the right marks 0; the sums have a byte's high bit where it is anything else.
        let date = word(0) ^ 0x2D30_302D_3030_3030
        let clock = word(8) ^ 0x3030_3A30_3054_3030
        let rest = word(16) ^ 0x5A30_3030_2E30_303A
        let sums =
            date | (date &+ 0x7F76_767F_7676_7676) | clock | (clock &+ 0x7676_7F76_767F_7676)
            | rest | (rest &+ 0x7F76_7676_7F76_767F)
        guard sums & 0x8080_8080_8080_8080 == 0 else { return nil }
        func pairs(_ word: UInt64) -> UInt64 { word &* 10 &+ word >> 8 }
        func byte(_ index: Int, of word: UInt64) -> Int { Int(word >> UInt64(index * 8) & 0xFF) }
        let (dates, clocks, rests) = (pairs(date), pairs(clock), pairs(rest))
        let (month, day) = (byte(5, of: dates), byte(0, of: clocks))
        guard month >= 1, month <= 12, day >= 1, day <= 31 else { return nil }
        let named = Day(year: byte(0, of: dates) * 100 + byte(2, of: dates), month: month, day: day)
        let minutes = byte(3, of: clocks) * 60 + byte(6, of: clocks)
        let thousandths = byte(1, of: rests) * 1000 + byte(4, of: rests) * 10 + byte(6, of: rest)
        self.init(milliseconds: Int64(named.number) * 86_400_000 + Int64(minutes * 60_000 + thousandths))
    }

    /// A text with other fractions, without any, or with a zone.
    private init?(unusual text: UnsafeRawBufferPointer) {
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
