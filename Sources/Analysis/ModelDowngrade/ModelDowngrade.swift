package import Domain

/// Small work on a large model.
///
/// Finds sessions, subagents and tasks (one prompt and what followed) that
/// brought in fewer than 4,000 tokens, wrote fewer than 800 and made at most 2
/// tool calls, on a model that has a cheaper tier below it in its family. Set
/// the limits in suffice.toml under [thresholds.model-downgrade]: input_tokens,
/// output_tokens, tool_calls.
///
/// Brought in is what the user and the tools added, not what the agent sends
/// before the first word. The largest unit that is small as a whole is taken: a
/// session with its subagents, else its tasks and subagents one by one. A call
/// is in one candidate at most.
///
/// How it is priced. Actual: each call at the price of its day. Estimated: the
/// same tokens on the cheapest current model of a lower tier that can serve
/// them, at today's price, with a cache of its own. A whole session or subagent
/// keeps its reuse. A task inside a session writes into the target's cache all
/// it had read, and the original model, when it takes over again, writes what
/// the task added, or everything if its cache expired meanwhile (5 minutes or
/// an hour for Anthropic's entries). Where that costs more than it saves, the
/// task is left alone and counted as dropped.
///
/// When it does not fire, however small the numbers are:
/// - its prompt is not in the log, so its size is not known;
/// - it ended in a tool call or was broken off, the model refused or failed, or
///   a tool failed or was denied in it: there is no answer to judge, or there
///   was trouble that took thought;
/// - it handed work to a subagent, made a plan or asked back: the work or the
///   decision lies elsewhere;
/// - it went on by itself after its answer (a hook, a background task), its
///   prompt came in the middle of other work, or the conversation was compacted
///   in it: it has no clear bounds;
/// - it is about an image or a document, whose difficulty has nothing to do
///   with its size;
/// - it changed models; or its effort was raised to high or more and kept there,
///   or is "max", which nobody gets by default: somebody expected it to be hard;
/// - hidden thinking comes to half of the limit on output: the model found it
///   hard;
/// - its closing answer is longer than a quarter of the limit on output (an
///   eighth, if no tool was called), after a conversation of five times the
///   limit on input: a short reply there is an acknowledgement, a long one
///   rests on all that was said;
/// - its prompt was asked again, or the next task changed the files it changed:
///   it may not have sufficed (three of ten such pieces read had not).
///
/// How good that is: in the logs it was tried on, read by hand, 28 of the 29
/// pieces it names were small (83% to 99%), of all that pass the limits only
/// half. Just beyond the limits, up to twice their values, 12 of 18 were:
/// raising them finds more and is wrong more often.
///
/// It judges by size and course and re-runs nothing. "suffice sessions ID"
/// shows the session of a candidate call by call.
package struct ModelDowngrade: Detector {
    package static let kind = "model-downgrade"
    package static let limits = SmallWork.limits

    private var tally = SmallWorkTally()
    private var misses = NearMissList()
    package private(set) var dropped = Dropped()

    package init() {}

    package var summary: String { tally.summary(dropped: dropped.count) }
    package var nearMisses: [NearMiss] { misses.ranked }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        tally.sessions += 1
        guard let whole = session.wholeSession else { return lookAtParts(of: session, in: context) }
        switch session.judge(whole, in: context) {
        case .small(let claim):
            tally.claimed += 1
            // A subagent on another model is no part of the claim.
            let claimed = Set(claim.candidate.calls)
            let others = session.threads.indices.filter { thread in
                session.threads[thread].steps.contains { !claimed.contains($0.call.key) }
            }
            return [claim] + lookAtSubagents(others, of: session, in: context)
        case .costsMore(let actual):
            dropped.add(actual)
            return []
        case .nearMiss(let miss):
            let claims = lookAtParts(of: session, in: context, keepsMisses: false)
            if claims.isEmpty { misses.add(miss) }
            return claims
        case .doubtful, .withoutTarget, .large:
            return lookAtParts(of: session, in: context)
        }
    }

    /// The tasks and subagents of a session that is not small as a whole.
    private mutating func lookAtParts(
        of session: PricedSession,
        in context: AnalysisContext,
        keepsMisses: Bool = true
    ) -> [Claim] {
        var claims: [Claim] = []
        for thread in session.threads.indices {
            let steps = session.threads[thread].steps
            // By model, its last call that stays: what the provider's cache still holds when it comes back.
            var lastStaying: [ModelID: Int] = [:]
            var seen = 0
            for task in session.tasks(of: thread) {
                guard let range = task.runs.first?.steps else { continue }
                for index in seen..<range.lowerBound { lastStaying[steps[index].call.model] = index }
                let judgement = session.judge(task, lastStaying: lastStaying, in: context)
                let claim = settle(judgement, of: .task, keepsMisses: keepsMisses)
                if let claim { claims.append(claim) }
                seen = claim == nil ? range.lowerBound : range.upperBound
            }
        }
        return claims
            + lookAtSubagents(Array(session.threads.indices), of: session, in: context, keepsMisses: keepsMisses)
    }

    private mutating func lookAtSubagents(
        _ threads: [Int],
        of session: PricedSession,
        in context: AnalysisContext,
        keepsMisses: Bool = true
    ) -> [Claim] {
        threads.compactMap { thread in
            guard let subagent = session.subagent(thread) else { return nil }
            return settle(session.judge(subagent, in: context), of: .subagent, keepsMisses: keepsMisses)
        }
    }

    private mutating func settle(_ judgement: Judgement, of unit: Candidate.Unit, keepsMisses: Bool) -> Claim? {
        if unit == .task { tally.tasks += 1 } else { tally.subagents += 1 }
        switch judgement {
        case .small(let claim):
            tally.claimed += 1
            return claim
        case .costsMore(let actual): dropped.add(actual)
        case .nearMiss(let miss): if keepsMisses { misses.add(miss) }
        case .doubtful(let doubt): tally.doubts[doubt, default: 0] += 1
        case .withoutTarget: tally.withoutTarget += 1
        case .large: break
        }
        return nil
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let target = scope.target?.rawValue ?? ""
        guard claims.allSatisfy({ $0.candidate.unit == .subagent }) else {
            return ProposedAction(
                kind: "model",
                text: "Start small work in this project on \(target), and let /model or --model pick the larger one "
                    + "when it is needed. \(ProposedAction.lookFirst)"
            )
        }
        return ProposedAction(
            kind: "subagent-model",
            text: "Set \"model: \(target)\" in the definitions of the subagents that the candidates are. "
                + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "A structural heuristic: judged by size and course of the work. Nothing was re-run, and that the cheaper "
                + "model would have done the same is not proven."
        ]
    }
}

extension Dropped {
    mutating func add(_ cost: Money) {
        count += 1
        actual += cost
    }
}
