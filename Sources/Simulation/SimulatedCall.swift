package import Domain
package import Routing

/// A call of a log with what it cost in fact, as routed, and at the best choice in hindsight.
package struct SimulatedCall: Hashable, Sendable {
    package var call: Call
    package var thread: ThreadID
    /// Nil for a call that is context only, and for one of a provider that the gateway does not speak to.
    package var routed: Routed?
    package var served: ModelID
    package var servedInHindsight: ModelID
    /// What the ledger has; nil where the call's model has no price.
    package var cost: Money?
    package var routedCost: Money?
    package var hindsightCost: Money?
}

/// A session's calls as they would have gone through the gateway.
package struct SimulatedSession: Sendable {
    package var id: SessionID
    package var project: String
    package var billing: Billing
    /// In the order of time; context is left out.
    package var calls: [SimulatedCall]

    /// What the session cost, its calls without a price apart.
    package var cost: Money { calls.reduce(.zero) { $0 + ($1.cost ?? .zero) } }
    package var routedCost: Money { calls.reduce(.zero) { $0 + ($1.routedCost ?? .zero) } }
    package var hindsightCost: Money { calls.reduce(.zero) { $0 + ($1.hindsightCost ?? .zero) } }
}
