package import Domain
package import Pricing
package import Routing

/// Sends recorded sessions through the router that runs in the gateway, and prices what comes of it.
///
/// Each conversation, a session's main thread or a subagent's, is walked in order through ``Router/decide(_:in:at:escalated:)``
/// with a ``Conversation`` of its own, at the time of each call and at that day's prices. A call keeps its tokens
/// whatever model serves it, and the conversation goes on as it did: that another model would have written more or
/// less, or would have needed another turn, is not simulated. What a call is billed for on the model decided says
/// ``PromptCaches``. Where routing changes nothing for a call, it costs what the ledger says, to the digit.
package struct Simulation {
    private let router: Router
    private let eager: Router
    private var pricer: Pricer
    private let read: PromptReader

    /// With every cache weighed as the policy weighs it; prompts are read back from the logs.
    package init(policy: RoutingPolicy, book: PriceBook, providers: Set<Provider>, read: @escaping PromptReader) {
        router = Router(policy: policy, book: book, providers: providers)
        eager = Router(policy: policy, book: book, providers: providers, weighsCaches: false)
        pricer = Pricer(book: book)
        self.read = read
    }

    package mutating func simulated(_ session: Session) -> SimulatedSession {
        let conversations = session.conversations(format: format(of: session.id.agent), read: read)
        var walk = Walk(router: router, pricer: pricer)
        let routed = walk.turns(of: conversations)
        var open = Walk(router: eager, pricer: walk.pricer)
        let simple = open.turns(of: conversations)
        pricer = open.pricer
        var calls: [SimulatedCall] = []
        for (place, conversation) in conversations.enumerated() {
            var hindsight = Hindsight(turns: routed[place], simple: simple[place], of: conversation, pricer: pricer)
            calls += simulated(conversation, routed: routed[place], best: hindsight.best(in: router))
            pricer = hindsight.pricer
        }
        return SimulatedSession(
            id: session.id,
            project: session.project,
            billing: session.billing,
            calls: calls.sorted { ($0.call.time, $0.thread) < ($1.call.time, $1.thread) }
        )
    }

    private mutating func simulated(
        _ conversation: [RecordedTurn],
        routed: [Walk.Turn],
        best: [Walk.Turn]
    ) -> [SimulatedCall] {
        conversation.indices.compactMap { index in
            let recorded = conversation[index]
            guard !recorded.isContext else { return nil }
            return SimulatedCall(
                call: recorded.call,
                thread: recorded.thread,
                routed: routed[index].routed,
                served: routed[index].served,
                servedInHindsight: best[index].served,
                cost: pricer.cost(of: recorded.call),
                routedCost: routed[index].cost,
                hindsightCost: best[index].cost
            )
        }
    }

    /// The API that an agent asks a model by; nil for a provider that the gateway does not speak to.
    private func format(of agent: Agent) -> (ModelID) -> APIFormat? {
        { [book = router.book] model in
            switch book.facts(of: model)?.provider {
            case "anthropic": .messages
            case "openai": agent == .codex ? .responses : .chatCompletions
            default: model.rawValue.hasPrefix("claude") ? .messages : nil
            }
        }
    }
}
