/// A time to live that could have been asked for, and for which requests.
struct LifetimeChange: Hashable, CaseIterable {
    /// What Claude Code lets be set apart.
    enum Part: UInt8, CaseIterable {
        case main
        /// Subagents and every other request outside of the main conversation.
        case others

        var name: String { self == .main ? "the main conversation" : "subagents and compactions" }
    }

    var part: Part
    /// An hour instead of five minutes; else the other way round.
    var isLong: Bool

    static let allCases = Part.allCases.flatMap { part in
        [true, false].map { LifetimeChange(part: part, isLong: $0) }
    }

    var milliseconds: Int64 { (isLong ? 60 : 5) * 60_000 }

    /// As settings spell it.
    var name: String { isLong ? "1h" : "5m" }

    /// Claude Code's key in settings.json.
    var setting: String { part == .main ? "promptCacheTtl" : "subagentPromptCacheTtl" }
}
