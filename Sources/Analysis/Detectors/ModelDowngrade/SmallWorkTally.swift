import Domain

/// What ``ModelDowngrade`` looked at, in counts.
struct SmallWorkTally: Sendable {
    var sessions = 0
    var tasks = 0
    var subagents = 0
    var claimed = 0
    var withoutTarget = 0
    var doubts: [Doubt: Int] = [:]
    /// Calls inside a thread that did one small thing, and how many of them can move.
    var calls = 0
    var movedCalls = 0

    mutating func note(_ found: RoleCalls, moved judgement: Judgement) {
        calls += found.roles.count
        if case .small(let claim) = judgement { movedCalls += claim.candidate.calls.count }
    }

    func summary(dropped: Int) -> String {
        var parts = [
            "looked at \(sessions.of("session")) and, where these were not small as a whole, at \(tasks.of("task")) and "
                + "\(subagents.of("subagent")); \(claimed.of("small one")) can move"
        ]
        if withoutTarget > 0 {
            parts.append("\(withoutTarget.of("small one")) \(withoutTarget == 1 ? "has" : "have") no cheaper model")
        }
        if calls > 0 {
            parts.append(
                "of \(calls.of("other call")) that did one small thing, \(movedCalls) can move without costing more for "
                    + "the cache than they save"
            )
        }
        if dropped > 0 { parts.append("\(dropped) would cost more to move than they save") }
        if !doubts.isEmpty {
            let ranked = doubts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            let texts = ranked.map { "\($0.value) because \($0.key.rawValue)" }
            parts.append("small by numbers but kept: \(texts.joined(separator: ", "))")
        }
        return parts.joined(separator: "; ")
    }
}
