import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct LearnedRoutingTests {
    private static let strong = ModelID("claude-opus-4-8")
    private static let weak = ModelID("claude-haiku-4-5")

    /// Fitted to the made-up world of the samples, under the names of real models.
    private static let router: FittedRouter? = {
        let rated = RatedSamples.rated(400).map { prompt in
            var prompt = prompt
            for (place, model) in [strong, weak].enumerated() { prompt.results[place].model = model }
            return prompt
        }
        return FittedRouter(fitting: TrainingRows(rated, models: [weak, strong], embedding: nil), seed: 1)
    }()

    private func learned(threshold: Double = 0.3) throws -> LearnedRouting {
        let router = try #require(Self.router)
        let certificate = Certificate(
            cheaper: Self.weak,
            stronger: Self.strong,
            claim: Claim(alpha: 0.05, delta: 0.1),
            rows: 200,
            threshold: threshold,
            sent: 100,
            worse: 4
        )
        return try #require(
            LearnedRouting(certified: .init(certificate: certificate, router: router), dialled: nil, embedding: nil)
        )
    }

    private func routed(
        _ text: String,
        by learned: LearnedRouting,
        providers: Set<Provider> = [.anthropic],
        facts change: (inout RequestFacts) -> Void = { _ in },
        policy changePolicy: (inout RoutingPolicy) -> Void = { _ in }
    ) -> Decision {
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.bearableLoss = 100
        changePolicy(&policy)
        let router = Router(policy: policy, book: .builtin, providers: providers, learned: learned)
        return router.decided(.sample(text, change: change)).decision
    }

    private let easy = "Please spell the word7 word12 word80, case 3."
    private let hard = "Please prove the word7 word12 word80, case 3."

    @Test func `what was learned to be easy goes to the certified model, the rest stays`() throws {
        let learned = try learned()
        let easy = routed(easy, by: learned)
        #expect(easy.chosen == Self.weak)
        #expect(easy.reason == .learned)
        #expect(easy.detail.hasPrefix("certificate; gap "))
        let hard = routed(hard, by: learned)
        #expect(hard.chosen == Self.strong)
        #expect(hard.reason == .learned)
    }

    @Test func `white space and case change nothing`() throws {
        let learned = try learned()
        for text in [easy, hard] {
            let spaced = "  " + text.replacing(" ", with: " \n\t ").uppercased()
            #expect(routed(spaced, by: learned) == routed(text, by: learned))
        }
    }

    @Test func `a model that nothing was learned of stays`() throws {
        let decision = routed(easy, by: try learned()) { $0.model = ModelID("claude-sonnet-4-6") }
        #expect(decision.chosen == ModelID("claude-sonnet-4-6"))
        #expect(decision.reason == .requested)
    }

    @Test func `a dial of zero keeps every model`() throws {
        #expect(routed(easy, by: try learned(), policy: { $0.dial = 0 }).reason == .requested)
    }

    @Test func `patterns and routes go first`() throws {
        let learned = try learned(threshold: -1)
        #expect(routed("git status", by: learned).reason == .pattern)
        let ruled = routed(easy, by: learned, policy: { $0.rules = [RouteRule(when: .init(), use: .model(Self.weak))] })
        #expect(ruled.reason == .rule)
    }

    @Test func `what the cheaper model cannot serve stays`() throws {
        let decision = routed(easy, by: try learned()) { $0.maxOutputTokens = 100_000 }
        #expect(decision.chosen == Self.strong)
        #expect(decision.reason == .incapable)
    }

    @Test func `a dial never chooses a dearer model than the one asked for`() throws {
        let router = try #require(Self.router)
        let learned = try #require(
            LearnedRouting(
                certified: nil,
                dialled: .init(rule: .always(Self.strong), router: router),
                embedding: nil
            )
        )
        let decision = routed(hard, by: learned) { $0.model = Self.weak }
        #expect(decision.chosen == Self.weak)
        let asked = routed(hard, by: learned)
        #expect(asked.chosen == Self.strong)
    }

    @Test func `a conversation goes back where the next prompt was learned to be hard`() throws {
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.bearableLoss = 100
        let router = Router(policy: policy, book: .builtin, providers: [.anthropic], learned: try learned())
        let conversation = router.conversation(startedBy: .sample(easy), turns: 3)
        #expect(conversation.chosen == Self.weak)
        let easier = router.decided(.sample(easy, bytes: 61_000, assistantMessages: 4), in: conversation)
        #expect(easier.decision.served == Self.weak)
        let harder = router.decided(.sample(hard, bytes: 61_000, assistantMessages: 4), in: conversation)
        #expect(harder.decision.served == Self.strong)
    }

    @Test func `without a certificate or a setting there is nothing to go by`() {
        #expect(LearnedRouting(certified: nil, dialled: nil, embedding: nil) == nil)
    }
}
