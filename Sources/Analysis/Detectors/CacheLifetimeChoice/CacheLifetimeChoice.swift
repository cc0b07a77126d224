package import Domain

/// Prompts cached for too long or too short a time.
///
/// Finds sessions on Anthropic's models that would have cost less with the other
/// time to live of cache entries. An entry of an hour costs 2 times the input
/// price to write, one of five minutes 1.25 times; reading costs the same. An
/// hour pays where work rests for more than five minutes again and again, five
/// minutes where one call follows another.
///
/// How it is priced. Every call of a thread is priced again with entries of the
/// other life and the recorded pauses:
/// - five minutes made an hour: what was written again after a pause of up to an
///   hour is read, everything else is written at the dearer price;
/// - an hour made five minutes: everything is written at the cheaper price, and
///   what was read after a pause of more than five minutes is written again. The
///   first call of a thread is taken to read nothing then, unless the session
///   used its model less than five minutes before.
/// What was cached again for other reasons (another model, changed tools) stays
/// as it was. The main conversation and everything outside of it (subagents,
/// compactions) are looked at apart, since they are set apart.
///
/// When it does not fire: the thread writes no entries of that kind, the model
/// is not Anthropic's, or the session would save less than ten cents, for which
/// no setting is worth changing (usd, 0.1; set it in suffice.toml under
/// [thresholds.cache-lifetime]).
///
/// Each session is judged by its own pauses, after the fact. A setting holds for
/// all sessions: what of the figure is left when it is kept on for the whole
/// project is among the caveats. It re-runs nothing.
package struct CacheLifetimeChoice: Detector {
    package static let kind = "cache-lifetime"
    package static let lever = Lever.cache
    package static let limits = [leastMoney]
    static let leastMoney = Limit(kind, "usd", 0.1)

    private var tally = LifetimeTally()

    package init() {}

    package var summary: String { tally.summary }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        let replays = LifetimeChange.allCases.map { LifetimeReplay(of: session, with: $0, in: context) }
            .filter { !$0.entries.isEmpty }
        let cheaper = replays.filter { $0.saving > .zero }.bestOfEachPart
        let saving = cheaper.reduce(Money.zero) { $0 + $1.saving }
        let least = Money(approximatingUSD: context.thresholds.number(CacheLifetimeChoice.leastMoney))
        let fires = saving > .zero && saving >= least
        tally.add(replays, claimed: fires ? cheaper.map(\.change) : [], in: session.project)
        return fires ? [session.claim(on: cheaper)] : []
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let agents = Set(claims.map(\.candidate.session.agent))
        var sentences = agents.contains(.claudeCode) ? claudeCode(in: scope.project) : []
        if agents != [.claudeCode] {
            sentences.append(
                "Other agents and programs: the API's cache_control takes \"ttl\": \"5m\" or \"1h\"; see whether the "
                    + "agent lets it be set."
            )
        }
        sentences.append(ProposedAction.lookFirst)
        return ProposedAction(kind: "cache-lifetime", text: sentences.joined(separator: " "))
    }

    /// Its settings are since 2.1.242, the older variables since 2.1.108 (code.claude.com/docs/en/prompt-caching).
    private func claudeCode(in project: String) -> [String] {
        let lasting = tally.lastingChanges(in: project)
        let settings = lasting.map { "\"\($0.setting)\": \"\($0.name)\"" }
        let single = tally.changes(in: project).filter { !lasting.contains($0) }.map { "\($0.variable)=\($0.name)" }
        var sentences: [String] = []
        if !settings.isEmpty {
            sentences.append("Set \(settings.joined(separator: " and ")) in the project's .claude/settings.json.")
        }
        if !single.isEmpty {
            sentences.append(
                "Start single sessions that you expect to go so with \(single.joined(separator: " and ")); kept on for "
                    + "every session here it would cost more than it saves, or less than the other."
            )
        }
        sentences.append(
            "Claude Code knows both since 2.1.242: the variable goes before the setting, and FORCE_PROMPT_CACHING_5M=1 before "
                + "either. Before it, that and ENABLE_PROMPT_CACHING_1H=1 hold for all requests."
        )
        return sentences
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        let kept = tally.changes(in: scope.project).map { change in
            let share = tally.keptShare(of: change, in: scope.project)
            let part = change.part == .main ? "the main conversation" : "subagents and compactions"
            let outcome = share > 0 ? "\((share * 100).percent) of this is left" : "nothing of this is left"
            return "\(change.name) for \(part): \(outcome)"
        }
        return [
            "Simulated on the recorded pauses: each session is given what would have been cheaper for it, which nobody "
                + "knows beforehand. Kept on for every session of the project, \(kept.joined(separator: "; ")).",
            "What other sessions keep warm is not counted. On a Claude subscription the main conversation gets an hour "
                + "within the plan's usage, and five minutes beyond it.",
        ]
    }
}

extension [LifetimeReplay] {
    /// Where both lives save on a part, since it had entries of both, the one that saves more.
    fileprivate var bestOfEachPart: [LifetimeReplay] {
        LifetimeChange.Part.allCases.compactMap { part in
            filter { $0.change.part == part }.max { $0.saving < $1.saving }
        }
    }
}
