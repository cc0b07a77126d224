package import Domain
import Pricing

/// Unattended work that a batch would do at half the price.
///
/// Finds sessions that nobody waited for and that ask little of the model one
/// thing after another: run by a script (print mode, an SDK), or begun with the
/// same prompt at regular times. Providers answer batches within 24 hours, most
/// within one, for half the price of every token.
///
/// What is eligible. A tool's result has to go back to the model, so that each
/// turn of a tool loop would be a batch of its own: a session of one call (or of
/// calls without tools) is eligible as a whole, one with tools only up to a few
/// turns (turns, 3). Longer loops cannot wait so often and are left alone.
///
/// What is periodic. Sessions of one prompt, the same or nearly so in one
/// project, that began in the same quarter of an hour of the day (UTC) on at
/// least 3 days, or at least 4 times at intervals that differ from their median
/// by a tenth at most.
///
/// How it is priced. The same tokens at the provider's batch price of that day,
/// cached ones as such.
///
/// When it does not fire: the session is paid by a flat plan, which has no
/// batches; a person gave more than one prompt in it; part of it was made by
/// another session; its calls were batches already; the provider lists no batch
/// price; or it would save less than a cent (usd, 0.01). Set turns and usd in
/// suffice.toml under [thresholds.batchable].
///
/// It does not know whether anything waited for the answer, and re-runs nothing.
package struct Batchable: Detector {
    package static let kind = "batchable"
    package static let lever = Lever.rate
    package static let limits = [mostTurns, leastMoney]
    static let mostTurns = Limit(kind, "turns", 3)
    static let leastMoney = Limit(kind, "usd", 0.01)

    private var sessions = 0
    private var eligible = 0
    private var claimed = 0
    /// Eligible sessions that only their repetition would show to be unattended.
    private var repeats = PromptRepeats()

    package init() {}

    package var summary: String {
        "looked at \(sessions.of("session")): \(eligible) short enough for batches, "
            + (claimed == 0 ? "none" : "\(claimed)") + " of them unattended and worth a batch"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        sessions += 1
        let turns = context.thresholds.count(Batchable.mostTurns)
        guard let work = session.batchableWork(ofTurns: turns, in: context) else { return [] }
        eligible += 1
        let least = context.thresholds.money(Batchable.leastMoney)
        guard work.saving > .zero, work.saving >= least else { return [] }
        if session.isHeadless {
            claimed += 1
            return [session.claim(on: work, because: "run by a script: no person sat at it")]
        }
        guard let prompt = work.prompt else { return [] }
        repeats.add(
            PromptRepeats.Run(
                claim: session.claim(on: work, because: "the same prompt at regular times"),
                project: session.project,
                start: work.start,
                content: prompt.contentHash,
                sketch: prompt.sketch
            )
        )
        return []
    }

    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] {
        let claims = repeats.periodic.map(\.claim)
        claimed += claims.count
        return claims
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        ProposedAction(
            kind: "batch",
            text: "Where nobody waits for the answer, send these prompts through the provider's batch API (Anthropic: "
                + "/v1/messages/batches; OpenAI: /v1/batches), from the script that runs them now: coding agents have no "
                + "batch mode of their own. \(ProposedAction.lookFirst)"
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        var caveats = [
            "That nobody waited is taken from how the sessions were started; whether something did is not in the log.",
            "Cache hits are best effort in a batch: what is not read there is written or sent at half the full price.",
        ]
        if claims.contains(where: { $0.candidate.shape.toolCalls > 0 }) {
            caveats.append(
                "Some of it calls tools: each of its turns would be a batch of its own, up to an hour or more apart, and the "
                    + "script would have to run the tools itself. Less sure than the rest."
            )
        }
        return caveats
    }
}
