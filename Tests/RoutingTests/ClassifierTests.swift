import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct ClassifierTests {
    private let router = Router.sample { $0.classifier = .init(model: ModelID("claude-haiku-5-5")) }
    private let opus = ModelID("claude-opus-4-8")
    private let haiku = ModelID("claude-haiku-5-5")

    private func question(_ facts: RequestFacts, in conversation: Conversation? = nil) -> ClassifierQuestion? {
        guard case .needsClassifier(let question, let otherwise) = router.decide(facts, in: conversation, at: .noon)
        else {
            return nil
        }
        #expect(otherwise.decision.served == facts.model)
        return question
    }

    @Test func `what no pattern knows is asked of the classifying model`() throws {
        let question = try #require(self.question(.sample("rename foo to bar in a.txt")))
        #expect(question.model == haiku && question.timeoutMilliseconds == 800 && question.maxOutputTokens <= 8)
        #expect(question.text.contains("rename foo to bar"))
        #expect(self.question(.sample("git status")) == nil)
        #expect(self.question(.sample("do it", model: "claude-haiku-5-5")) == nil)
    }

    @Test func `only where a model is open`() {
        let conversation = router.conversation(startedBy: .sample("rename foo to bar in a.txt"))
        #expect(question(.sample("rename it", assistantMessages: 2), in: conversation) == nil)
        #expect(question(.sample("rename it", assistantMessages: 2)) == nil)
        #expect(question(.sample("rename it") { $0.sender.subagent = "a" }) != nil)
        #expect(question(.sample("You are performing a CONTEXT CHECKPOINT COMPACTION.")) == nil)
    }

    @Test(arguments: [
        ("SIMPLE", Classification.simple), (" SIMPLE\n", .simple), ("COMPLEX", .complex),
        ("simple", .failed("unreadable answer")), ("SIMPLE.", .failed("unreadable answer")),
        ("SIMPLE COMPLEX", .failed("unreadable answer")), ("", .failed("unreadable answer")),
        ("The request is SIMPLE", .failed("unreadable answer")),
    ])
    func `only the exact word counts`(reply: String, classification: Classification) {
        #expect(Classification(reply: reply) == classification)
    }

    @Test(arguments: [
        (Classification.simple, "claude-haiku-5-5", Decision.Reason.classifier),
        (.complex, "claude-opus-4-8", .classifier), (.failed("timeout"), "claude-opus-4-8", .classifierFailed),
    ])
    func `its answer decides, and its failure keeps the model asked for`(
        answer: Classification,
        model: String,
        reason: Decision.Reason
    ) {
        let facts = RequestFacts.sample("rename foo to bar in a.txt")
        let decision = router.decide(facts, in: nil, at: .noon, classified: answer).decision
        #expect(decision.served == ModelID(model) && decision.reason == reason)
    }

    @Test(arguments: [
        "use key sk-ant-api03-abc", "log in with ghp_abcdef", "AKIAIOSFODNN7EXAMPLE", "the password is hunter2",
        "-----BEGIN PRIVATE KEY-----", "curl -H 'Authorization: Bearer abc'",
    ])
    func `pitfall 33: a text that seems to hold a secret is not sent`(text: String) {
        #expect(question(.sample("deploy it, \(text)")) == nil)
    }

    @Test func `no more than two thousand bytes are sent, and never half a character`() throws {
        let question = try #require(self.question(.sample("x" + String(repeating: "é", count: 5_000))))
        #expect(question.text.utf8.count < 2_100 && !question.text.contains("\u{FFFD}"))
    }

    @Test func `answers are shared by equal questions only`() throws {
        let one = try #require(self.question(.sample("rename foo")))
        #expect(question(.sample("rename foo"))?.cacheKey == one.cacheKey)
        #expect(question(.sample("rename bar"))?.cacheKey != one.cacheKey)
        #expect(question(.sample("rename foo") { $0.sender.subagent = "a" })?.cacheKey != one.cacheKey)
    }
}
