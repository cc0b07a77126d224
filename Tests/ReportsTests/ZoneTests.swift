import Domain
import Reports
import Testing

@Suite struct ZoneTests {
    @Test(arguments: [
        // Summer time begins on 2026-03-29 at 01:00 UTC and ends on 2026-10-25 at 01:00 UTC.
        ("Europe/Brussels", Timestamp.utc(2026, 3, 28, 22, 59), "2026-03-28 23:59"),
        ("Europe/Brussels", .utc(2026, 3, 28, 23, 0), "2026-03-29 00:00"),
        ("Europe/Brussels", .utc(2026, 3, 29, 0, 59), "2026-03-29 01:59"),
        ("Europe/Brussels", .utc(2026, 3, 29, 1, 0), "2026-03-29 03:00"),
        ("Europe/Brussels", .utc(2026, 10, 25, 0, 59), "2026-10-25 02:59"),
        ("Europe/Brussels", .utc(2026, 10, 25, 1, 0), "2026-10-25 02:00"),
        ("America/New_York", .utc(2026, 8, 21, 3, 59), "2026-08-20 23:59"),
        ("Asia/Kolkata", .utc(2026, 8, 20, 18, 30), "2026-08-21 00:00"),
        ("Asia/Kathmandu", .utc(2026, 8, 20, 18, 14), "2026-08-20 23:59"),
        ("Australia/Lord_Howe", .utc(2026, 4, 4, 14, 59), "2026-04-05 01:59"),
        ("Australia/Lord_Howe", .utc(2026, 4, 4, 15, 0), "2026-04-05 01:30"),
        ("Pacific/Kiritimati", .utc(2026, 8, 20, 10, 0), "2026-08-21 00:00"),
        // Years that no log is from are right as well.
        ("Europe/Brussels", .utc(1999, 7, 1, 12, 0), "1999-07-01 14:00"),
        ("Europe/Brussels", .utc(2040, 1, 1, 12, 0), "2040-01-01 13:00"),
    ])
    func `a moment is read by the clock on the wall`(zone: String, time: Timestamp, text: String) throws {
        let zone = try #require(Zone(named: zone))
        #expect(zone.minute(of: time) == text)
    }

    @Test(arguments: [
        ("Europe/Brussels", Day(year: 2026, month: 3, day: 29), Timestamp.utc(2026, 3, 28, 23)),
        ("Europe/Brussels", Day(year: 2026, month: 3, day: 30), .utc(2026, 3, 29, 22)),
        ("Asia/Kolkata", Day(year: 2026, month: 8, day: 21), .utc(2026, 8, 20, 18, 30)),
        // Summer time begins at midnight here: the day's first moment is 01:00.
        ("America/Havana", Day(year: 2026, month: 3, day: 8), .utc(2026, 3, 8, 5)),
    ])
    func `a day starts at its first moment`(zone: String, day: Day, start: Timestamp) throws {
        let zone = try #require(Zone(named: zone))
        #expect(zone.start(of: day) == start)
        #expect(zone.day(of: start) == day)
        #expect(zone.day(of: Timestamp(milliseconds: start.milliseconds - 1)) < day)
    }

    @Test(arguments: [
        ("2026-08-20", "2026-W34"), ("2026-08-24", "2026-W35"), ("2025-12-29", "2026-W01"), ("2027-01-03", "2026-W53"),
        ("2024-12-30", "2025-W01"), ("1970-01-01", "1970-W01"),
    ])
    func `weeks start on Monday and belong to the year of their Thursday`(day: String, week: String) throws {
        #expect(try #require(Day(day)).week == week)
    }

    @Test func `a name that is no zone gives none`() {
        #expect(Zone(named: "Middle/Earth") == nil)
    }

    @Test func `a million moments take no time to speak of`() throws {
        let zone = try #require(Zone(named: "America/New_York"))
        let started = ContinuousClock.now
        var sum: Int64 = 0
        for index in 0..<1_000_000 {
            sum += Int64(zone.day(of: Timestamp(milliseconds: 1_760_000_000_000 + Int64(index) * 20_000)).number)
        }
        #expect(sum > 0)
        #expect(ContinuousClock.now - started < .seconds(5))
    }
}
