package import Domain

/// The stretch of local time a budget is for; the next one begins with nothing spent.
package enum BudgetWindow: String, CaseIterable, Sendable {
    case day
    /// ISO 8601: from Monday on.
    case week
    case month

    /// The window a moment lies in, from the first moment of its first local day to that of the next window.
    package func window(at time: Timestamp, in zone: Zone) -> Window {
        let days = days(around: zone.day(of: time))
        return Window(from: zone.start(of: days.first), to: zone.start(of: days.next))
    }

    /// The window's first day, and that of the one after it.
    package func days(around day: Day) -> (first: Day, next: Day) {
        switch self {
        case .day: return (day, day.advanced(byDays: 1))
        case .week: return (day.monday, day.monday.advanced(byDays: 7))
        case .month:
            let (year, month, _) = day.date
            return (
                Day(year: year, month: month, day: 1),
                Day(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            )
        }
    }

    /// How a sentence names the one that is now.
    package var name: String {
        switch self {
        case .day: "today"
        case .week: "this week"
        case .month: "this month"
        }
    }
}
