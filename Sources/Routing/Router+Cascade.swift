import Domain
import Pricing

extension Router {
    /// What is tried for a request whose model is open; where decisions are only observed, what would be.
    ///
    /// Nil where nothing is: no cascade is set, the limits are used up, something is done on the provider's side that
    /// cannot be taken back, or no model of the cascade is cheaper than the one asked for and can serve the request.
    func trial(of request: Request, escalated: EscalationCount) -> Choice? {
        guard let cascade = policy.cascade, policy.dial > 0,
            request.facts.demands.isDisjoint(with: [.serverTools, .providerState])
        else { return nil }
        let left = escalationsLeft(for: request, escalated, by: cascade)
        guard left > 0 else { return nil }
        let models = Array(cascade.models.filter { mayTry($0, for: request) }.prefix(left))
        guard let first = models.first else { return nil }
        guard policy.mode == .route else {
            let detail = "would be tried"
            return .settled(Decision(requested: request.model, chosen: first, reason: .cascade, detail: detail))
        }
        return .trial(cascade.step(trying: models, before: request.model, escalationsAllowed: left))
    }

    /// Each try may end in one; without limits of the user's own, each model may once.
    private func escalationsLeft(
        for request: Request,
        _ escalated: EscalationCount,
        by cascade: CascadePolicy
    ) -> Int {
        let count = cascade.models.count
        let (perSession, perTicket) = policy.escalation.map { ($0.perSession, $0.perTicket) } ?? (count, count)
        let inSession = perSession - max(escalated.session, request.conversation?.escalations ?? 0)
        guard request.facts.sender.ticket != nil else { return min(inSession, Cascade.mostEscalations) }
        return min(inSession, perTicket - escalated.ticket, Cascade.mostEscalations)
    }

    private func mayTry(_ model: ModelID, for request: Request) -> Bool {
        let usage = Usage(inputTokens: request.promptTokens, outputTokens: 500)
        guard model != request.model, let own = rates(of: request.model, for: request),
            let tried = rates(of: model, for: request), tried.cost(of: usage) < own.cost(of: usage),
            !isUnserved(model), refusal(of: model, for: request) == nil
        else { return false }
        return paysToSwitch(request, to: model)
    }
}
