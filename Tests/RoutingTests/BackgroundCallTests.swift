import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct BackgroundCallTests {
    private let haiku = ModelID("claude-haiku-5-5")

    private func title(model: String = "claude-opus-4-8") -> RequestFacts {
        .sample("fix the login", model: model, bytes: 2_000) { facts in
            facts.systemText = "Generate a concise, sentence-case title (3-7 words) that captures the main topic."
            facts.toolNames = []
            facts.demands = []
        }
    }

    @Test func `pitfall 21: titles go to the cheapest model and leave the conversation as it is`() {
        let router = Router.sample()
        var conversation = router.conversation(startedBy: .sample("design the api"))
        let before = conversation
        let routed = router.decided(title(), in: conversation)
        #expect(routed.decision.served == haiku && routed.decision.detail == "title" && routed.moment == .background)
        conversation.record(routed, promptBytes: 2_000, usage: Usage(inputTokens: 500), at: .noon)
        #expect(conversation == before)
    }

    @Test func `pitfall 21: a built-in cheap model stays what it is and is never escalated`() {
        let router = Router.sample { $0.escalation = .init(model: ModelID("claude-opus-4-8")) }
        var facts = title(model: "claude-haiku-5-5")
        facts.lastHumanText = "still wrong, try again"
        let conversation = router.conversation(startedBy: .sample("git status"))
        #expect(router.decided(facts, in: conversation).decision.served == haiku)
    }

    @Test(arguments: RoutingPolicy.Mode.allCases)
    func `pitfall 21: a built-in model that no upstream serves still resolves`(mode: RoutingPolicy.Mode) {
        let router = Router.sample(mode: mode, providers: [.openAI])
        let decision = router.decided(title(model: "claude-haiku-5-5")).decision
        #expect(decision.served == ModelID("gpt-6-luna") && decision.isApplied)
        let unheard = router.decided(title(model: "claude-haiku-9")).decision
        #expect(router.provider(of: unheard.served) == .openAI)
        // In a conversation of its own, too.
        let facts = RequestFacts.sample("look around", model: "claude-haiku-5-5") { $0.sender.subagent = "a" }
        let conversation = router.conversation(startedBy: facts)
        #expect(conversation.chosen == ModelID("gpt-6-luna"))
        let next = RequestFacts.sample("go on", model: "claude-haiku-5-5", assistantMessages: 1)
        #expect(
            router.pinned(model: next.model, sender: next.sender, promptBytes: 60_000, in: conversation, at: .noon)
                == nil
        )
        #expect(router.decided(next, in: conversation).decision.served == ModelID("gpt-6-luna"))
    }

    @Test(arguments: [
        ("title", "You are a title generator. You output ONLY a thread title.", "hello"),
        ("title", "Analyze if this message indicates a new conversation topic. If it does, extract", "hello"),
        ("title", "", "Please write a 5-10 word title for the following conversation: …"),
        ("command-check", "Your task is to process Bash commands that an AI coding agent wants to run.", "ls"),
        ("suggestion", "You are Claude Code", "[SUGGESTION MODE: Suggest what the user might type next]"),
        ("compaction", "", "Your task is to create a detailed summary of the conversation so far, paying"),
        ("compaction", "", "You are performing a CONTEXT CHECKPOINT COMPACTION. Create a handoff summary"),
        ("page-summary", "", "Web page content:\n---\n# A page"),
    ])
    func `pitfall 21: agents' calls on the side are known by their words`(name: String, system: String, text: String) {
        let facts = RequestFacts.sample(text) { facts in
            facts.systemText = system
            facts.toolNames = []
        }
        #expect(BackgroundCall(facts)?.rawValue == name)
    }

    @Test func `a human who speaks of titles asks nothing on the side`() {
        #expect(BackgroundCall(.sample("Generate a title for this conversation page of our app")) == nil)
        #expect(BackgroundCall(.sample("design the api")) == nil)
    }

    @Test func `a compaction is on the side, and done by the model asked for`() {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("design the api"))
        let facts = RequestFacts.sample("You are performing a CONTEXT CHECKPOINT COMPACTION.", assistantMessages: 9)
        let routed = router.decided(facts, in: conversation)
        #expect(routed.moment == .background && routed.decision.served == ModelID("claude-opus-4-8"))
    }

    @Test func `a suggestion asked behind a large warm prompt moves only where that is cheaper`() {
        // Opus 5.5 reads its cache for less than Haiku 4.5 takes to write one.
        let router = Router.sample { $0.dial = 0.2 }
        let conversation = router.conversation(
            startedBy: .sample("design", model: "claude-opus-5-5", bytes: 600_000),
            turns: 3
        )
        let facts = RequestFacts.sample(
            "[SUGGESTION MODE: …]",
            model: "claude-opus-5-5",
            bytes: 600_100,
            assistantMessages: 3
        )
        let decision = router.decided(facts, in: conversation).decision
        #expect(decision.served == ModelID("claude-opus-5-5") && decision.reason == .cacheWorthMore)
    }

    @Test func `a small call under a session's name is on the side`() {
        let router = Router.sample()
        let conversation = router.conversation(startedBy: .sample("design the api"))
        let routed = router.decided(.sample("git status", bytes: 1_000), in: conversation)
        #expect(routed.moment == .background && routed.decision.served == ModelID("claude-opus-4-8"))
    }

    @Test func `a small call before the session's first request does not stand in its way`() {
        let router = Router.sample()
        let aside = RequestFacts.sample("is this a question?", model: "claude-haiku-5-5", bytes: 900)
        var conversation = router.conversation(startedBy: aside)
        let first = router.decided(.sample("git status"), in: conversation)
        #expect(first.moment == .first && first.decision.served == haiku && first.decision.reason == .pattern)
        conversation.record(first, promptBytes: 60_000, usage: .zero, at: .noon)
        #expect(conversation.requested == ModelID("claude-opus-4-8") && conversation.turns == 1)
        // Nor does it where its reply comes later.
        let before = conversation
        conversation.record(router.decided(aside), promptBytes: 900, usage: .zero, at: .noon)
        #expect(conversation == before)
    }

    @Test func `a first request sent twice is decided once`() {
        let router = Router.sample()
        let facts = RequestFacts.sample("design the api")
        let again = router.decided(facts, in: router.conversation(startedBy: facts))
        #expect(again.moment == .continuing && again.decision.served == facts.model)
    }

    @Test func `one token of output is a probe of the account`() {
        let facts = RequestFacts.sample("quota", bytes: 300) { $0.maxOutputTokens = 1 }
        #expect(BackgroundCall(facts) == .quotaProbe)
    }
}
