import Domain
import Pricing

extension Router {
    /// A conversation stays on its model, with four ways off a cheaper one: it cannot serve the request, a stronger one
    /// is asked, the human asks for something that is not known to be simple, or the session could no longer bear to come
    /// back.
    func continuing(_ request: Request, escalated: EscalationCount) -> Decision {
        guard let conversation = request.conversation else {
            let detail = "not seen from its beginning"
            return Decision(requested: request.model, chosen: request.model, reason: .pinned, detail: detail)
        }
        guard conversation.requested == request.model else {
            let detail = "the client changed its model"
            return Decision(requested: request.model, chosen: request.model, reason: .requested, detail: detail)
        }
        if request.held != request.model {
            if let refused = refusal(of: request.held, for: request) {
                return incapable(request, target: request.held, refused: refused)
            }
            if let stronger = escalation(of: request, escalated: escalated) {
                return Decision(requested: request.model, chosen: stronger, reason: .escalation, detail: "complaint")
            }
            if conversation.isThoughtSimple, !isStillSimple(request) {
                let detail = "no longer simple"
                return Decision(requested: request.model, chosen: request.model, reason: .requested, detail: detail)
            }
            if conversation.isThoughtSimple, !bearsStaying(request) {
                let detail = "the session could not bear to come back later"
                return Decision(
                    requested: request.model,
                    chosen: request.model,
                    reason: .cacheWorthMore,
                    detail: detail
                )
            }
        }
        return Decision(requested: request.model, chosen: request.held, reason: .pinned)
    }

    /// Whether the work goes on that was taken for simple: the model waits for its tools, or the next prompt is simple too.
    ///
    /// A bad downgrade costs more than the prompt cache that going back gives up.
    private func isStillSimple(_ request: Request) -> Bool {
        if request.facts.answersToolCalls { return true }
        if let match = match(of: request) { return match.target == request.held }
        if Pattern.first(for: request.facts, at: .first) != nil { return true }
        let text = request.facts.lastHumanText
        return !text.isEmpty
            && learned?.opinion(on: text, after: request.facts.work, askedOf: request.model)?.model == request.held
    }

    /// The stronger of the model asked for and the one set for escalation, where the human says that a cheaper model
    /// did not do, and the limits leave room; nil otherwise.
    ///
    /// Calls on the side and answers of tools never escalate.
    private func escalation(of request: Request, escalated: EscalationCount) -> ModelID? {
        guard let escalation = policy.escalation, policy.mode == .route, !request.facts.answersToolCalls,
            Complaint.isMade(in: request.facts.lastHumanText),
            let conversation = request.conversation,
            max(escalated.session, conversation.escalations) < escalation.perSession,
            request.facts.sender.ticket == nil || escalated.ticket < escalation.perTicket
        else { return nil }
        let tier = { (model: ModelID) in book.facts(of: model)?.tier?.rawValue ?? -1 }
        let isStronger = tier(escalation.model) > tier(request.model)
        guard isStronger, !isUnserved(escalation.model), refusal(of: escalation.model, for: request) == nil else {
            return request.model
        }
        return escalation.model
    }
}

/// The human's word that the last reply did not do.
enum Complaint {
    /// At the beginning of what is said, so that a pasted log does not count.
    static func isMade(in text: String) -> Bool {
        TextSearch(lowercasing: text.utf8.prefix(200)).holdsAny(of: signs)
    }

    private static let signs = [
        "didn't work", "didnt work", "did not work", "doesn't work", "doesnt work", "does not work", "not working",
        "still fail", "still broken", "still not", "still wrong", "that's wrong", "thats wrong", "that is wrong",
        "this is wrong", "you broke", "not what i asked", "not what i meant", "you missed", "you forgot", "try again",
        "try harder", "you're wrong", "youre wrong", "incorrect",
    ]
}
