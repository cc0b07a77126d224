import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct RoutingAccountTests {
    private let opus = ModelID("claude-opus-4-8")
    private let haiku = ModelID("claude-haiku-5-5")
    private let router = Router.sample(bearableLoss: 0.02)

    private func decision(_ facts: RequestFacts, account: RoutingAccount = .init(), warm: Int = 0) -> Routed {
        guard
            case .decided(let routed) = router.decide(facts, in: nil, at: .noon, account: account, warmBeginning: warm)
        else { return Routed(decision: Decision(requested: opus, chosen: opus, reason: .requested), moment: .first) }
        return routed
    }

    /// A session whose calls the model asked for served, each with this usage.
    private func account(of calls: Int, _ usage: Usage) -> RoutingAccount {
        var (account, conversation) = (RoutingAccount(), Conversation?.none)
        for call in 0..<calls {
            let facts = RequestFacts.sample("design the api", assistantMessages: call)
            let routed = router.decided(facts, in: conversation)
            router.record(
                routed,
                promptBytes: 60_000,
                usage: usage,
                at: .noon,
                in: &conversation,
                of: nil,
                on: &account
            )
        }
        return account
    }

    @Test func `what others keep warm of a first prompt stays where it is warm`() {
        // Where nothing is warm Opus writes the prompt too, and a model at a fiftieth of its price is worth going to.
        #expect(decision(.sample("git status")).decision.served == haiku)
        let kept = decision(.sample("git status"), warm: 15_000).decision
        #expect(kept.served == opus && kept.reason == .cacheWorthMore)
    }

    @Test func `a prompt that nobody caches has nothing to lose`() {
        let facts = RequestFacts.sample("git status") { $0.cacheMarkers = 0 }
        #expect(decision(facts, warm: 15_000).decision.served == haiku)
        #expect(decision(.sample("git status", bytes: 3_000), warm: 15_000).decision.served == haiku)
    }

    @Test(arguments: [(10, false), (400, true)])
    func `a session bears what is a fiftieth of its cost`(calls: Int, moves: Bool) {
        let account = account(of: calls, Usage(outputTokens: 500, cacheReadTokens: 15_000, cacheWrite5mTokens: 1_500))
        let start = RequestFacts.sample("list the files in src") { $0.sender.subagent = "a" }
        #expect((decision(start, account: account, warm: 15_000).decision.served == haiku) == moves)
    }

    @Test func `calls on their way count as lost until they are recorded`() {
        let usage = Usage(outputTokens: 500, cacheReadTokens: 15_000, cacheWrite5mTokens: 1_500)
        var account = account(of: 400, usage)
        var served: [ModelID] = []
        for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] {
            let start = RequestFacts.sample("list the files in src") { $0.sender.subagent = name }
            let routed = decision(start, account: account, warm: 15_000)
            account.reserve(for: routed, of: name)
            served.append(routed.decision.served)
        }
        #expect(served.first == haiku && served.last == opus)
    }

    @Test func `what a switch and its way back cost is counted with the caches as they are`() {
        var (account, conversation) = (RoutingAccount(), Conversation?.none)
        func record(_ facts: RequestFacts, _ usage: Usage) {
            let routed = router.decided(facts, in: conversation)
            router.record(
                routed,
                promptBytes: facts.promptBytes,
                usage: usage,
                at: .noon,
                in: &conversation,
                of: nil,
                on: &account
            )
        }
        // Opus 4.8 writes a million tokens for 6.25 dollars and reads them for 0.50; Haiku 5.5 for 0.125 and 0.01.
        record(.sample("git status"), Usage(cacheWrite5mTokens: 20_000))
        #expect(conversation?.chosen == haiku)
        #expect(account.excess == Money(approximatingUSD: 0.020 * (0.125 - 6.25)))
        #expect(account.exposure(of: nil) == Money(approximatingUSD: 0.020 * (6.25 - 0.50)))
        record(.sample("design the api", assistantMessages: 1), Usage(cacheWrite5mTokens: 20_000))
        #expect(conversation?.chosen == opus)
        #expect(account.excess == Money(approximatingUSD: 0.020 * (0.125 - 0.50)))
        #expect(account.exposure(of: nil) == nil)
    }

    @Test func `what is left behind for a model of the client's choice is written off`() {
        var (account, conversation) = (RoutingAccount(), Conversation?.none)
        let first = router.decided(.sample("git status"))
        let usage = Usage(cacheWrite5mTokens: 20_000)
        router.record(first, promptBytes: 60_000, usage: usage, at: .noon, in: &conversation, of: nil, on: &account)
        let exposed = account.exposure(of: nil) ?? .zero
        let before = account.excess
        let next = router.decided(.sample("go on", model: "claude-sonnet-5-5", assistantMessages: 1), in: conversation)
        router.record(next, promptBytes: 60_000, usage: usage, at: .noon, in: &conversation, of: nil, on: &account)
        #expect(exposed > .zero && account.exposure(of: nil) == nil && account.excess >= before + exposed)
    }
}
