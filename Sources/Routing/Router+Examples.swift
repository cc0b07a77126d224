import Domain
import Pricing

extension Router {
    /// Where the user sends prompts like this one; nil where none of their examples is like it.
    ///
    /// Down only where the switch is worth the warm cache, as for all that is simple; up as the user says.
    func decisionByExample(_ request: Request) -> Decision? {
        guard let match = match(of: request) else { return nil }
        let detail = "example \(match.route)"
        let target = match.target ?? request.model
        let decision = Decision(requested: request.model, chosen: target, reason: .learned, detail: detail)
        guard target != request.model else { return decision }
        if let refused = refusal(of: target, for: request) {
            return incapable(request, target: target, refused: refused)
        }
        guard isCheaper(target, than: request.model, for: request), !isWorthSwitching(request, to: target) else {
            return decision
        }
        let kept = request.held == target ? request.model : request.held
        return Decision(requested: request.model, chosen: kept, reason: .cacheWorthMore, detail: "\(detail): \(target)")
    }

    func match(of request: Request) -> ExampleRoutes.Match? {
        guard let examples, !request.facts.lastHumanText.isEmpty, request.moment != .background else { return nil }
        return examples.match(request.facts.lastHumanText)
    }
}
