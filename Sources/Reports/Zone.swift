package import Domain
package import Foundation

/// A time zone as reports need it: the local day of a moment, a million times over.
///
/// Asking Foundation for each call would take longer than everything else together, so the zone's changes of
/// offset are found once for the years in which logs exist; other years are asked for one by one.
package struct Zone: Sendable {
    package let name: String
    private let timeZone: TimeZone
    /// From each moment on, in milliseconds, the offset from UTC holds that stands beside it.
    private let offsets: [(from: Int64, offset: Int64)]

    private static let known: ClosedRange<Int64> =
        Day(year: 2022, month: 1, day: 1).start.milliseconds...Day(year: 2032, month: 1, day: 1).start.milliseconds
    private static let namesOfUTC: Set<String> = ["UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu", "Etc/Zulu"]
    private static let week: Int64 = 7 * 86_400_000

    package init(_ timeZone: TimeZone) {
        name = Zone.namesOfUTC.contains(timeZone.identifier) ? "UTC" : timeZone.identifier
        self.timeZone = timeZone
        offsets = Zone.offsets(of: timeZone)
    }

    /// The zone a name like `Europe/Brussels` stands for, or nil when there is none.
    package init?(named name: String) {
        guard let timeZone = TimeZone(identifier: name) else { return nil }
        self.init(timeZone)
    }

    package static var utc: Zone { Zone(.gmt) }

    package func day(of time: Timestamp) -> Day { local(time).day }

    /// The first moment of a local day, also where the clock skips midnight.
    package func start(of day: Day) -> Timestamp {
        // No zone is further than 15 hours from UTC.
        var low = day.start.milliseconds - 15 * 3_600_000
        var high = day.start.milliseconds + 15 * 3_600_000
        while low < high {
            let middle = low + (high - low) / 2
            if self.day(of: Timestamp(milliseconds: middle)) < day { low = middle + 1 } else { high = middle }
        }
        return Timestamp(milliseconds: low)
    }

    /// The local date and time to the minute, such as `2026-08-21 14:03`.
    package func minute(of time: Timestamp) -> String {
        String(second(of: time).dropLast(3))
    }

    /// The local date and time to the second.
    package func second(of time: Timestamp) -> String {
        let text = local(time).description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
    }

    /// The moment as if its local reading were UTC.
    private func local(_ time: Timestamp) -> Timestamp {
        time.advanced(byMilliseconds: offset(at: time.milliseconds))
    }

    private func offset(at milliseconds: Int64) -> Int64 {
        guard Zone.known.contains(milliseconds) else { return Zone.offset(of: timeZone, at: milliseconds) }
        var low = 0
        var high = offsets.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if offsets[middle].from <= milliseconds { low = middle } else { high = middle - 1 }
        }
        return offsets[low].offset
    }

    private static func offset(of timeZone: TimeZone, at milliseconds: Int64) -> Int64 {
        Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))) * 1000
    }

    /// Looks once a week and closes in on each change; no zone changes its offset and back within one.
    ///
    /// `nextDaylightSavingTimeTransition` would be the obvious way, but leaves out changes that are not for summer time.
    private static func offsets(of timeZone: TimeZone) -> [(from: Int64, offset: Int64)] {
        var current = offset(of: timeZone, at: known.lowerBound)
        var found = [(from: known.lowerBound, offset: current)]
        var start = known.lowerBound
        while start < known.upperBound {
            let end = start + week
            let next = offset(of: timeZone, at: end)
            if next != current {
                var low = start
                var high = end
                while high - low > 1 {
                    let middle = low + (high - low) / 2
                    if offset(of: timeZone, at: middle) == current { low = middle } else { high = middle }
                }
                found.append((from: high, offset: next))
                current = next
            }
            start = end
        }
        return found
    }
}

extension Day {
    /// The ISO 8601 week, such as `2026-W34`: weeks start on Monday and belong to the year of their Thursday.
    package var week: String {
        let thursday = monday.advanced(byDays: 3)
        let year = thursday.date.year
        let number = (thursday.number - Day(year: year, month: 1, day: 1).number) / 7 + 1
        return "\(thursday.description.prefix(4))-W\(number < 10 ? "0" : "")\(number)"
    }

    /// The month, such as `2026-08`.
    package var month: String { String(description.prefix(7)) }

    /// The first day of the week.
    package var monday: Day {
        // 1970-01-01 was a Thursday.
        let sinceMonday = (Int(number) + 3) % 7
        return advanced(byDays: -(sinceMonday < 0 ? sinceMonday + 7 : sinceMonday))
    }
}
