package import Domain

/// The same failing action again and again.
///
/// Finds two kinds of tool calls that failed for nothing:
/// - the same action failing at least twice in a row within a task, with nothing
///   changed in between: no edit, no other command that may have changed
///   something. Nothing was different, so nothing else could come of it;
/// - an action that never worked in a project and was tried in at least 3
///   sessions, or actions failing with the very same words in at least 3
///   sessions: every session finds out anew.
///
/// Set the limits in suffice.toml under [thresholds.retry-loop]: failures (in a
/// row), sessions, usd.
///
/// How it is priced. What the calls that asked for the failing action cost, from
/// the second on. A call that asked for something else as well was not for
/// nothing and is left out. That the failure itself told nothing is a
/// conclusion, so it is an estimate.
///
/// When it does not fire: what a person denied or broke off; a failure after an
/// edit, which is trying; tests, builds and checks that fail in many sessions
/// with different words, which is what they are for; errors of a word or two in
/// many sessions, which may be a search without a hit; and what comes to less
/// than a cent in a session (usd, 0.01).
package struct RetryLoop: Detector {
    package static let kind = "retry-loop"
    package static let lever = Lever.call

    static let failures = Limit(kind, "failures", 2)
    static let sessions = Limit(kind, "sessions", 3)
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [failures, sessions, least]

    private var looked = (sessions: 0, results: 0)
    private var failing: [FailedAction] = []
    /// What worked somewhere in a project.
    private var worked: Set<ProjectAction> = []
    /// Failures that were for nothing.
    private var claimed = 0
    private var errors: [String: [RepeatedError]] = [:]

    package init() {}

    package var summary: String {
        "looked at \(looked.results.of("tool result")) in \(looked.sessions.of("session")); "
            + "\(failing.count.grouped) \(failing.count == 1 ? "was a failure" : "were failures"), "
            + "\(claimed == 0 ? "none" : claimed.grouped) for nothing, small change left out"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        looked.sessions += 1
        for thread in session.threads {
            var walk = FailureWalk(thread, of: session, failures: context.thresholds.count(RetryLoop.failures))
            walk.run()
            looked.results += walk.results
            failing += walk.failing
            for action in walk.worked { worked.insert(ProjectAction(project: session.project, action: action)) }
        }
        return []
    }

    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] {
        let enough = max(2, context.thresholds.count(RetryLoop.sessions))
        let least = context.thresholds.money(RetryLoop.least)
        var claims: [Claim] = []
        for (project, failing) in Dictionary(grouping: failing, by: \.project).sorted(by: { $0.key < $1.key }) {
            let wasted = WastedFailures(failing, sessions: enough) { action in
                worked.contains(ProjectAction(project: project, action: action))
            }
            errors[project] = wasted.errors
            claims += wasted.claims.filter { $0.candidate.saving >= least }
        }
        claimed = claims.reduce(0) { $0 + $1.candidate.calls.count }
        return claims
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let file = Set(claims.map { $0.candidate.session.agent }).instructionFile
        let errors = (errors[scope.project] ?? []).prefix(3)
        let loop =
            "Tell the agent (in \(file)): \"When a command fails, change something or read its error before you run "
            + "it again; after the second failure stop and say what is missing\". "
        let known = errors.map { "\($0.text), first at \($0.place)" }.joined(separator: "; ")
        let every = "Write there what fails in every session, and what to do instead: \(known). "
        return ProposedAction(
            kind: "instruction",
            text: loop + (errors.isEmpty ? "" : every) + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "What the calls cost is measured; that the failures told nothing new is concluded from the same action failing "
                + "with nothing changed by the agent. Something outside of it may have changed, such as a server it waited "
                + "for."
        ]
    }
}

/// An action in a project.
struct ProjectAction: Hashable {
    var project: String
    var action: UInt64
}
