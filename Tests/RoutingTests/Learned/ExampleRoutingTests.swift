import Domain
import Testing

@testable import Routing

@Suite struct ExampleRoutingTests {
    private let opus = ModelID("claude-opus-4-8")
    private let haiku = ModelID("claude-haiku-5-5")

    private func router(to use: RouteRule.Use, change: (inout RoutingPolicy) -> Void = { _ in }) -> Router {
        .sample { policy in
            policy.examples = [
                .init(
                    name: "letters",
                    prompts: ["Translate this letter into German", "Translate the text into English"],
                    use: use
                )
            ]
            change(&policy)
        }
    }

    @Test(arguments: [("Translate this letter into French", true), ("Why is the sky blue?", false)])
    func `a prompt like an example goes where the user says`(text: String, isLike: Bool) {
        let decision = router(to: .model(haiku)).decided(.sample(text)).decision
        #expect(decision.chosen == (isLike ? haiku : opus))
        #expect((decision.detail == "example letters") == isLike)
    }

    @Test func `an example goes before the patterns, and a route before it`() {
        let asked = router(to: .requested) { $0.examples[0].prompts = ["git status"] }
        #expect(asked.decided(.sample("git status")).decision.served == opus)
        let ruled = router(to: .model(haiku)) { $0.rules = [RouteRule(when: .init(), use: .requested)] }
        #expect(ruled.decided(.sample("Translate this letter into French")).decision.reason == .rule)
    }

    @Test func `a conversation goes back where its human asks for something unlike`() {
        let router = router(to: .model(haiku))
        let conversation = router.conversation(startedBy: .sample("Translate this letter into French"))
        #expect(conversation.chosen == haiku)
        let like = RequestFacts.sample("Translate this letter into Spanish", assistantMessages: 2)
        #expect(router.decided(like, in: conversation).decision.served == haiku)
        let other = RequestFacts.sample("Why is the sky blue?", assistantMessages: 2)
        #expect(router.decided(other, in: conversation).decision.served == opus)
    }

    @Test func `what the target cannot serve stays`() {
        let facts = RequestFacts.sample("Translate this letter into French") { $0.demands = [.tools, .prefill] }
        #expect(router(to: .model(haiku)).decided(facts).decision.reason == .incapable)
    }

    @Test func `a dearer model may be named, too`() {
        let fable = ModelID("claude-fable-5-1")
        let decision = router(to: .model(fable)).decided(.sample("Translate this letter into French")).decision
        #expect(decision.served == fable)
    }
}
