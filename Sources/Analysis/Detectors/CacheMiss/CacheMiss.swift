package import Domain
import Pricing

/// A prompt that was cached, and was not read from the cache.
///
/// Finds calls that cached (or sent as plain input) again what the call before
/// them in their thread had in its prompt, and says why: a pause longer than
/// the entries live, another day, another model, effort or speed, changed tools,
/// system prompt or messages, a compaction. Where the provider logs a reason
/// (Anthropic's cache_miss_reason) it is taken; where nothing in the log
/// explains a rebuild, it is called unexplained.
///
/// How it is priced. Of the tokens that the call before had in its prompt, those
/// that this call did not read: what was really paid for them, at the call's own
/// prices, less what reading them would have cost. The log and the price list
/// say all of it. Where the prompt shrank (a rewind, cleared results), what is
/// new in it is taken off by the length of its text.
///
/// When it does not fire:
/// - on the first call of a thread: someone has to warm the cache;
/// - on what is new in a prompt; after a compaction the summary is new, and only
///   the standing prompt (system, tools) could have been read;
/// - on fewer tokens than most models cache at all (tokens, 1,024), or in a
///   session where all of it comes to less than a cent (usd, 0.01). Set both in
///   suffice.toml under [thresholds.cache-miss].
///
/// How the reason is told. A pause goes before a switch: entries that lived out
/// their time were gone before anybody switched. How long they live is what the
/// thread writes: five minutes or an hour; five minutes where the provider
/// caches by itself. Another day is a pause of at least four hours over midnight
/// UTC. Tools come first in a prompt, then the system prompt, then messages: a
/// call that still reads more than its thread began with had neither changed.
///
/// Not all of it can be avoided. A pause over a night always outlasts the cache:
/// only compacting before it, or starting anew after it, saves most of it. What
/// the user switched is priced as well, since it was paid.
package struct CacheMiss: Detector {
    package static let kind = "cache-miss"
    package static let lever = Lever.cache
    package static let basis = Basis.priced
    package static let limits = [fewestTokens, leastMoney]
    static let fewestTokens = Limit(kind, "tokens", 1024)
    static let leastMoney = Limit(kind, "usd", 0.01)

    private var tally = CacheTally()

    package init() {}

    package var summary: String { tally.summary }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        tally.add(session)
        let tokens = max(1, context.thresholds.count(CacheMiss.fewestTokens))
        let rebuilds = session.rebuilds(of: tokens, in: context)
        let saving = rebuilds.reduce(Money.zero) { $0 + $1.saving }
        let least = context.thresholds.money(CacheMiss.leastMoney)
        guard !rebuilds.isEmpty, saving >= least else { return [] }
        tally.add(rebuilds, in: session.project)
        return [session.claim(on: rebuilds)]
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let reasons = tally.reasons(in: scope.project).prefix(2)
        return ProposedAction(
            kind: "cache",
            text: reasons.map(\.advice).joined(separator: " ") + " " + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        let shares = tally.shares(in: scope.project)
        return [
            "Priced is what the rebuilds cost more than reading would have. Not all of it can be avoided.",
            shares.of([.lifetimePassed, .resumedAnotherDay]).map {
                "\($0) of it are pauses. Only a shorter conversation makes the prompt after a pause cheaper: compacting or "
                    + "starting anew saves most of it, at the price of a summary."
            },
            shares.of([.modelSwitched, .effortSwitched, .fastToggled]).map {
                "\($0) of it are switches that somebody asked for, and may have been worth it."
            },
            shares.of([.unexplained]).map {
                "\($0) of it has no reason in the log; some of that is the provider's doing and cannot be avoided."
            },
        ]
        .compactMap(\.self)
    }
}
