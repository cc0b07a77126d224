import Domain
import Pricing
import Routing

/// Takes a conversation through a router, turn by turn, as the gateway does.
struct Walk {
    struct Turn: Hashable {
        /// Nil where nobody was asked.
        var routed: Routed?
        var served: ModelID
        /// Nil where a model has no price.
        var cost: Money?
    }

    let router: Router
    var pricer: Pricer
    /// How often a stronger model was asked in this session.
    var escalations: Int

    mutating func turns(of recorded: [RecordedTurn]) -> [Turn] {
        var caches = PromptCaches(for: recorded.lazy.map(\.call))
        var conversation: Conversation?
        return recorded.map { recorded in
            let call = recorded.call
            guard let facts = recorded.facts, !recorded.isContext else {
                return Turn(served: call.model, cost: pricer.cost(of: call, servedBy: call.model, from: &caches))
            }
            let routed = decision(on: facts, in: conversation, at: call.time)
            let served = routed.decision.served
            let usage = caches.usage(of: call, servedBy: served, of: CacheProvider(router.book, served))
            if routed.moment != .background {
                var going = conversation ?? Conversation(routed)
                going.record(routed, promptBytes: facts.promptBytes, usage: usage, at: call.time)
                conversation = going
            }
            if routed.decision.reason == .escalation { escalations += 1 }
            return Turn(routed: routed, served: served, cost: pricer.cost(of: call, billedFor: usage, on: served))
        }
    }

    /// Neither a classifying model nor a cheaper one is asked: their answers are in no log.
    private func decision(on facts: RequestFacts, in conversation: Conversation?, at time: Timestamp) -> Routed {
        let escalated = EscalationCount(session: escalations)
        switch router.decide(facts, in: conversation, at: time, escalated: escalated) {
        case .decided(let routed): return routed
        case .needsClassifier(_, let otherwise), .tryThenJudge(_, let otherwise): return otherwise
        }
    }
}

extension CacheProvider {
    init(_ book: PriceBook, _ model: ModelID) { self.init(book.facts(of: model)?.provider) }
}

extension Pricer {
    /// What a call costs on a model, given what the caches hold; nil where one of the models has no price.
    mutating func cost(of call: Call, servedBy model: ModelID, from caches: inout PromptCaches) -> Money? {
        let usage = caches.usage(of: call, servedBy: model, of: CacheProvider(book, model))
        return cost(of: call, billedFor: usage, on: model)
    }

    /// Billed attempts before the last one stay as they were: another model would not undo them.
    mutating func cost(of call: Call, billedFor usage: Usage, on model: ModelID) -> Money? {
        let cost = cost(of: call)
        guard model != call.model || usage != call.usage else { return cost }
        guard let cost, let last = self.cost(of: call.usage, on: call.model, mode: call.mode, at: call.time),
            let moved = self.cost(of: usage, on: model, mode: call.mode, at: call.time)
        else { return nil }
        return cost - last + moved
    }
}
