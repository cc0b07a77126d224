import Domain
import Reports
import Testing

@Suite struct BudgetWindowTests {
    @Test(arguments: [
        (BudgetWindow.day, "UTC", Timestamp.utc(2026, 8, 21), Timestamp.utc(2026, 8, 21), Timestamp.utc(2026, 8, 22)),
        // The first and the last moment of a Brussels day.
        (.day, "Europe/Brussels", .utc(2026, 8, 20, 22), .utc(2026, 8, 20, 22), .utc(2026, 8, 21, 22)),
        (.day, "Europe/Brussels", .utc(2026, 8, 21, 21, 59), .utc(2026, 8, 20, 22), .utc(2026, 8, 21, 22)),
        // Days of 23 and of 25 hours.
        (.day, "Europe/Brussels", .utc(2026, 3, 29, 12), .utc(2026, 3, 28, 23), .utc(2026, 3, 29, 22)),
        (.day, "Europe/Brussels", .utc(2026, 10, 25, 12), .utc(2026, 10, 24, 22), .utc(2026, 10, 25, 23)),
        // Summer time begins at midnight here: the day's first moment is 01:00.
        (.day, "America/Havana", .utc(2026, 3, 8, 12), .utc(2026, 3, 8, 5), .utc(2026, 3, 9, 4)),
        // Sunday belongs to the week before, Monday begins one.
        (.week, "UTC", .utc(2026, 8, 23, 23, 59), .utc(2026, 8, 17), .utc(2026, 8, 24)),
        (.week, "UTC", .utc(2026, 8, 24), .utc(2026, 8, 24), .utc(2026, 8, 31)),
        (.week, "America/New_York", .utc(2026, 8, 24, 3, 59), .utc(2026, 8, 17, 4), .utc(2026, 8, 24, 4)),
        // Summer time ends within it: a week and an hour.
        (.week, "Europe/Brussels", .utc(2026, 10, 22), .utc(2026, 10, 18, 22), .utc(2026, 10, 25, 23)),
        // A week of two years.
        (.week, "UTC", .utc(2027, 1, 1), .utc(2026, 12, 28), .utc(2027, 1, 4)),
        (.month, "UTC", .utc(2026, 8, 31, 23, 59), .utc(2026, 8, 1), .utc(2026, 9, 1)),
        (.month, "UTC", .utc(2028, 2, 29), .utc(2028, 2, 1), .utc(2028, 3, 1)),
        (.month, "UTC", .utc(2026, 12, 31), .utc(2026, 12, 1), .utc(2027, 1, 1)),
        (.month, "Asia/Tokyo", .utc(2026, 7, 31, 15), .utc(2026, 7, 31, 15), .utc(2026, 8, 31, 15)),
        (.month, "Europe/Brussels", .utc(2026, 3, 15), .utc(2026, 2, 28, 23), .utc(2026, 3, 31, 22)),
    ])
    func `a window is of local days, from its first moment to the next one's`(
        window: BudgetWindow,
        zone: String,
        now: Timestamp,
        from: Timestamp,
        to: Timestamp
    ) throws {
        let zone = try #require(Zone(named: zone))
        #expect(window.window(at: now, in: zone) == Window(from: from, to: to))
    }
}
