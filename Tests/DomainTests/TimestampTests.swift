import Domain
import Foundation
import Statistics
import Testing

@Suite struct TimestampTests {
    private let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    @Test func `days are the days of the calendar`() throws {
        var random = SeededGenerator(seed: 1)
        // From 1600 to 2400: what lies before the Gregorian reform has two calendars.
        for number in (0..<2000).map({ _ in Int32.random(in: -135_140...157_054, using: &random) }) {
            let day = Day(number: number)
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            try #require(day.date == (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0))
            try #require(Day(year: day.date.year, month: day.date.month, day: day.date.day) == day)
            try #require(Day(day.description) == day)
            try #require(day.start.day == day)
        }
    }

    @Test(arguments: [Int32.min, -1, 0, .max])
    func `any day has a date and comes back from it`(number: Int32) {
        let day = Day(number: number)
        #expect(Day(year: day.date.year, month: day.date.month, day: day.date.day) == day)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (1_767_261_601_000, "2026-01-01T10:00:01Z"), (951_782_400_120, "2000-02-29T00:00:00.120Z"),
    ])
    func `a moment is written in ISO 8601`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test(arguments: [(-1, -1), (0, 0), (86_399_999, 0), (86_400_000, 1), (-86_400_000, -1), (-86_400_001, -2)])
    func `a day begins at midnight, before 1970 too`(milliseconds: Int64, number: Int32) {
        #expect(Timestamp(milliseconds: milliseconds).day.number == number)
    }

    @Test(
        arguments: [
            (5, 3, 2), (3, 5, -2), (.max, -1, .max), (.min, 1, .min), (-1, .max, .min), (.max, .min, .max),
        ] as [(Int64, Int64, Int64)]
    )
    func `a difference of moments saturates`(later: Int64, earlier: Int64, difference: Int64) {
        let (one, other) = (Timestamp(milliseconds: later), Timestamp(milliseconds: earlier))
        #expect(one.milliseconds(since: other) == difference)
    }

    @Test func `no moment or day lies beyond the last`() {
        #expect(Timestamp(milliseconds: .max).advanced(byMilliseconds: 1).milliseconds == .max)
        #expect(Timestamp(milliseconds: .min).advanced(byMilliseconds: -1).milliseconds == .min)
        #expect(Timestamp(milliseconds: 5).advanced(byMilliseconds: -7).milliseconds == -2)
        #expect(Timestamp(milliseconds: .max).nanoseconds == .max)
        #expect(Timestamp(milliseconds: -2).nanoseconds == -2_000_000)
        #expect(Day(number: .max).advanced(byDays: 3).number == .max)
        #expect(Day(number: .min).advanced(byDays: -3).number == .min)
        #expect(Day(number: 1).advanced(byDays: .max).number == .max)
    }

    @Test func `no moment stops a report`() async {
        await #expect(processExitsWith: .success) {
            for milliseconds in [Int64.min, .min + 1, -9_000_000_000_000_000_000, .max] {
                _ = Timestamp(milliseconds: milliseconds).description
            }
        }
    }

    @Test(arguments: [
        "", "2026-08", "2026-8-21", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01", "2026-01-01-",
        "2026-01-01T", "+026-01-01", "2026-+1-01", "2026-01-+1", "２０２６-01-01",
    ])
    func `what names no day is none`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [("2024-02-29", 19_782), ("1970-01-01", 0), ("0001-01-01", -719_162)])
    func `what names a day is that day`(text: String, number: Int32) {
        #expect(Day(text)?.number == number)
    }

    @Test func `a window includes its start and not its end`() {
        let window = Window(from: Timestamp(milliseconds: 10), to: Timestamp(milliseconds: 20))
        #expect([9, 10, 19, 20].map { window.contains(Timestamp(milliseconds: $0)) } == [false, true, true, false])
        #expect(Window.everything.contains(Timestamp(milliseconds: .max)))
    }
}
