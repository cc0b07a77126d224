package import Domain

/// Requests that were answered before.
///
/// Finds prompts that ask in nearly the same words for what an earlier session
/// of the project has answered: a question that comes back belongs into the
/// project's notes, a task that comes back into a skill, a script or a schedule,
/// and an unchanged answer into a file.
///
/// How alike. Suffice keeps no prompts, only a sketch of 16 places for each
/// (MinHash over runs of three words). The share of places that agree estimates
/// how many of the runs two prompts have in common, with an error of about 8
/// points at 14 of 16 (88%). From 14 on, or with the very same text, a prompt
/// counts as repeated. Prompts under 200 bytes (two sentences) do not count:
/// "run the tests and fix what fails" asks for something else every time. And
/// the same words may ask for the next item of a list, nearly the same for
/// another item: at least half of the files read, commands run and edits made
/// must be ones of the earlier task too; where no tool was used, the text must
/// be the very same. Set the limits in suffice.toml under
/// [thresholds.repeat-request]: places (13 to 16), bytes, actions (0.5), usd.
///
/// How it is priced. What the calls of the later tasks really cost, each from
/// its prompt to the next, in the main thread; what their subagents cost comes
/// on top. Whether the project had changed so much that the answer had to be
/// found anew no log says, so it is an estimate.
///
/// When it does not fire: the same prompt again in one session, or after a task
/// that was broken off: that is a correction or another try, and the first one
/// had not been answered; prompts with images; copies of a session that another
/// goes on from; slash commands and what agents say themselves; and what comes
/// to less than a cent a session (usd, 0.01). Requests that a program makes (no
/// person at the keyboard) are named as such.
package struct RepeatRequest: Detector {
    package static let kind = "repeat-request"
    package static let lever = Lever.call

    static let places = Limit(kind, "places", 14)
    static let bytes = Limit(kind, "bytes", 200)
    static let actions = Limit(kind, "actions", 0.5)
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [places, bytes, actions, least]

    private var prompts = 0
    private var requests: [String: [Request]] = [:]
    private var repeated = 0

    package init() {}

    package var summary: String {
        let long = requests.values.reduce(0) { $0 + $1.count }
        return "looked at \(prompts.of("prompt")), \(long.grouped) long enough; "
            + "\(repeated == 0 ? "none" : repeated.grouped) asked again for what an earlier session had "
            + "answered, small change left out"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        let least = context.thresholds.count(RepeatRequest.bytes)
        for thread in session.threads.indices {
            for task in session.tasks(of: thread) {
                prompts += 1
                guard let request = Request(task, of: session, atLeast: least) else { continue }
                requests[session.project, default: []].append(request)
            }
        }
        return []
    }

    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] {
        let places = context.thresholds.count(RepeatRequest.places)
        var claims: [Claim] = []
        for (project, requests) in requests.sorted(by: { $0.key < $1.key }) {
            var answered = AnsweredRequests(places: places, actions: context.thresholds.number(RepeatRequest.actions))
            for request in requests.sorted(by: Request.isBefore) {
                if let match = answered.match(for: request) {
                    claims.append(request.claim(repeating: match, in: project))
                }
                if request.isAnswered { answered.add(request) }
            }
        }
        let least = context.thresholds.money(RepeatRequest.least)
        claims.removeAll { $0.candidate.saving < least }
        repeated = claims.count
        return claims
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let file = Set(claims.map { $0.candidate.session.agent }).instructionFile
        let isProgram = claims.allSatisfy { $0.candidate.reasons.contains(Request.madeByProgram) }
        let text =
            isProgram
            ? "A program asks for this again and again: keep its answer and ask only when what it is about has changed, or "
                + "ask less often. "
            : "Keep what the answer was where the next session finds it (\(file) or a file it names), or make the request a "
                + "skill or a script that does what is always the same without the model. "
        return ProposedAction(kind: "instruction", text: text + ProposedAction.lookFirst)
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "How alike two prompts are is estimated from sketches of 16 places (an error of about 8 points); what the later "
                + "tasks cost is measured. That the earlier answer still held is an assumption, and reading it or running a "
                + "script costs something too, which is not taken off."
        ]
    }
}
