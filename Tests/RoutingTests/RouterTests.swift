import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct RouterTests {
    private let opus = ModelID("claude-opus-4-8")
    private let haiku = ModelID("claude-haiku-5-5")
    private let sonnet = ModelID("claude-sonnet-5-5")

    @Test func `a simple first request goes to the cheapest model that can serve it`() {
        let routed = Router.sample().decided(.sample("git status"))
        #expect(routed.decision == Decision(requested: opus, chosen: haiku, reason: .pattern, detail: "git"))
        #expect(routed.moment == .first)
    }

    @Test func `what no pattern knows keeps the model asked for`() {
        let routed = Router.sample().decided(.sample("find the race condition in worker.rs"))
        #expect(routed.decision == Decision(requested: opus, chosen: opus, reason: .requested))
    }

    @Test(arguments: [
        (0.0, "claude-opus-4-8"), (0.1, "claude-sonnet-5-5"), (0.49, "claude-sonnet-5-5"), (0.5, "claude-haiku-5-5"),
        (1.0, "claude-haiku-5-5"),
    ])
    func `the dial says how far down`(dial: Double, model: String) {
        let routed = Router.sample { $0.dial = dial }.decided(.sample("git status"))
        #expect(routed.decision.served == ModelID(model))
    }

    @Test func `observed decisions are recorded and not applied`() {
        let decision = Router.sample(mode: .observe).decided(.sample("git status")).decision
        #expect(decision.chosen == haiku && decision.served == opus && !decision.isApplied)
    }

    @Test func `where routing is off only routes and aliases count`() {
        let router = Router.sample(mode: .off) { policy in
            policy.aliases = ["best": ModelID("claude-opus-4-8")].mapKeys { ModelID($0) }
            policy.rules = [RouteRule(when: .init(app: "ci"), use: .model(ModelID("claude-haiku-5-5")))]
        }
        #expect(router.decided(.sample("git status")).decision.reason == .requested)
        let alias = router.decided(.sample("git status", model: "best")).decision
        #expect(alias == Decision(requested: opus, chosen: opus, reason: .alias, detail: "best"))
        let rule = router.decided(.sample("x") { $0.sender.app = "ci" }).decision
        #expect(rule.served == haiku && rule.reason == .rule)
    }

    @Test(arguments: [RoutingPolicy.Mode.off, .observe, .route])
    func `the first route that holds wins, in every mode and before any pattern`(mode: RoutingPolicy.Mode) {
        let router = Router.sample(mode: mode) { policy in
            policy.rules = [
                RouteRule(when: .init(phase: Phase(rawValue: "classify")), use: .model(ModelID("claude-haiku-5-5"))),
                RouteRule(when: .init(model: "claude-opus-*"), use: .requested),
                RouteRule(when: .init(), use: .model(ModelID("claude-sonnet-5-5"))),
            ]
        }
        let first = router.decided(.sample("git status") { $0.sender.phase = Phase(rawValue: "classify") }).decision
        #expect(first == Decision(requested: opus, chosen: haiku, reason: .rule, detail: "route 1"))
        let second = router.decided(.sample("git status")).decision
        #expect(second == Decision(requested: opus, chosen: opus, reason: .rule, detail: "route 2"))
        let third = router.decided(.sample("git status", model: "claude-fable-5")).decision
        #expect(third.served == sonnet && third.detail == "route 3")
    }

    @Test func `a route asks for all it names`() {
        let condition = RouteRule.Condition(
            model: "*opus*",
            agent: .claudeCode,
            project: "p",
            path: "/v1/*",
            app: "ci",
            headers: ["x-team": "core-*"]
        )
        var sender = RequestFacts.Sender()
        sender.agent = .claudeCode
        sender.project = "p"
        sender.path = "/v1/messages"
        sender.app = "ci"
        sender.headers = ["x-team": "core-api"]
        #expect(condition.holds(for: sender, model: opus, phase: nil))
        for change in [
            { $0.agent = .codex }, { $0.project = nil }, { $0.path = "/v2" }, { $0.app = "x" }, { $0.headers = [:] },
        ]
            as [(inout RequestFacts.Sender) -> Void]
        {
            var other = sender
            change(&other)
            #expect(!condition.holds(for: other, model: opus, phase: nil))
        }
        #expect(!condition.holds(for: sender, model: haiku, phase: nil))
    }

    @Test(arguments: [
        ("*", "", true), ("*", "x", true), ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "ab", false),
        ("ab", "AB", true), ("a*b*a", "aba", true), ("a*a", "a", false), ("", "", true), ("", "x", false),
        ("*b", "ab", true), ("a*", "b", false),
    ])
    func `a star stands for any run of characters`(pattern: String, text: String, matches: Bool) {
        #expect(Glob(pattern).matches(text) == matches)
    }

    @Test func `pitfall 7: a target that cannot serve the request is passed over`() {
        let adaptive = RequestFacts.sample("git status") { $0.demands = [.tools, .adaptiveThinking] }
        #expect(Router.sample().decided(adaptive).decision.served == haiku)
        let sampling = RequestFacts.sample("git status", model: "claude-opus-4-6") { $0.demands = [.tools, .sampling] }
        // Nothing newer takes sampling parameters; Haiku 4.5 does.
        #expect(Router.sample().decided(sampling).decision.served == ModelID("claude-haiku-4-5"))
    }

    @Test func `pitfall 7: where no target can serve the request, the model asked for stays`() {
        let facts = RequestFacts.sample("git status") { facts in
            facts.demands = [.tools, .prefill, .adaptiveThinking]
        }
        let decision = Router.sample().decided(facts).decision
        #expect(decision.served == opus && decision.reason == .incapable)
        #expect(decision.detail.contains("prefill"))
    }

    @Test func `pitfall 7: a route's model that cannot serve the request gives way to the one asked for`() {
        let router = Router.sample { policy in
            policy.rules = [RouteRule(when: .init(), use: .model(ModelID("claude-haiku-4-5")))]
        }
        let decision = router.decided(.sample { $0.demands = [.adaptiveThinking] }).decision
        #expect(
            decision.served == opus && decision.reason == .incapable && decision.detail.contains("adaptive thinking")
        )
        let large = router.decided(.sample(bytes: 900_000)).decision
        #expect(large.reason == .incapable && large.detail.contains("context window"))
    }

    @Test func `pitfall 27: state kept at the provider keeps the model`() {
        let facts = RequestFacts.sample("git status", model: "gpt-5.5") { facts in
            facts.format = .responses
            facts.demands = [.providerState]
        }
        let decision = Router.sample(providers: [.openAI]).decided(facts).decision
        #expect(decision.served == ModelID("gpt-5.5") && decision.reason == .pinned)
    }

    @Test func `over several providers the cheapest of all is taken, unless one wrote what stands there`() {
        let router = Router.sample(providers: [.anthropic, .openAI]) { $0.crossesProviders = true }
        let facts = RequestFacts.sample("git status", model: "gpt-5.5") { $0.format = .chatCompletions }
        let free = router.decided(facts)
        #expect(free.decision.reason == .pattern && free.decision.served != ModelID("gpt-5.5"))
        let signed = router.decided(
            .sample("git status") { $0.demands = [.tools, .signedThinking] }
        )
        #expect(signed.decision.served == haiku)
        let only = Router.sample(providers: [.anthropic]) { $0.crossesProviders = true }
        #expect(only.decided(.sample("git status")).decision.served == haiku)
    }

    @Test func `a phase's tier is where its work begins, and never above what is asked for`() {
        let router = Router.sample { policy in
            policy.phases[Phase(rawValue: "review")] = .init(tier: .balanced)
        }
        let review = RequestFacts.sample("make it better") { $0.sender.phase = Phase(rawValue: "review") }
        #expect(
            router.decided(review).decision
                == Decision(requested: opus, chosen: sonnet, reason: .phase, detail: "review")
        )
        var cheap = review
        cheap.model = haiku
        #expect(router.decided(cheap).decision.served == haiku)
        // Told from the request where no header says it.
        let inferred = router.decided(.sample("Review the diff of the last commit"))
        #expect(inferred.phase == Phase(rawValue: "review") && inferred.decision.served == sonnet)
    }

    @Test(arguments: [
        ("Refine ticket 12", "refinement"), ("please refine it", "refinement"), ("we should refine", nil),
        ("plan", "plan"),
    ])
    func `a phase is told from the command at the beginning`(text: String, phase: String?) {
        var policy = RoutingPolicy()
        policy.phases = [Phase(rawValue: "refinement"): .init(), Phase(rawValue: "plan"): .init()]
        #expect(policy.phase(lookingLike: .sample(text)) == phase.map { Phase(rawValue: $0) })
    }

    @Test(arguments: [
        (20_000, 8_000, PhaseCheck.within(maxOutputTokens: 4_000)), (20_000, 100, .within(maxOutputTokens: nil)),
    ])
    func `a phase caps output`(prompt: Int, output: Int, check: PhaseCheck) {
        var policy = RoutingPolicy()
        policy.phases[Phase(rawValue: "refinement")] = .init(maxInputTokens: 20_000, maxOutputTokens: 4_000)
        let phase = Phase(rawValue: "refinement")
        #expect(policy.check(phase: phase, promptTokens: prompt, maxOutputTokens: output) == check)
        #expect(
            policy.check(phase: phase, promptTokens: 20_001, maxOutputTokens: output)
                == .inputTooLong(tokens: 20_001, limit: 20_000, phase: phase)
        )
        #expect(policy.check(phase: nil, promptTokens: .max, maxOutputTokens: nil) == .within(maxOutputTokens: nil))
    }
}

extension Dictionary {
    fileprivate func mapKeys<Other: Hashable>(_ change: (Key) -> Other) -> [Other: Value] {
        [Other: Value](uniqueKeysWithValues: map { (change($0.key), $0.value) })
    }
}
