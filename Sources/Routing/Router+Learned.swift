import Domain

extension Router {
    /// What rated prompts teach about a request; nil where they say nothing of the model asked for, or there are no words
    /// to go by.
    ///
    /// Never a model that costs more: then the one asked for stays.
    func learned(_ request: Request) -> Decision? {
        guard let learned, policy.dial > 0, !request.facts.lastHumanText.isEmpty,
            let opinion = learned.opinion(
                on: request.facts.lastHumanText,
                after: request.facts.work,
                askedOf: request.model
            )
        else { return nil }
        let stays = Decision(requested: request.model, chosen: request.model, reason: .learned, detail: opinion.why)
        guard opinion.model != request.model, !isUnserved(opinion.model) else { return stays }
        if let refused = refusal(of: opinion.model, for: request) {
            return incapable(request, target: opinion.model, refused: refused)
        }
        guard isCheaper(opinion.model, than: request.model, for: request) else { return stays }
        guard isWorthSwitching(request, to: opinion.model) else {
            let detail = "\(opinion.why): \(opinion.model)"
            let kept = request.held == opinion.model ? request.model : request.held
            return Decision(requested: request.model, chosen: kept, reason: .cacheWorthMore, detail: detail)
        }
        return Decision(requested: request.model, chosen: opinion.model, reason: .learned, detail: opinion.why)
    }
}
