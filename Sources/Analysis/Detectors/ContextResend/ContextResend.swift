package import Domain

/// Tool results and files that ride along in every later call.
///
/// Finds results (a file read, a command's output, a page) that stay in the
/// prompt long after they were needed: every call of the thread sends them
/// again. A result counts with what it holds beyond 2,000 tokens (about 200
/// lines: a function, a list of hits, an error with its trace), and only from
/// the twentieth call after it on. Until then carrying it is cheaper than
/// bringing it in again: where a cache read costs a tenth of the input price and
/// a cache write 1.25 to 2 times as much, 12 to 20 calls carry a text at the
/// price of writing it once more. Set the limits in suffice.toml under
/// [thresholds.context-resend]: result_tokens, turns, usd.
///
/// A second copy of what is still in the prompt (a file or a search read again,
/// its text unchanged) counts wholly and from its first call on. A command that
/// was run again and printed the same does not: that nothing changed was news.
///
/// How it is priced. The provider counts every prompt: what a result takes up is
/// the growth of the prompt it first stood in, split over what arrived by its
/// length. Each later call then paid for those tokens what it really paid at
/// their place: the price of a cache read, or of a write or plain input where
/// the cache was lost. It ends where the prompt is cut: at a compaction, a
/// cleared result, a rewind. How much of a result was needed for how long no log
/// says, so the figure is an estimate.
///
/// When it does not fire: short threads, whose results never get old; results
/// within the limit; and sessions where all of it comes to less than a cent (usd,
/// 0.01).
///
/// A session's results are one candidate; its largest are named with their tool,
/// their tokens and the calls that carried them.
package struct ContextResend: Detector {
    package static let kind = "context-resend"
    package static let lever = Lever.context

    static let resultTokens = Limit(kind, "result_tokens", 2000)
    static let turns = Limit(kind, "turns", 20)
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [resultTokens, turns, least]

    private var threads = 0
    private var results = 0
    private var stale = 0
    private var copies = 0

    package init() {}

    package var summary: String {
        var claimed: [String] = []
        if stale > 0 {
            claimed.append(
                stale == 1
                    ? "1 large one was carried long after it came"
                    : "\(stale.grouped) large ones were carried long after they came"
            )
        }
        if copies > 0 {
            claimed.append(
                (copies == 1 ? "1 was a second copy" : "\(copies.grouped) were second copies")
                    + " of what was still in the prompt"
            )
        }
        return "looked at \(results.of("tool result")) in \(threads.of("thread")) of at least two calls; "
            + (claimed.isEmpty ? "none was carried beyond need" : claimed.joined(separator: ", "))
            + ", small change left out"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        var found = CarriedResults()
        for thread in session.threads where thread.steps.count > 1 {
            var walk = ResendWalk(thread, context: context)
            walk.run()
            threads += 1
            results += walk.results
            found.add(walk.found)
        }
        let least = context.thresholds.money(ContextResend.least)
        guard found.saving >= least, let claim = found.claim(on: session) else { return [] }
        stale += found.all.count { !$0.isCopy }
        copies += found.all.count(where: \.isCopy)
        return [claim]
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let agents = Set(claims.map { $0.candidate.session.agent })
        var texts = [
            "Tell the agent (in \(agents.instructionFile)): \"Search before you read, read the lines you need, cut long "
                + "output at its source (head, grep, --quiet), and leave wide exploring to a subagent that reports back\".",
            "After large reads that are done with, \(agents.waysOut).",
        ]
        if agents.contains(.claudeCode) {
            texts.append(
                "For Claude Code BASH_MAX_OUTPUT_LENGTH, MAX_MCP_OUTPUT_TOKENS and CLAUDE_CODE_FILE_READ_MAX_OUTPUT_TOKENS "
                    + "(environment, or \"env\" in settings.json) cap a result."
            )
        }
        if agents.contains(.codex) {
            texts.append("For Codex tool_output_token_limit in config.toml caps a result.")
        }
        texts.append(ProposedAction.lookFirst)
        return ProposedAction(kind: "instruction", text: texts.joined(separator: " "))
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        let tokens = context.thresholds.count(ContextResend.resultTokens)
        let turns = context.thresholds.count(ContextResend.turns)
        return [
            "What a result takes up and what each call paid to carry it is measured; that \(tokens.of("token")) of it, or "
                + "\(turns.of("call")) with all of it, would have been enough is an assumption. Compacting and reading again "
                + "cost something too; that is not taken off."
        ]
    }
}
