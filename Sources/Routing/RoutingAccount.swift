package import Domain

/// What routing has cost a session so far beside what not routing would have: one value for each session, its subagents
/// included.
///
/// A session must at no point be dearer than ``RoutingPolicy/bearableLoss`` allows, whatever comes next: so a conversation is taken to
/// another model, and stays there, only as long as the session could bear to have it led back with the next call. What
/// routing has saved before counts. All of it is counted with the caches as they are.
package struct RoutingAccount: Hashable, Sendable {
    /// What was billed by the models that were asked for, or would have been but for a decision the user took.
    private var asked: [ModelID: Usage] = [:]
    /// What the other calls would have cost on the models asked for, at the least.
    private var unrouted = Money.zero
    /// What routing has cost more than not routing, at the most; below zero where it saved.
    package private(set) var excess = Money.zero
    /// What coming back would lose now, by conversation: nil is the session's main thread.
    private var exposures: [String?: Money] = [:]

    package init() {}

    /// Whether the session can bear that a call costs so much more than unrouted, and that its conversation is then led
    /// back; `share` is the part of what the session costs that may be lost.
    func bears(_ exposure: Exposure, of thread: String?, share: Double, pricing: (ModelID, Usage) -> Money) -> Bool {
        var lost = excess + exposure.ofCall + exposure.ofReturn
        for (other, exposed) in exposures where other != thread { lost += exposed }
        guard lost > .zero else { return true }
        let spent = asked.reduce(unrouted + exposure.unrouted) { $0 + pricing($1.key, $1.value) }
        return lost.usd <= spent.usd * share
    }

    /// A call is on its way whose model is not the one asked for: until its reply is recorded it counts as lost.
    package mutating func reserve(for routed: Routed, of thread: String?) {
        guard let exposure = routed.exposure else { return }
        exposures[thread] = exposure.ofCall + exposure.ofReturn
    }

    /// What coming back would lose now; nil for a conversation that nothing is known to have taken away.
    func exposure(of thread: String?) -> Money? { exposures[thread] }

    mutating func add(_ usage: Usage, asked model: ModelID) { asked[model, default: .zero] += usage }

    mutating func add(unrouted: Money, routed: Money) {
        self.unrouted += unrouted
        excess += routed - unrouted
    }

    mutating func expose(_ thread: String?, to loss: Money?) { exposures[thread] = loss }

    /// The conversation will not be led back, and what it left behind is gone all the same.
    mutating func writeOff(_ thread: String?) { excess += exposures.removeValue(forKey: thread) ?? .zero }
}

/// What a call on another model than the one asked for may lose.
package struct Exposure: Hashable, Sendable {
    /// What the call itself costs more, its answer not counted; below zero where it costs less.
    package var ofCall: Money
    /// What it loses if the conversation is led back with its next call: the prompt that the model asked for would have
    /// read from its cache has to be written there.
    package var ofReturn: Money
    /// What the call costs on the model asked for, its answer not counted.
    package var unrouted: Money
}
