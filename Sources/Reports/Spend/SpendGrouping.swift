/// What the rows of a spend report stand for.
package enum SpendGrouping: String, CaseIterable, Sendable {
    case day
    case week
    case month
    case model
    case project
    case session
    case agent
    /// A call's cost is split evenly over its tool calls.
    case tool
    /// The main thread, and subagents by their kind.
    case subagent

    /// Rows in the order of the calendar; all others stand with the largest cost first.
    package var isChronological: Bool { self == .day || self == .week || self == .month }

    /// What the key is shortened like when the terminal is narrow.
    var shortening: Table.Column.Shortening {
        switch self {
        case .day, .week, .month, .agent: .none
        case .model, .tool, .subagent: .middle(atLeast: 18)
        case .project, .session: .middle(atLeast: 16)
        }
    }
}
