import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct CounterfactualTests {
    private let usage = Usage(inputTokens: 10, outputTokens: 500, cacheReadTokens: 15_000, cacheWrite5mTokens: 1_500)

    @Test func `a model that served itself has none`() {
        let router = Router.sample()
        let routed = router.decided(.sample("design the api"))
        var conversation = Conversation(routed)
        #expect(conversation.record(routed, promptBytes: 60_000, usage: usage, at: .noon) == nil)
    }

    @Test func `a conversation on a cheaper model from its beginning reads and writes what the other would have`() {
        let router = Router.sample()
        let first = router.decided(.sample("git status"))
        var conversation = Conversation(first)
        let cold = Usage(outputTokens: 500, cacheWrite5mTokens: 16_500)
        #expect(conversation.record(first, promptBytes: 60_000, usage: cold, at: .noon) == cold)
        let next = router.decided(.sample("git diff", assistantMessages: 1), in: conversation)
        #expect(conversation.record(next, promptBytes: 62_000, usage: usage, at: .noon.plus(minutes: 1)) == usage)
    }

    @Test func `on the turn of a switch the requested model reads what it held`() {
        let router = Router.sample()
        var conversation = router.conversation(startedBy: .sample("design the api", bytes: 600_000), turns: 3)
        let after = router.decided(
            .sample("git status", bytes: 80_000) { $0.followsCompaction = true },
            in: conversation,
            at: .noon.plus(minutes: 1)
        )
        let cold = Usage(inputTokens: 10, outputTokens: 500, cacheWrite5mTokens: 20_000)
        let counterfactual = conversation.record(after, promptBytes: 80_000, usage: cold, at: .noon.plus(minutes: 1))
        let expected = Usage(inputTokens: 10, outputTokens: 500, cacheReadTokens: 16_500, cacheWrite5mTokens: 3_500)
        #expect(counterfactual == expected)
    }

    @Test func `after the cache's lifetime the requested model would have written it all`() {
        let router = Router.sample()
        var conversation = router.conversation(startedBy: .sample("design the api"), turns: 3)
        let late = Timestamp.noon.plus(minutes: 6)
        let routed = router.decided(.sample("git status", assistantMessages: 3), in: conversation, at: late)
        let cold = Usage(outputTokens: 500, cacheWrite5mTokens: 18_000)
        #expect(conversation.record(routed, promptBytes: 66_000, usage: cold, at: late) == cold)
    }

    @Test func `an observed decision has none, since the requested model served`() {
        let router = Router.sample(mode: .observe)
        let routed = router.decided(.sample("git status"))
        var conversation = Conversation(routed)
        #expect(conversation.record(routed, promptBytes: 60_000, usage: usage, at: .noon) == nil)
    }

    @Test func `across providers Anthropic would have kept what the client marks`() {
        let first = across()
        var conversation = Conversation(first)
        let openAI = Usage(inputTokens: 20_000, outputTokens: 100)
        let one = conversation.record(first, promptBytes: 60_000, usage: openAI, at: .noon)
        #expect(one == Usage(outputTokens: 100, cacheWrite5mTokens: 20_000))
        let more = Usage(inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 21_000)
        var next = first
        next.moment = .continuing
        let two = conversation.record(next, promptBytes: 66_000, usage: more, at: .noon.plus(minutes: 1))
        #expect(two == Usage(outputTokens: 100, cacheReadTokens: 20_000, cacheWrite5mTokens: 2_000))
    }

    private func across() -> Routed {
        let decision = Decision(requested: ModelID("claude-opus-4-8"), chosen: ModelID("gpt-6-luna"), reason: .pattern)
        var routed = Routed(decision: decision, moment: .first)
        routed.requestedProvider = .anthropic
        routed.provider = .openAI
        routed.marksCache = true
        return routed
    }
}
