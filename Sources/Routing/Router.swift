package import Domain
package import Pricing

/// Says which model serves a request, and why.
///
/// Pure: the same function runs live, in simulation and in replay.
package struct Router: Sendable {
    package let policy: RoutingPolicy
    let book: PriceBook
    let providers: Set<Provider>

    /// The providers are those that some upstream serves; no model of another one is ever chosen by itself.
    package init(policy: RoutingPolicy, book: PriceBook, providers: Set<Provider>) {
        self.policy = policy
        self.book = book
        self.providers = providers
    }

    /// For a request that goes on with a conversation, from what its headers and its envelope say.
    ///
    /// Nil: the model may be open; make ``RequestFacts`` and call ``decide(_:in:at:)``.
    package func pinned(
        model: ModelID,
        sender: RequestFacts.Sender,
        promptBytes: Int,
        in conversation: Conversation,
        at now: Timestamp
    ) -> Routed? { nil }

    package func decide(_ facts: RequestFacts, in conversation: Conversation?, at now: Timestamp) -> RoutingStep {
        .decided(requested(facts))
    }

    package func decide(
        _ facts: RequestFacts,
        in conversation: Conversation?,
        at now: Timestamp,
        classified: Classification
    ) -> Routed { requested(facts) }

    private func requested(_ facts: RequestFacts) -> Routed {
        let decision = Decision(requested: facts.model, chosen: facts.model, reason: .requested)
        return Routed(decision: decision, moment: .first, phase: facts.sender.phase)
    }
}
