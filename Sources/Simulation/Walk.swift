import Domain
import Pricing
import Routing

/// Takes a session's conversations through a router, turn by turn in the order of time, as the gateway does.
struct Walk {
    struct Turn: Hashable {
        /// Nil where nobody was asked.
        var routed: Routed?
        var served: ModelID
        /// Nil where a model has no price.
        var cost: Money?
    }

    let router: Router
    private(set) var pricer: Pricer
    /// How often a stronger model was asked in this session.
    private var escalations = 0
    private var account = RoutingAccount()

    init(router: Router, pricer: Pricer) {
        self.router = router
        self.pricer = pricer
    }

    /// A turn for each of the conversations' own.
    mutating func turns(of conversations: [[RecordedTurn]]) -> [[Turn]] {
        var threads = conversations.map { Thread(caches: PromptCaches(for: $0.lazy.map(\.call))) }
        let places = conversations.indices.flatMap { thread in conversations[thread].indices.map { (thread, $0) } }
        let inOrder = places.sorted { a, b in
            let (one, other) = (conversations[a.0][a.1].call.time, conversations[b.0][b.1].call.time)
            return a.0 == b.0 ? a.1 < b.1 : (one, a.0) < (other, b.0)
        }
        for (thread, index) in inOrder { take(conversations[thread][index], in: &threads[thread]) }
        return threads.map(\.turns)
    }

    /// What there is of a conversation on the way.
    private struct Thread {
        var caches: PromptCaches
        var conversation: Conversation?
        var turns: [Turn] = []
    }

    private mutating func take(_ recorded: RecordedTurn, in thread: inout Thread) {
        let call = recorded.call
        guard let facts = recorded.facts, !recorded.isContext else {
            let cost = pricer.cost(of: call, servedBy: call.model, from: &thread.caches)
            return thread.turns.append(Turn(served: call.model, cost: cost))
        }
        let routed = decision(on: facts, of: call, in: thread.conversation)
        let served = routed.decision.served
        let usage = thread.caches.usage(of: call, servedBy: served, of: router.book.facts(of: served)?.provider)
        router.record(
            routed,
            promptBytes: facts.promptBytes,
            usage: usage,
            at: call.time,
            in: &thread.conversation,
            of: facts.sender.subagent,
            on: &account
        )
        if routed.decision.reason == .escalation { escalations += 1 }
        let cost = pricer.cost(of: call, billedFor: usage, on: served)
        thread.turns.append(Turn(routed: routed, served: served, cost: cost))
    }

    /// Neither a classifying model nor a cheaper one is asked: their answers are in no log.
    private func decision(on facts: RequestFacts, of call: Call, in conversation: Conversation?) -> Routed {
        let step = router.decide(
            facts,
            in: conversation,
            at: call.time,
            escalated: EscalationCount(session: escalations),
            account: account,
            // What a conversation finds at its beginning is what others put there.
            warmBeginning: call.usage.cacheReadTokens
        )
        switch step {
        case .decided(let routed): return routed
        case .needsClassifier(_, let otherwise), .tryThenJudge(_, let otherwise): return otherwise
        }
    }
}

extension Pricer {
    /// What a call costs on a model, given what the caches hold; nil where one of the models has no price.
    mutating func cost(of call: Call, servedBy model: ModelID, from caches: inout PromptCaches) -> Money? {
        let usage = caches.usage(of: call, servedBy: model, of: book.facts(of: model)?.provider)
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
