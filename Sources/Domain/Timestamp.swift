/// A moment in milliseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Sendable, Comparable, Codable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

    /// A time no log carries; stands for "the line had none".
    package static let unknown = Timestamp(milliseconds: 0)

    /// The calendar day in UTC.
    package var day: Day { Day(number: Int32(clamping: milliseconds.flooredDivision(by: 86_400_000))) }

    /// How long after another moment it is; of moments too far apart the most there is.
    package func milliseconds(since other: Timestamp) -> Int64 {
        let (difference, isTooMuch) = milliseconds.subtractingReportingOverflow(other.milliseconds)
        guard isTooMuch else { return difference }
        return milliseconds < other.milliseconds ? .min : .max
    }

    /// The moment so much later, or earlier; the last or first there is where it would lie beyond.
    package func advanced(byMilliseconds distance: Int64) -> Timestamp {
        let (sum, isTooMuch) = milliseconds.addingReportingOverflow(distance)
        guard isTooMuch else { return Timestamp(milliseconds: sum) }
        return Timestamp(milliseconds: distance < 0 ? .min : .max)
    }

    /// In nanoseconds, as file systems tell times; the most there is where that would be too much.
    package var nanoseconds: Int64 {
        let (product, isTooMuch) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
        guard isTooMuch else { return product }
        return milliseconds < 0 ? .min : .max
    }
}

/// A calendar day, counted from 1970-01-01.
package struct Day: Hashable, Sendable, Comparable, Codable {
    package var number: Int32

    package init(number: Int32) { self.number = number }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    /// The day so many days later, or earlier, as far as there are days.
    package func advanced(byDays days: Int) -> Day {
        let (sum, isTooMuch) = Int(number).addingReportingOverflow(days)
        return Day(number: isTooMuch ? (days < 0 ? .min : .max) : Int32(clamping: sum))
    }

    package var start: Timestamp { Timestamp(milliseconds: Int64(number) * 86_400_000) }
}

extension Day {
    /// The day of a date in the proleptic Gregorian calendar.
    ///
    /// The algorithm is Howard Hinnant's `days_from_civil`.
    package init(year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
    }

    /// Year, month and day; Howard Hinnant's `civil_from_days`.
    package var date: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The day a text like `2026-08-21` names, or nil.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
        guard self.date == (year, month, day) else { return nil }
    }
}

extension Day: CustomStringConvertible {
    package var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let (year, month, day) = date
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC, to the second or, where there are any, to the millisecond.
    package var description: String {
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let remainder = milliseconds % 86_400_000
        let inDay = remainder < 0 ? remainder + 86_400_000 : remainder
        let seconds = inDay / 1000
        let fraction = inDay % 1000 == 0 ? "" : "." + padded(inDay % 1000, 3)
        return
            "\(day)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))\(fraction)Z"
    }
}

extension Int64 {
    package func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
