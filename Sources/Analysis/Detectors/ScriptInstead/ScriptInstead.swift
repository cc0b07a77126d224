package import Domain

/// The same commands in the same order, session after session.
///
/// Finds sequences of shell commands that came in the same order in several
/// sessions of a project, call by call, with nothing asked, edited or looked up
/// with other tools in between. What needs no decision between its steps a
/// script can do in one call: a Makefile target, a skill, a hook. A sequence has
/// at least 3 different commands and comes in at least 3 sessions: twice may be
/// chance, and two commands are one line with &&. Set the limits in suffice.toml
/// under [thresholds.script-instead]: steps, sessions, text_tokens, usd.
///
/// Commands are the same if they do the same: what only trims their output or
/// changes the folder first does not count, arguments do. The longest sequence
/// is taken first, and no command is in two.
///
/// How it is priced. What its calls really cost, from the second session on (in
/// the first somebody had to find out that it comes back) and without one call a
/// time, which has to start the script. Only calls that did nothing but carry
/// the commands count: up to 200 tokens (text_tokens) written besides them, in
/// the open or as hidden thinking. Whether what they printed was needed for what
/// followed no log says, so it is an estimate.
///
/// When it does not fire: a sequence inside one call, which is one call already;
/// copies of a session that another one goes on from; and what comes to less
/// than a cent in a session (usd, 0.01).
package struct ScriptInstead: Detector {
    package static let kind = "script-instead"
    package static let lever = Lever.call

    static let steps = Limit(kind, "steps", 3)
    static let sessions = Limit(kind, "sessions", 3)
    static let textTokens = Limit(kind, "text_tokens", 200)
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [steps, sessions, textTokens, least]

    private var looked = (sessions: 0, commands: 0)
    private var runs: [String: [ShellRun]] = [:]
    private var sequences: [String: [ShellSequence]] = [:]

    package init() {}

    package var summary: String {
        let found = sequences.values.reduce(0) { $0 + $1.count }
        return "looked at \(looked.commands.of("shell command")) in \(looked.sessions.of("session")); "
            + (found == 0 ? "no sequence" : found.of("sequence")) + " worth a script came back in session after session"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        looked.sessions += 1
        for thread in session.threads {
            for run in thread.shellRuns(of: session, textTokens: context.thresholds.count(ScriptInstead.textTokens)) {
                looked.commands += run.commands.count
                guard Set(run.commands.map(\.action)).count >= context.thresholds.count(ScriptInstead.steps) else {
                    continue
                }
                runs[session.project, default: []].append(run)
            }
        }
        return []
    }

    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] {
        let least = context.thresholds.money(ScriptInstead.least)
        var claims: [Claim] = []
        for (project, runs) in runs.sorted(by: { $0.key < $1.key }) {
            let search = SequenceSearch(
                runs,
                steps: max(2, context.thresholds.count(ScriptInstead.steps)),
                sessions: max(2, context.thresholds.count(ScriptInstead.sessions))
            )
            let found = search.sequences
            let worthIt = ShellSequence.claims(on: found, in: project).filter { $0.candidate.saving >= least }
            let sessions = Set(worthIt.map(\.candidate.session))
            sequences[project] = found.filter { $0.spares(anyOf: sessions) }.sorted(by: ShellSequence.isRankedBefore)
            claims += worthIt
        }
        runs = [:]
        return claims
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let agents = Set(claims.map { $0.candidate.session.agent })
        let named = (sequences[scope.project] ?? []).prefix(3).map { "\"\($0.text)\"" }
        return ProposedAction(
            kind: "instruction",
            text: "Write a script, a Makefile target, a skill or a hook for \(named.joined(separator: "; for ")), and "
                + "say in \(agents.instructionFile) to call it instead of the single commands. "
                + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "What the calls cost is measured. That nothing had to be decided between them is concluded from their order "
                + "coming back; writing the script and reading its output cost something too, which is not taken off."
        ]
    }
}
