package import Domain

/// Small work on a large model.
///
/// Finds sessions, subagents and tasks (one prompt and what followed) that
/// brought in fewer than 4,000 tokens, wrote fewer than 800 and made at most 2
/// tool calls, on a model that has a cheaper tier below it in its family. Set
/// the limits in suffice.toml under [thresholds.model-downgrade]: input_tokens,
/// output_tokens, tool_calls; and usd (0.01), what a piece of work must save.
///
/// Brought in is what the user and the tools added, not what the agent sends
/// before the first word. The largest unit that is small as a whole is taken: a
/// session with its subagents, else its tasks and subagents one by one. A call
/// is in one candidate at most.
///
/// Of what is left it finds calls inside a thread that did one small thing: read
/// or searched files, used git, formatted or linted, managed packages, looked
/// something up, looked into files after an error. Such a call's tools all did
/// that one thing and none failed, it wrote less than a quarter of the limit on
/// output, it did not take up a prompt (whoever does decides what is to be done),
/// and work went on from it. What changes things at a repository's host (gh pr
/// merge, a release) is no such call. Of all such calls of a thread, those of one
/// kind and the runs of them that choice is taken that saves most; what saves
/// less than usd is left out. Subagents that only look around are left whole to
/// subagent-oversized. Where a log holds calls that only made up a title, they
/// are small sessions or subagents of their own.
///
/// How it is priced. Actual: each call at the price of its day. Estimated: the
/// same tokens on the cheapest current model of a lower tier that can serve
/// them, at today's price, with a cache of its own. A whole session or subagent
/// keeps its reuse. A task inside a session writes into the target's cache all
/// it had read, and the original model, when it takes over again, writes what
/// the task added, or everything if its cache expired meanwhile (5 minutes or
/// an hour for Anthropic's entries). Single calls change models more often: each
/// time, what the other model's cache does not hold is written anew. Where that
/// costs more than it saves, the task or the thread's calls are left alone and
/// counted as dropped. For single calls between others that is the rule.
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
/// How good that is: of 114 pieces it named in the logs it was tried on, drawn by
/// seed and read by hand, 105 were small (92%; 86% to 96%): 27 of 29 sessions
/// and tasks, 78 of 85 single calls. Three rules that came out of that reading
/// (work that was broken off, changes at a host) are not in these figures. Of
/// all that pass the limits only half are small; just beyond, up to twice their
/// values, 12 of 18 were: raising them finds more and is wrong more often.
///
/// It judges by size and course and re-runs nothing. "suffice sessions ID"
/// shows the session of a candidate call by call.
package struct ModelDowngrade: Detector {
    package static let kind = "model-downgrade"
    package static let limits = SmallWork.limits + [least]
    static let least = Limit(kind, "usd", 0.01)

    private var tally = SmallWorkTally()
    private var misses = NearMissList()
    package private(set) var dropped = Dropped()

    package init() {}

    package var summary: String { tally.summary(dropped: dropped.count) }
    package var nearMisses: [NearMiss] { misses.ranked }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        tally.sessions += 1
        let claims = lookAtUnits(of: session, in: context)
        return claims + lookAtCalls(of: session, claimed: Set(claims.flatMap(\.candidate.calls)), in: context)
    }

    private mutating func lookAtUnits(of session: PricedSession, in context: AnalysisContext) -> [Claim] {
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
            var claimed: Set<CallKey> = []
            for task in session.tasks(of: thread) {
                let judgement = session.judge(task, claimed: claimed, in: context)
                guard let claim = settle(judgement, of: .task, keepsMisses: keepsMisses) else { continue }
                claimed.formUnion(claim.candidate.calls)
                claims.append(claim)
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

    /// Calls that did one small thing each in what is not small as a whole.
    private mutating func lookAtCalls(
        of session: PricedSession,
        claimed: Set<CallKey>,
        in context: AnalysisContext
    ) -> [Claim] {
        var claims: [Claim] = []
        for thread in session.threads.indices where session.threads[thread].id.kind != .compaction {
            // All of it can move, which saves more than some of its calls.
            if session.lookingSubagent(thread, in: context) != nil { continue }
            let limits = context.thresholds.modelDowngrade
            for calls in session.roleCalls(of: thread, claimed: claimed, limits: limits) {
                let judgement = session.judge(calls, claimed: claimed, in: context)
                tally.note(calls, moved: judgement)
                switch judgement {
                case .small(let claim): claims.append(claim)
                case .costsMore(let actual): dropped.add(actual)
                default: break
                }
            }
        }
        return claims
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
        if claims.allSatisfy({ $0.candidate.unit == .call }) {
            var sentences: [String] = []
            if !claims.allSatisfy(\.isInsideSubagent) {
                sentences.append(
                    "Ask for runs of such calls to be handed to a subagent on \(target), which then needs only the "
                        + "question, not the conversation."
                )
            }
            if claims.contains(where: \.isInsideSubagent) { sentences.append(ProposedAction.insideSubagent) }
            sentences.append(ProposedAction.lookFirst)
            return ProposedAction(kind: "subagent-model", text: sentences.joined(separator: " "))
        }
        guard claims.allSatisfy({ $0.candidate.unit == .subagent }) else {
            return ProposedAction(
                kind: "model",
                text: "Start small work in this project on \(target), and let /model or --model pick the larger one "
                    + "when it is needed. \(ProposedAction.lookFirst)"
            )
        }
        return ProposedAction(
            kind: "subagent-model",
            text: "Name \(target) in the definitions of these subagents\(claims.definitions). "
                + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "A structural heuristic: judged by size and course of the work. Nothing was re-run, and that the cheaper "
                + "model would have done the same is not proven."
        ]
            + (claims.contains { $0.candidate.unit == .call }
                ? [
                    "Calls inside a thread are priced as if the other model went on from the same prompt, with a cache "
                        + "of its own."
                ] : [])
    }
}

extension [Claim] {
    /// Where the agents of some claims define subagents.
    fileprivate var definitions: String {
        let agents = Set(map(\.candidate.session.agent))
        let places = [
            agents.contains(.claudeCode) ? "\"model:\" in Claude Code's .claude/agents/NAME.md" : nil,
            agents.contains(.codex) ? "\"model =\" in Codex's .codex/agents/NAME.toml" : nil,
        ]
        .compactMap(\.self)
        return places.isEmpty ? "" : " (\(places.joined(separator: ", ")))"
    }
}

extension Dropped {
    mutating func add(_ cost: Money) {
        count += 1
        actual += cost
    }
}
