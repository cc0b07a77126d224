package import Domain
import Pricing

/// Looking, testing and reviewing on a dearer tier than needed.
///
/// Tells the phase of every call from its tools: explore (only looked around, or
/// reported on it), plan (planned, asked, handed on, or answered at length
/// without tools), implement (changed files, the repository or packages, or ran
/// something of unknown purpose), test (tests, builds, linters, programs),
/// review (a diff or a second look at changed files, or the reply after changes)
/// and classify (a label of at most 50 tokens, without tools). Its first line is
/// the table of phases: calls, cost and tiers. The usual aim for the mix is 70%
/// of calls on a cheap, 25% on a balanced and 5% on a frontier model.
///
/// It proposes to give runs of exploring, testing, reviewing and classifying to
/// the next lower tier: frontier to balanced, balanced to cheap. Planning and
/// implementing stay. One candidate is a phase of a thread.
///
/// How it is priced. Actual: each call at the price of its day. Estimated: the
/// same tokens at today's price on the cheapest current model of the next tier
/// that can serve them, with a cache of its own: what it does not hold of the
/// prompt is written anew, and so is what the original lacks when it comes back.
/// Of all runs of the phase, those are taken that save most together. Where none
/// saves, the phase is left alone. It looks last, at what the other kinds
/// that change the model leave.
///
/// When it does not fire: a tool or the model failed in the run; a call takes up
/// a prompt (whoever does decides what is to be done), was cut off, saw a
/// picture or a compaction, wrote 800 tokens or more (200 in a reply or for a
/// command: more is an answer or a script), or its effort was raised or is
/// "max"; the saving is under a cent. Set the limits in suffice.toml under
/// [thresholds.routing-by-phase]: output_tokens (800; a quarter of it for
/// replies and commands), usd (0.01).
///
/// No agent can be told to change models by phase in every case; what each can
/// be told is in the action. It goes by what the tools did and re-runs nothing.
package struct RoutingByPhase: Detector {
    package static let kind = "routing-by-phase"
    private static let outputTokens = Limit(kind, "output_tokens", 800)
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [outputTokens, least]

    private var tally = PhaseTally()
    private var claimed = 0
    private var left = 0

    package init() {}

    package var summary: String {
        "looked at \(tally.calls.of("call")) by phase of work: \(tally.text), where 70/25/5% is the usual aim; "
            + "\(claimed.of("phase")) of threads can go one tier down, \(left) more would cost more to move than they save"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        var claims: [Claim] = []
        for thread in session.threads.indices where session.threads[thread].id.kind != .compaction {
            let phases = phases(of: session.threads[thread], in: context)
            claims += look(at: thread, phases: phases, of: session, taken: taken, in: context)
        }
        claimed += claims.count
        return claims
    }

    /// The phase of each step, with own calls noted.
    private mutating func phases(of thread: PricedThread, in context: AnalysisContext) -> [Phase] {
        var reader = PhaseReader()
        var last: (model: ModelID, tier: Tier?)?
        return thread.steps.indices.map { index in
            let step = thread.steps[index]
            let phase = reader.phase(of: step)
            guard thread.isOwn[index], let cost = thread.costs[index] else { return phase }
            if last?.model != step.call.model {
                last = (step.call.model, context.prices.facts(of: step.call.model)?.tier)
            }
            tally.note(phase, on: last?.tier, costing: cost)
            return phase
        }
    }

    private mutating func look(
        at thread: Int,
        phases: [Phase],
        of session: PricedSession,
        taken: Set<CallKey>,
        in context: AnalysisContext
    ) -> [Claim] {
        let outputTokens = context.thresholds.count(RoutingByPhase.outputTokens)
        let least = context.thresholds.money(RoutingByPhase.least)
        var taken = taken
        var claims: [Claim] = []
        for runs in session.phaseRuns(of: thread, phases: phases, claimed: taken, outputTokens: outputTokens) {
            let target = { (needs: Needs) in
                context.targets.nextTier(for: runs.calls.model, needs: needs, in: context)
            }
            guard target(Needs()) != nil else { continue }
            guard let move = session.bestMove(of: runs.calls, claimed: taken, in: context, to: target) else {
                left += 1
                continue
            }
            guard move.saving >= least else { continue }
            let claim = session.claim(
                FindingScope(kind: RoutingByPhase.kind, project: session.project),
                on: move,
                of: runs.calls,
                reasons: runs.reasons(for: move),
                in: context
            )
            taken.formUnion(claim.candidate.calls)
            claims.append(claim)
        }
        return claims
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let swaps = Set(claims.map { "\($0.candidate.target?.rawValue ?? "") for what \($0.candidate.model) does now" })
        var text =
            "Have looking around, testing and reviewing done by subagents, on " + swaps.sorted().joined(separator: ", ")
        if claims.contains(where: { $0.candidate.session.agent == .claudeCode }) {
            text += "; in Claude Code \"/model opusplan\" plans on Opus and carries out on Sonnet"
        }
        if claims.contains(where: \.isInsideSubagent) { text += ". \(ProposedAction.insideSubagent)" }
        return ProposedAction(
            kind: "route",
            text: text + (claims.contains(where: \.isInsideSubagent) ? " " : ". ") + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "Phases are told from tools, not from the text. Nothing was re-run, and that the lower tier does the same is "
                + "not proven.",
            "Calls inside a thread are priced as if the other model went on from the same prompt, with a cache of its "
                + "own.",
        ]
    }
}

extension PhaseRuns {
    fileprivate func reasons(for move: LooseMove) -> [String] {
        ["\(phase): \(move.steps.count.of("call")) in \(move.runs.count.of("run")) without a failure"]
    }
}
