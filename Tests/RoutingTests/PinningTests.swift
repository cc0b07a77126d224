import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct PinningTests {
    private let opus = ModelID("claude-opus-4-8")
    private let haiku = ModelID("claude-haiku-5-5")

    @Test func `pitfall 5: a simple request in mid-conversation does not switch`() {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("design the api"))
        let decision = router.decided(.sample("git status", assistantMessages: 2), in: conversation).decision
        #expect(decision == Decision(requested: opus, chosen: opus, reason: .pinned))
    }

    @Test(arguments: [("git diff", false), ("fix the race in the scheduler", true)])
    func `pitfall 5: a conversation on a cheaper model stays there while its tools answer`(text: String, isOld: Bool) {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("git status"))
        let facts = RequestFacts.sample(text, assistantMessages: 2) { $0.answersToolCalls = isOld }
        let decision = router.decided(facts, in: conversation).decision
        #expect(decision == Decision(requested: opus, chosen: haiku, reason: .pinned))
    }

    @Test func `a conversation goes back to the model asked for when its human asks for more than a chore`() {
        let router = Router.sample()
        var conversation = router.conversation(startedBy: .sample("git status"))
        let facts = RequestFacts.sample("now design the api", assistantMessages: 2)
        let routed = router.decided(facts, in: conversation)
        let back = Decision(requested: opus, chosen: opus, reason: .requested, detail: "no longer simple")
        #expect(routed.decision == back)
        conversation.record(routed, promptBytes: facts.promptBytes, usage: Usage(outputTokens: 5), at: .noon)
        // And stays there, whatever comes.
        let next = router.decided(.sample("git status", assistantMessages: 4), in: conversation)
        #expect(next.decision == Decision(requested: opus, chosen: opus, reason: .pinned))
    }

    @Test func `pitfall 5: a pinned conversation is told from its envelope`() {
        let router = Router.sample()
        let facts = RequestFacts.sample("design the api")
        let conversation = router.conversation(startedBy: facts)
        let pinned = { (router: Router, bytes: Int, time: Timestamp, model: String) in
            router.pinned(model: ModelID(model), sender: facts.sender, promptBytes: bytes, in: conversation, at: time)
        }
        let routed = pinned(router, 61_000, .noon.plus(minutes: 4), "claude-opus-4-8")
        #expect(routed?.decision == Decision(requested: opus, chosen: opus, reason: .pinned))
        #expect(routed?.moment == .continuing)
        // What may be open is looked at: another model, a shorter prompt, a cache that is gone.
        #expect(pinned(router, 61_000, .noon, "claude-haiku-5-5") == nil)
        #expect(pinned(router, 20_000, .noon, "claude-opus-4-8") == nil)
        #expect(pinned(router, 61_000, .noon.plus(minutes: 6), "claude-opus-4-8") == nil)
        let ruled = Router.sample { $0.rules = [RouteRule(when: .init(), use: .requested)] }
        #expect(pinned(ruled, 61_000, .noon, "claude-opus-4-8") == nil)
    }

    @Test func `pitfall 5: one that was taken to a cheaper model is looked at each time`() {
        let router = Router.sample()
        let facts = RequestFacts.sample("git status")
        let conversation = router.conversation(startedBy: facts)
        #expect(
            router.pinned(model: opus, sender: facts.sender, promptBytes: 61_000, in: conversation, at: .noon) == nil
        )
        let watching = Router.sample(mode: .observe)
        let watched = watching.conversation(startedBy: facts)
        #expect(watching.pinned(model: opus, sender: facts.sender, promptBytes: 61_000, in: watched, at: .noon) == nil)
        let routed = watching.decided(.sample("git diff", assistantMessages: 2), in: watched)
        #expect(routed.decision == Decision(requested: opus, chosen: haiku, isApplied: false, reason: .pinned))
    }

    @Test(arguments: [(5, Decision.Reason.pinned), (6, .pattern)])
    func `pitfall 5: after the cache's five minutes a conversation is looked at again`(
        minutes: Int,
        reason: Decision.Reason
    ) {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("design the api"), turns: 3)
        let routed = router.decided(
            .sample("git status", assistantMessages: 3),
            in: conversation,
            at: .noon.plus(minutes: minutes)
        )
        #expect(routed.decision.reason == reason)
        #expect(routed.moment == (reason == .pattern ? .cacheExpired : .continuing))
    }

    @Test(arguments: ["", "  "])
    func `an agent that goes on by itself after a compaction has asked for nothing simple`(text: String) {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("design the api", bytes: 600_000), turns: 3)
        let after = RequestFacts.sample(text, bytes: 80_000) { $0.followsCompaction = true }
        let routed = router.decided(after, in: conversation)
        #expect(routed.moment == .compacted && routed.decision.reason == .requested)
    }

    @Test(arguments: [(60, Routed.Moment.continuing), (61, .cacheExpired)])
    func `pitfall 5: an entry of an hour lives an hour`(minutes: Int, moment: Routed.Moment) {
        let router = Router.sample()
        let usage = Usage(outputTokens: 500, cacheReadTokens: 15_000, cacheWrite1hTokens: 1_500)
        let conversation = router.conversation(startedBy: .sample("design the api"), usage: usage)
        let routed = router.decided(
            .sample("git status", assistantMessages: 3),
            in: conversation,
            at: .noon.plus(minutes: minutes)
        )
        #expect(routed.moment == moment)
    }

    @Test func `pitfall 5: after the cache's lifetime a hard request goes back to the model asked for`() {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("git status"), turns: 3)
        let facts = RequestFacts.sample("design the api", assistantMessages: 3)
        let routed = router.decided(facts, in: conversation, at: .noon.plus(minutes: 6))
        #expect(routed.decision.served == opus && routed.moment == .cacheExpired)
    }

    @Test func `pitfall 5: after a compaction a simple request switches only where it pays`() {
        let router = Router.sample()
        // A standing prompt of 16,500 tokens is still warm.
        let conversation = router.conversation(startedBy: .sample("design the api", bytes: 600_000), turns: 3)
        let after = RequestFacts.sample("git status", bytes: 80_000) { $0.followsCompaction = true }
        let routed = router.decided(after, in: conversation)
        #expect(routed.moment == .compacted && routed.decision.served == haiku)
        // From Sonnet 4.6 to Haiku 4.5 six turns pay at this size; from Haiku's own price there is nowhere to go.
        let usage = Usage(outputTokens: 10, cacheReadTokens: 190_000, cacheWrite5mTokens: 100)
        let warm = router.conversation(
            startedBy: .sample("design", model: "claude-opus-5-5", bytes: 600_000),
            turns: 5,
            usage: usage
        )
        let simple = RequestFacts.sample("git status", model: "claude-opus-5-5", bytes: 440_000) { facts in
            facts.followsCompaction = true
            facts.demands = [.tools, .longContext]
        }
        let kept = Router.sample { $0.dial = 0.2 }.decided(simple, in: warm)
        #expect(kept.decision.reason == .cacheWorthMore && kept.decision.served == ModelID("claude-opus-5-5"))
    }

    @Test func `pitfall 5: a subagent's start is open, its later requests are not`() {
        let router = Router.sample()
        let start = RequestFacts.sample("list the files in src") { $0.sender.subagent = "a" }
        let routed = router.decided(start)
        #expect(routed.moment == .subagentStart && routed.decision.served == haiku)
        let conversation = router.conversation(startedBy: .sample("think hard") { $0.sender.subagent = "b" })
        #expect(router.decided(.sample("git status", assistantMessages: 1), in: conversation).decision.served == opus)
    }

    @Test(arguments: [5, 6, 600])
    func `pitfall 6: never inside an open tool loop`(minutes: Int) {
        let router = Router.sample()
        for start in ["design the api", "git status"] {
            let conversation = router.conversation(startedBy: .sample(start))
            let facts = RequestFacts.sample("git status", bytes: 1_000, assistantMessages: 2) { facts in
                facts.answersToolCalls = true
                facts.followsCompaction = true
            }
            let routed = router.decided(facts, in: conversation, at: .noon.plus(minutes: minutes))
            #expect(routed.moment == .continuing && routed.decision.served == conversation.chosen)
        }
    }

    @Test func `a conversation not seen from its beginning keeps its model`() {
        let decision = Router.sample().decided(.sample("git status", assistantMessages: 4)).decision
        #expect(decision.served == opus && decision.reason == .pinned)
    }

    @Test func `a client that changes its model gets what it asks for`() {
        let router = Router.sample()
        var conversation = router.conversation(startedBy: .sample("git status"))
        let facts = RequestFacts.sample("git status", model: "claude-sonnet-5-5", assistantMessages: 2)
        let routed = router.decided(facts, in: conversation)
        #expect(routed.decision.served == ModelID("claude-sonnet-5-5") && routed.decision.reason == .requested)
        conversation.record(routed, promptBytes: 60_000, usage: .zero, at: .noon)
        #expect(conversation.requested == ModelID("claude-sonnet-5-5"))
    }

    @Test func `pitfall 7: a conversation goes back where its cheaper model cannot serve a request`() {
        let router = Router.sample()
        var conversation = router.conversation(startedBy: .sample("git status"))
        let facts = RequestFacts.sample("next", assistantMessages: 2) { $0.demands = [.tools, .prefill] }
        let routed = router.decided(facts, in: conversation)
        #expect(routed.decision.served == opus && routed.decision.reason == .incapable)
        conversation.record(routed, promptBytes: 60_000, usage: .zero, at: .noon)
        #expect(conversation.chosen == opus)
    }

    @Test func `what a route decided does not pin the conversation`() {
        let router = Router.sample { policy in
            policy.rules = [
                RouteRule(when: .init(phase: Phase(rawValue: "draft")), use: .model(ModelID("claude-haiku-5-5")))
            ]
        }
        let conversation = router.conversation(startedBy: .sample("x") { $0.sender.phase = Phase(rawValue: "draft") })
        let next = RequestFacts.sample("x", assistantMessages: 1) { $0.sender.phase = Phase(rawValue: "implement") }
        #expect(router.decided(next, in: conversation).decision.served == opus)
    }

    @Test func `what was only observed does not move when decisions begin to be applied`() {
        let conversation = Router.sample(mode: .observe).conversation(startedBy: .sample("git status"))
        #expect(
            Router.sample().decided(.sample("go on", assistantMessages: 1), in: conversation).decision.served == opus
        )
    }
}

