package import Domain

/// What every session pays before the first word.
///
/// An agent sends its system prompt, the schemas of its tools, the lists of
/// skills and subagents, instruction files and what hooks print before the user
/// says anything: tens of thousands of tokens, written once a session and read
/// by each of its calls. Finds projects whose sessions start with more of it
/// than the user's leanest project, and MCP servers that announce themselves
/// and are never called.
///
/// What it is compared with. The same agent on the same model (models count
/// tokens differently), at a keyboard or without anyone (other system prompts),
/// in the same week (agents update themselves, and a newer one sends another
/// prompt of its own): there the project with the smallest median, of those with
/// enough sessions. What another project has on top is taken for its own files,
/// skills, hooks and MCP servers. A project counts with at least 3 sessions in
/// the week and 2,000 tokens on top; fewer tokens are a page of text, which no
/// one should have to save on. Set the limits in suffice.toml under
/// [thresholds.standing-prompt]: sessions, tokens, and days for a longer time
/// than a week.
///
/// How it is priced. A standing prompt is what the first call of a session sent
/// less what the first prompt brought in, by its length; the rest is the
/// provider's count. Each call of the main thread paid for it at the prompt's
/// beginning what it really paid there (read, written or plain input), before a
/// compaction as well as after it. Of that, the part on top is claimed. Where
/// MCP instructions are announced and no session of the project ever calls an
/// MCP tool, their length is claimed at least; their tools' schemas, where the
/// agent sends them, come on top of that.
///
/// When it does not fire: there is only one project to look at, or too few
/// sessions; sessions that go on from a summary or from another session, or began
/// before the time looked at; and what comes to less than a cent in a session
/// (usd, 0.01).
/// Subagents have standing prompts of their own, which are not looked at.
package struct StandingPrompt: Detector {
    package static let kind = "standing-prompt"
    package static let lever = Lever.context

    static let sessions = Limit(kind, "sessions", 3)
    static let tokens = Limit(kind, "tokens", 2000)
    static let days = Limit(kind, "days", 7)
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [sessions, tokens, days, least]

    private var starts: [SessionStart] = []
    private var projectsCallingMCP: Set<String> = []
    private var summarised = (projects: 0, median: 0)
    private var carried = Money.zero
    private var spent = Money.zero

    package init() {}

    package var summary: String {
        guard !starts.isEmpty else { return "looked at 0 sessions that begin with a prompt" }
        let share = carried.share(of: spent) ?? 0
        return "looked at \(starts.count.of("session")) in \(summarised.projects.of("project")): before the first word "
            + "came \(summarised.median.of("token")) (median), \(share.percent) of what the main threads cost"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        if session.callsMCP { projectsCallingMCP.insert(session.project) }
        guard let start = SessionStart(of: session, in: context) else { return [] }
        carried += start.carried
        spent += start.spent
        starts.append(start)
        return []
    }

    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] {
        summarised = (Set(starts.map(\.project)).count, starts.map(\.tokens).median)
        let enough = max(1, context.thresholds.count(StandingPrompt.sessions))
        let least = context.thresholds.money(StandingPrompt.least)
        let leanest = LeanestStarts(starts, sessions: enough)
        let counts = starts.reduce(into: [:]) { $0[$1.project, default: 0] += 1 }
        let unused = Set(counts.filter { $0.value >= enough }.keys).subtracting(projectsCallingMCP)
        return starts.sorted { $0.session < $1.session }.compactMap { start in
            let (excess, isCompared) = leanest.excess(
                of: start,
                atLeast: context.thresholds.count(StandingPrompt.tokens)
            )
            let announced = unused.contains(start.project) ? start.announcedTokens : 0
            guard max(excess, announced) > 0 else { return nil }
            let claim = start.claim(
                on: max(excess, announced),
                comparedWith: isCompared ? leanest.tokens(for: start) : nil,
                unusedMCP: announced
            )
            return claim.candidate.saving >= least ? claim : nil
        }
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let agents = Set(claims.map { $0.candidate.session.agent })
        var texts: [String] = []
        if agents.contains(.claudeCode) {
            texts.append(
                "In Claude Code keep CLAUDE.md to what every session needs and move the rest to skills or files that are "
                    + "read when needed; switch servers nobody calls off in /mcp, and plugins nobody uses in /plugin. "
                    + "/context shows what the standing prompt is made of."
            )
        }
        if agents.contains(.codex) {
            texts.append(
                "In Codex shorten AGENTS.md, and set \"enabled = false\" under [mcp_servers.NAME] in config.toml."
            )
        }
        let others = agents.subtracting([.claudeCode, .codex])
        if !others.isEmpty {
            texts.append("Shorten \(others.instructionFile) and remove MCP servers nobody calls.")
        }
        return ProposedAction(kind: "instruction", text: (texts + [ProposedAction.lookFirst]).joined(separator: " "))
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "The size of the standing prompt and what each call paid for it are measured; that all that another project "
                + "does without can be cut here is an assumption. What skills, hooks and MCP instructions take is told "
                + "from their length."
        ]
    }
}
