import Domain

/// What was read from the cache, and by project why it was not.
struct CacheTally {
    private var sessions = 0
    private var calls = 0
    private var promptTokens = 0
    private var readTokens = 0
    private var rebuilds = 0
    private var byProject: [String: [RebuildReason: Money]] = [:]

    mutating func add(_ session: PricedSession) {
        sessions += 1
        for thread in session.threads {
            for (index, step) in thread.steps.enumerated() where thread.isOwn[index] {
                calls += 1
                promptTokens &+= step.call.usage.promptTokens
                readTokens &+= step.call.usage.cacheReadTokens
            }
        }
    }

    mutating func add(_ found: [Rebuild], in project: String) {
        rebuilds += found.count
        for rebuild in found {
            byProject[project, default: [:]][rebuild.reason, default: .zero] += rebuild.saving
        }
    }

    func shares(in project: String) -> RebuildShares { RebuildShares(money: byProject[project] ?? [:]) }

    /// Why prompts of a project were cached again, most money first.
    func reasons(in project: String) -> [RebuildReason] {
        shares(in: project).money.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map(\.key)
    }

    var summary: String {
        let looked = "looked at \(calls.of("call")) of \(sessions.of("session")): "
        guard calls > 0 else { return looked + "nothing to recover in caching" }
        let read = promptTokens > 0 ? Double(readTokens) / Double(promptTokens) : 0
        let share = "\((read * 100).percent) of prompt tokens were read from the cache"
        return looked
            + (rebuilds == 0
                ? "nothing to recover in caching, " + share
                : share + ", and \(rebuilds.of("call")) cached again what had been there")
    }
}

/// What of a project's rebuilds was for which reason.
struct RebuildShares {
    var money: [RebuildReason: Money]

    /// A whole percentage of some reasons together; nil where there is none of them.
    func of(_ reasons: [RebuildReason]) -> String? {
        let part = reasons.reduce(Money.zero) { $0 + money[$1, default: .zero] }
        let all = money.values.reduce(.zero, +)
        guard part > .zero, let percent = part.share(of: all) else { return nil }
        return percent < 1 ? "Less than 1%" : percent.percent
    }
}
