import Analysis

/// A key of `[validation]`: what it takes before a rule is promoted or demoted.
enum ValidationLimit: String, CaseIterable {
    /// Days a rule must have been kept to be promoted.
    case days
    /// Like tasks on each side of its beginning.
    case tasks
    /// Sessions that these are in, on each side.
    case sessions

    /// Of fewer than two sessions nobody can say how much sessions differ by themselves; work longer ago than 90 days is
    /// not compared.
    var range: ClosedRange<Int> {
        switch self {
        case .days: 1...90
        case .tasks: 2...100_000
        case .sessions: 2...100_000
        }
    }

    /// What may be written.
    var rangeText: String { "a whole number from \(range.lowerBound) to \(range.upperBound)" }
}

extension RuleWatch.Limits {
    /// The usual ones, but for those that somebody has set.
    init(_ values: [ValidationLimit: Int]) {
        self.init()
        days = values[.days] ?? days
        tasks = values[.tasks] ?? tasks
        sessions = values[.sessions] ?? sessions
    }
}
