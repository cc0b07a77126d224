package import Domain

/// Prompts cached for too long or too short a time.
///
/// Finds projects whose sessions on Anthropic's models would have cost less,
/// taken together, with the other time to live of cache entries. An entry of an
/// hour costs 2 times the input price to write, one of five minutes 1.25 times;
/// reading costs the same. An hour pays where work rests for more than five
/// minutes again and again, five minutes where one call follows another.
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
/// A setting holds for all sessions of an agent in a project, and nobody knows
/// beforehand how a session will go. So what the setting would have saved in some
/// sessions and lost in others is added up, and only what is left is claimed,
/// divided among the sessions that save by it. Where both lives would save, each
/// in other sessions, the one that saves more is claimed. What could have been
/// saved beyond that by giving each session its own life is a caveat.
///
/// When it does not fire: no entries of that kind were written, the model is not
/// Anthropic's, or over all sessions of the project the change would cost more
/// than it saves, or save less than ten cents, for which no setting is worth
/// changing (usd, 0.1; set it in suffice.toml under [thresholds.cache-lifetime]).
///
/// The sum is over what has been: it re-runs nothing, and holds for the future as
/// far as the work goes on with the same pauses.
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
        tally.add(replays.filter { !$0.entries.isEmpty }, of: session)
        return []
    }

    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] {
        tally.choose(
            savingAtLeast: context.thresholds.money(CacheLifetimeChoice.leastMoney)
        )
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let choices = tally.choices(in: scope.project)
        let settings = choices.filter { $0.agent == .claudeCode }
        var sentences = settings.isEmpty ? [] : claudeCode(settings)
        let others = choices.filter { $0.agent != .claudeCode }.map { choice in
            "\(choice.agent.name): \"ttl\": \"\(choice.change.name)\" for \(choice.change.part.name) (\(choice.saving))"
        }
        if !others.isEmpty {
            sentences.append(
                "\(others.joined(separator: "; ")) in the API's cache_control; see whether the agent lets it be set."
            )
        }
        sentences.append(ProposedAction.lookFirst)
        return ProposedAction(kind: "cache-lifetime", text: sentences.joined(separator: " "))
    }

    /// Its settings are since 2.1.242, the older variables since 2.1.108 (code.claude.com/docs/en/prompt-caching).
    private func claudeCode(_ choices: [LifetimeTally.Choice]) -> [String] {
        let settings = choices.map { choice in
            "\"\(choice.change.setting)\": \"\(choice.change.name)\" (\(choice.saving))"
        }
        return [
            "Set \(settings.joined(separator: " and ")) in the project's .claude/settings.json.",
            "Claude Code knows it since 2.1.242; FORCE_PROMPT_CACHING_5M=1 goes before it. Before that version, this and "
                + "ENABLE_PROMPT_CACHING_1H=1 hold for all requests.",
        ]
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        let hindsight = tally.hindsight(in: scope.project)
        let rest =
            hindsight > .zero
            ? " Sessions that had each been given the life that was cheaper for it would have saved another "
                + "\(hindsight.dollars), which is not claimed: nobody knows beforehand which."
            : ""
        return [
            "Simulated on the recorded pauses, with the setting kept on for every session of the project." + rest,
            "What other sessions keep warm is not counted. On a Claude subscription the main conversation gets an hour "
                + "within the plan's usage, and five minutes beyond it.",
        ]
    }
}