@Suite struct EscalationTests {
    private let opus = ModelID("claude-opus-4-8")
    private let router = Router.sample { policy in
        policy.escalation = .init(model: ModelID("claude-fable-5-1"), perSession: 1, perTicket: 2)
    }

    private func answer(_ text: String, change: (inout RequestFacts) -> Void = { _ in }, count: EscalationCount = .none)
        -> Decision
    {
        let conversation = router.conversation(startedBy: .sample("git status"))
        return router.decided(.sample(text, assistantMessages: 2, change: change), in: conversation, escalated: count)
            .decision
    }

    @Test func `where the human says that the cheaper model did not do, a stronger one is asked`() {
        #expect(
            answer("no, that's wrong")
                == Decision(requested: opus, chosen: opus, reason: .escalation, detail: "complaint")
        )
        #expect(answer("thanks").reason == .pinned)
        #expect(answer("no, that's wrong", change: { $0.answersToolCalls = true }).reason == .pinned)
    }

    @Test func `escalations are limited per session and ticket`() {
        #expect(answer("try again", count: EscalationCount(session: 1)).reason == .requested)
        let onTicket: (inout RequestFacts) -> Void = { $0.sender.ticket = "T-1" }
        #expect(answer("try again", change: onTicket, count: EscalationCount(ticket: 1)).reason == .escalation)
        #expect(answer("try again", change: onTicket, count: EscalationCount(ticket: 2)).reason == .requested)
    }

    @Test func `an escalated conversation stays there and counts`() {
        var conversation = router.conversation(startedBy: .sample("git status"))
        let routed = router.decided(.sample("try again", assistantMessages: 2), in: conversation)
        conversation.record(routed, promptBytes: 60_000, usage: .zero, at: .noon)
        #expect(conversation.escalations == 1 && conversation.chosen == opus)
        #expect(
            router.decided(.sample("still wrong", assistantMessages: 4), in: conversation).decision.reason == .pinned
        )
    }

    @Test func `the stronger of the model asked for and the one set is taken`() {
        let router = Router.sample { $0.escalation = .init(model: ModelID("claude-opus-4-8")) }
        let conversation = router.conversation(startedBy: .sample("git status", model: "claude-sonnet-5-5"))
        let facts = RequestFacts.sample("still failing", model: "claude-sonnet-5-5", assistantMessages: 2)
        #expect(router.decided(facts, in: conversation).decision.served == opus)
    }

    @Test func `without a setting a complaint leads back to the model asked for, and no further`() {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("git status"))
        let decision = router.decided(.sample("try again", assistantMessages: 2), in: conversation).decision
        #expect(decision.reason == .requested && decision.served == opus)
    }
}
