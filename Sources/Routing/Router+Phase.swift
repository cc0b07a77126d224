import Domain
import Pricing

extension Router {
    /// The phase's own tier, where the user gave it one: work is taken down to it, never up.
    ///
    /// Counts where a conversation's model is open. A client that asks for a cheaper model than its phase's gets it.
    func decisionByPhase(_ request: Request) -> Decision? {
        guard request.moment != .background, let phase = request.phase, let tier = policy.phases[phase]?.tier else {
            return nil
        }
        let detail = phase.rawValue
        guard let own = book.facts(of: request.model)?.tier, own > tier else {
            return Decision(requested: request.model, chosen: request.model, reason: .phase, detail: detail)
        }
        guard let target = target(for: request, tier: tier) else {
            return incapable(request, target: request.model, refused: "no \(tier) model can serve \(detail)")
        }
        return Decision(requested: request.model, chosen: target, reason: .phase, detail: detail)
    }
}

extension RoutingPolicy {
    /// The phase a request looks like, of those that the user set anything for; nil where it looks like none.
    ///
    /// Told from the command at the beginning of what the human said, such as `/review` or `Refine the …`, where its
    /// first word is the phase's name or has the same beginning of five letters (`refine` and `refinement`). Of more
    /// phases the first by name. A header always goes before.
    func phase(lookingLike facts: RequestFacts) -> Phase? {
        let set = Set(phases.keys).union(rules.compactMap(\.when.phase))
        guard !set.isEmpty else { return nil }
        var words = Words(facts.lastHumanText.prefix(400)).plain.prefix(3).map { String($0) }
        while let first = words.first, ["please", "can", "could", "you", "now"].contains(first) { words.removeFirst() }
        guard let command = words.first else { return nil }
        return set.sorted { $0.rawValue < $1.rawValue }.first { phase in
            let name = phase.rawValue.lowercased()
            return name == command || (command.count >= 5 && name.count >= 5 && name.prefix(5) == command.prefix(5))
        }
    }
}
