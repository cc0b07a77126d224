import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct CascadeRoutingTests {
    private let haiku = ModelID("claude-haiku-4-5")
    private let sonnet = ModelID("claude-sonnet-4-5")
    private let opus = ModelID("claude-opus-4-8")

    private func router(
        _ models: [ModelID]? = nil,
        when: CascadePolicy.When = .unsure,
        mode: RoutingPolicy.Mode = .route,
        fitted: FittedCascade? = nil,
        change: (inout RoutingPolicy) -> Void = { _ in }
    ) -> Router {
        Router.sample(mode: mode) {
            $0.escalation = .init(model: opus, perSession: 2, perTicket: 2)
            $0.cascade = CascadePolicy(models: models ?? [haiku, sonnet], when: when, fitted: fitted)
            change(&$0)
        }
    }

    private func tried(
        _ router: Router,
        _ facts: RequestFacts = .sample(),
        in conversation: Conversation? = nil,
        escalated: EscalationCount = .none
    ) -> TryThenJudge? {
        let step = router.decide(facts, in: conversation, at: .noon, escalated: escalated)
        guard case .tryThenJudge(let step, let otherwise) = step else { return nil }
        #expect(otherwise.decision.served == facts.model)
        #expect(step.routed.map(\.decision.served) == step.cascade.models)
        #expect(step.routed.allSatisfy { $0.decision.reason == .cascade && $0.provider == .anthropic })
        return step
    }

    @Test func `what nobody knows is tried on the models named, the requested one last`() throws {
        let step = try #require(tried(router()))
        #expect(step.cascade.models == [haiku, sonnet, opus])
        #expect(step.judges.isEmpty && step.escalationsAllowed == 2)
        #expect(tried(Router.sample()) == nil)
    }

    @Test func `patterns go before, unless the cascade is for all that is open`() {
        #expect(tried(router(), .sample("git status")) == nil)
        #expect(tried(router(when: .open), .sample("git status")) != nil)
        let ruled = router(when: .open) { $0.rules = [RouteRule(when: .init(), use: .requested)] }
        #expect(tried(ruled) == nil)
        let phased = router { $0.phases = [Phase(rawValue: "build"): .init(tier: .balanced)] }
        #expect(tried(phased, .sample { $0.sender.phase = Phase(rawValue: "build") }) == nil)
    }

    @Test func `only where a model is open`() {
        #expect(tried(router(), .sample(assistantMessages: 2)) == nil)
        let going = Router.sample().conversation(startedBy: .sample())
        #expect(tried(router(), .sample("go on", assistantMessages: 2), in: going) == nil)
        #expect(tried(router(), .sample { $0.sender.subagent = "a" }) != nil)
    }

    @Test func `only models that are cheaper than the one asked for and can serve it`() {
        #expect(tried(router(), .sample(model: "claude-sonnet-4-5"))?.cascade.models == [haiku, sonnet])
        #expect(tried(router(), .sample(model: "claude-haiku-4-5")) == nil)
        #expect(tried(router([ModelID("gpt-5.4-mini")])) == nil)
        // Beyond their context windows.
        #expect(tried(router(), .sample(bytes: 1_500_000)) == nil)
        #expect(tried(router([ModelID("nobody-knows")])) == nil)
    }

    @Test func `nothing that is done on the provider's side, and nothing at the dial's end`() {
        #expect(tried(router(), .sample { $0.demands = [.tools, .serverTools] }) == nil)
        #expect(tried(router(), .sample { $0.demands = [.providerState] }) == nil)
        #expect(tried(router { $0.dial = 0 }) == nil)
    }

    @Test(arguments: [
        (EscalationCount(session: 1), 2), (EscalationCount(session: 2), 0), (EscalationCount(ticket: 1), 2),
        (EscalationCount(session: 1, ticket: 2), 0),
    ])
    func `what the limits leave is tried`(escalated: EscalationCount, models: Int) {
        let facts = RequestFacts.sample { $0.sender.ticket = "T-1" }
        #expect(tried(router(), facts, escalated: escalated)?.cascade.models.count ?? 0 == models)
    }

    @Test func `a limit of one tries the first model alone`() {
        #expect(tried(router { $0.escalation?.perSession = 1 })?.cascade.models == [haiku, opus])
    }

    @Test func `without limits of the user's own each model may escalate once a session`() {
        let router = router { $0.escalation = nil }
        #expect(tried(router)?.cascade.models == [haiku, sonnet, opus])
        #expect(tried(router, escalated: EscalationCount(session: 1))?.cascade.models == [haiku, opus])
        #expect(tried(router, escalated: EscalationCount(session: 2)) == nil)
    }

    @Test func `what is only observed says what would be tried`() {
        let routed = router(mode: .observe).decided(.sample())
        #expect(routed.decision.reason == .cascade && routed.decision.chosen == haiku)
        #expect(routed.decision.served == opus)
        #expect(router(mode: .off).decided(.sample()).decision.reason == .requested)
    }

    @Test func `judges speak only of the chain they were fitted on`() throws {
        let rows = (0..<100).map { row in
            let isRight = row.isMultiple(of: 2)
            return FittedCascade.Row(
                prompt: "What is \(row) and 2?",
                answers: [haiku, opus].map { Answer(model: $0, text: "\(row) + 2 = \(isRight ? row + 2 : row + 9)") },
                scores: [isRight ? 1 : 0, 1],
                costs: [1, 20]
            )
        }
        let fitted = try #require(FittedCascade(models: [haiku, opus], rows: rows, budgetUSD: 15, seed: 1))
        #expect(fitted.cascade.models == [haiku, opus] && fitted.judgesAnswersAlone)
        #expect(tried(router([haiku], fitted: fitted))?.judges == fitted.judges)
        #expect(tried(router(fitted: fitted))?.judges == [])
        let other = RequestFacts.sample(model: "claude-opus-4-7")
        #expect(tried(router([haiku], fitted: fitted), other)?.judges == [])
    }

    @Test func `a model that cannot be asked is left out, and the judges with it`() throws {
        let step = try #require(tried(router()))
        let kept = try #require(step.keeping { $0 != haiku })
        #expect(kept.cascade.models == [sonnet, opus])
        #expect(kept.routed.map(\.decision.served) == [sonnet, opus])
        #expect(step.keeping { _ in false } == nil)
        #expect(step.keeping { _ in true } == step)
    }
}
