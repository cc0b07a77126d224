import Domain
import Pricing

@testable import Routing

extension RequestFacts {
    /// A first request of Claude Code for Opus; change what the test is about.
    static func sample(
        _ text: String = "make it better",
        model: String = "claude-opus-4-8",
        bytes: Int = 60_000,
        assistantMessages: Int = 0,
        change: (inout RequestFacts) -> Void = { _ in }
    ) -> RequestFacts {
        var facts = RequestFacts(format: .messages, model: ModelID(model))
        facts.sender.path = "/v1/messages"
        facts.sender.session = "s"
        facts.lastHumanText = text
        facts.promptBytes = bytes
        facts.assistantMessages = assistantMessages
        facts.messages = assistantMessages * 2 + 1
        facts.maxOutputTokens = 32_000
        facts.toolNames = ["Bash", "Read", "Edit"]
        facts.demands = [.tools]
        facts.cacheMarkers = 3
        facts.isStreaming = true
        change(&facts)
        return facts
    }
}

extension Router {
    /// One that goes by what is expected; what a session can bear is ``RoutingAccountTests``' matter.
    static func sample(
        mode: RoutingPolicy.Mode = .route,
        providers: Set<Provider> = [.anthropic],
        bearableLoss: Double = 100,
        change: (inout RoutingPolicy) -> Void = { _ in }
    ) -> Router {
        var policy = RoutingPolicy()
        policy.mode = mode
        policy.bearableLoss = bearableLoss
        change(&policy)
        return Router(policy: policy, book: .builtin, providers: providers)
    }

    /// What is decided without asking a classifying model.
    func decided(
        _ facts: RequestFacts,
        in conversation: Conversation? = nil,
        at now: Timestamp = .noon,
        escalated: EscalationCount = .none
    ) -> Routed {
        switch decide(facts, in: conversation, at: now, escalated: escalated) {
        case .decided(let routed): routed
        case .needsClassifier(_, let otherwise), .tryThenJudge(_, let otherwise): otherwise
        }
    }

    /// A conversation after some turns of the same request, a minute apart, the last at noon.
    func conversation(
        startedBy facts: RequestFacts,
        turns: Int = 1,
        usage: Usage = Usage(outputTokens: 500, cacheReadTokens: 15_000, cacheWrite5mTokens: 1_500)
    ) -> Conversation {
        let first = decided(facts, at: .noon.advanced(byMilliseconds: Int64(1 - turns) * 60_000))
        var conversation = Conversation(first)
        conversation.record(
            first,
            promptBytes: facts.promptBytes,
            usage: usage,
            at: .noon.advanced(byMilliseconds: Int64(1 - turns) * 60_000)
        )
        for turn in 1..<max(1, turns) {
            let time = Timestamp.noon.advanced(byMilliseconds: Int64(turn + 1 - turns) * 60_000)
            var next = facts
            next.assistantMessages = turn
            next.answersToolCalls = true
            let routed = decided(next, in: conversation, at: time)
            conversation.record(routed, promptBytes: facts.promptBytes, usage: usage, at: time)
        }
        return conversation
    }
}

extension Timestamp {
    static let noon = Timestamp(milliseconds: Day(year: 2026, month: 11, day: 20).start.milliseconds + 43_200_000)

    func plus(minutes: Int) -> Timestamp { advanced(byMilliseconds: Int64(minutes) * 60_000) }
}
