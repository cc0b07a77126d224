import Domain
import Pricing
import Statistics
import Testing

@testable import Gateway

/// Pitfall 31.
@Suite struct BudgetsTests {
    private let noon = Timestamp(milliseconds: 1_790_000_000_000)

    private func limit(_ scope: SpendingLimit.Scope = .total, cents: Int64) -> SpendingLimit {
        SpendingLimit(scope: scope, amount: .cents(cents), windowName: "today") { time in
            Window(from: time.day.start, to: time.day.advanced(byDays: 1).start)
        }
    }

    private func sender(app: String? = nil, project: String? = nil) -> RequestFacts.Sender {
        var sender = RequestFacts.Sender()
        (sender.app, sender.project) = (app, project)
        return sender
    }

    @Test func `pitfall 31: requests at once hold what they may cost: the third of two that fit is refused`() throws {
        var budgets = Budgets([limit(cents: 100)], at: noon)
        try budgets.reserve(.cents(50), for: sender(), as: "a", at: noon)
        try budgets.reserve(.cents(50), for: sender(), as: "b", at: noon)
        #expect(
            throws: SpentBudget(
                scope: .total,
                windowName: "today",
                limit: .cents(100),
                spent: .zero,
                reserved: .cents(100),
                resets: noon.day.advanced(byDays: 1).start
            )
        ) { try budgets.reserve(.cents(1), for: sender(), as: "c", at: noon) }
        budgets.settle("a", cost: .cents(10))
        try budgets.reserve(.cents(40), for: sender(), as: "c", at: noon)
    }

    @Test func `a request that is alone may pass the limit, the one after it is refused`() throws {
        var budgets = Budgets([limit(cents: 100)], at: noon) { _, _ in .cents(99) }
        try budgets.reserve(.cents(50), for: sender(), as: "a", at: noon)
        budgets.settle("a", cost: .cents(30))
        #expect(throws: SpentBudget.self) { try budgets.reserve(.zero, for: sender(), as: "b", at: noon) }
    }

    @Test func `one that is refused by its second limit holds nothing of the first`() throws {
        var budgets = Budgets([limit(cents: 100), limit(.app("ci"), cents: 0)], at: noon)
        #expect(throws: SpentBudget.self) {
            try budgets.reserve(.cents(10), for: sender(app: "ci"), as: "a", at: noon)
        }
        #expect(budgets.standing().map(\.reserved) == [.zero, .zero])
        #expect(budgets.runningCount == 0)
    }

    @Test func `pitfall 31: an exchange that ends twice counts once`() throws {
        var budgets = Budgets([limit(cents: 100)], at: noon)
        try budgets.reserve(.cents(10), for: sender(), as: "a", at: noon)
        budgets.settle("a", cost: .cents(7))
        budgets.settle("a", cost: .cents(7))
        #expect(budgets.standing().map(\.spent) == [.cents(7)])
        #expect(budgets.standing().map(\.reserved) == [.zero])
    }

    @Test func `a new window begins with nothing spent, and a request of the old one stays with the old`() throws {
        var budgets = Budgets([limit(cents: 100)], at: noon) { _, _ in .cents(100) }
        #expect(throws: SpentBudget.self) { try budgets.reserve(.cents(1), for: sender(), as: "a", at: noon) }
        let next = noon.day.advanced(byDays: 1).start
        let last = next.advanced(byMilliseconds: -1)
        #expect(throws: SpentBudget.self) { try budgets.reserve(.cents(1), for: sender(), as: "a", at: last) }
        try budgets.reserve(.cents(60), for: sender(), as: "a", at: next)
        let later = next.advanced(byMilliseconds: 86_400_000)
        try budgets.reserve(.cents(60), for: sender(), as: "b", at: later)
        budgets.settle("a", cost: .cents(60))
        #expect(budgets.standing().map(\.spent) == [.zero])
        #expect(budgets.standing().map(\.reserved) == [.cents(60)])
    }

    @Test(
        arguments: [
            (.total, true), (.app("ci"), true), (.app("cd"), false), (.project("shop"), true),
            (.project("/code/shop"), true), (.project("op"), false),
        ] as [(SpendingLimit.Scope, Bool)]
    )
    func `a limit is for its scope alone`(scope: SpendingLimit.Scope, isMeant: Bool) {
        #expect(scope.includes(sender(app: "ci", project: "/code/shop")) == isMeant)
    }

    @Test(arguments: ["total", "app:ci", "project:/code/my shop"])
    func `a scope reads as it is written`(text: String) { #expect(SpendingLimit.Scope(text)?.description == text) }

    @Test(arguments: ["", "all", "app:", "project:", "App:ci"])
    func `any other scope is none`(text: String) { #expect(SpendingLimit.Scope(text) == nil) }

    /// Any order of beginnings and ends, over several limits: what is spent passes a limit by one request at most, and
    /// nothing stays held.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `no order of requests overspends or leaks`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let limits = [limit(cents: 300), limit(.app("ci"), cents: 120), limit(.project("shop"), cents: 90)]
        var budgets = Budgets(limits, at: noon)
        var running: [(id: String, estimate: Int64)] = []
        let most: Int64 = 40
        for step in 0..<400 {
            if running.isEmpty || Bool.random(using: &random) {
                let estimate = Int64.random(in: 0...most, using: &random)
                let from = sender(
                    app: Bool.random(using: &random) ? "ci" : nil,
                    project: Bool.random(using: &random) ? "shop" : nil
                )
                do throws(SpentBudget) {
                    try budgets.reserve(.cents(estimate), for: from, as: "\(step)", at: noon)
                    running.append(("\(step)", estimate))
                } catch {
                    #expect(error.spent + error.reserved + .cents(estimate) > error.limit)
                }
            } else {
                let done = running.remove(at: Int.random(in: running.indices, using: &random))
                budgets.settle(done.id, cost: .cents(Int64.random(in: 0...done.estimate, using: &random)))
            }
            for (limit, spent, reserved) in budgets.standing() {
                #expect(spent + reserved < limit.amount + .cents(most))
                #expect(reserved >= .zero)
            }
        }
        for (id, _) in running { budgets.settle(id, cost: .zero) }
        #expect(budgets.standing().allSatisfy { $0.reserved == .zero })
        #expect(budgets.runningCount == 0)
    }

    @Test func `changed limits keep what is spent and held of those that stay`() throws {
        var budgets = Budgets([limit(cents: 100), limit(.app("ci"), cents: 100)], at: noon)
        try budgets.reserve(.cents(30), for: sender(app: "ci"), as: "a", at: noon)
        budgets.replace([limit(.app("ci"), cents: 50), limit(.app("cd"), cents: 9)], at: noon) { _, _ in .cents(2) }
        #expect(budgets.standing().map(\.reserved) == [.cents(30), .zero])
        #expect(budgets.standing().map(\.spent) == [.zero, .cents(2)])
        budgets.settle("a", cost: .cents(20))
        #expect(budgets.standing().map(\.reserved) == [.zero, .zero])
        #expect(budgets.standing().map(\.spent) == [.cents(20), .cents(2)])
    }

    @Test func `the refusal says which budget, how much, and until when`() {
        let spent = SpentBudget(
            scope: .app("ci"),
            windowName: "today",
            limit: .cents(500),
            spent: .cents(499),
            reserved: .cents(2),
            resets: Timestamp(milliseconds: 1_790_035_200_000)
        )
        #expect(
            spent.description
                == "Suffice budget 'app:ci': $4.99 of $5.00 spent today, $0.02 held for running requests; it starts "
                + "anew at 2026-09-22T00:00:00Z. Raise [[budget]] in suffice.toml, or the app's, to go on."
        )
    }

    @Test func `an estimate takes the whole prompt at full price, and bounds the output`() throws {
        var pricer = Pricer(book: .builtin)
        let model = ModelID("claude-opus-4-8")
        func cost(_ bytes: Int, _ output: Int?) -> Money {
            CostEstimate.cost(promptBytes: bytes, maxOutputTokens: output, on: model, at: noon, with: &pricer)
        }
        // $5 and $25 a million.
        #expect(cost(3600, 0) == Money(nanoUSD: 5_000_000))
        #expect(cost(0, 100) == Money(nanoUSD: 2_500_000))
        #expect(cost(0, 64_000) == cost(0, 4096))
        #expect(cost(0, nil) == cost(0, 4096))
    }

    @Test func `what an exchange cost takes the place of what was held for it, whatever way it ended`() {
        let keeper = BudgetKeeper(Budgets([limit(cents: 10)], at: noon), prices: .builtin)
        func intent(_ id: String) -> Exchange.Intent {
            Exchange.Intent(
                id: id,
                time: noon,
                sender: sender(),
                format: .messages,
                decision: Decision(
                    requested: ModelID("claude-opus-4-8"),
                    chosen: ModelID("claude-opus-4-8"),
                    reason: .requested
                ),
                upstream: "a",
                upstreamFormat: .messages,
                requestBytes: 3600
            )
        }
        #expect(keeper.begin(intent("1"), maxOutputTokens: 100) == nil)
        #expect(keeper.begin(intent("2"), maxOutputTokens: 4096)?.reserved == Money(nanoUSD: 7_500_000))
        var outcome = Exchange.Outcome(
            ending: .finished,
            time: noon,
            upstream: "a",
            status: 200,
            model: ModelID("claude-opus-4-8"),
            usage: Usage(inputTokens: 1000, outputTokens: 10)
        )
        keeper.end(Exchange(intent: intent("1"), outcome: outcome))
        #expect(keeper.standing().map(\.spent) == [Money(nanoUSD: 5_250_000)])
        #expect(keeper.begin(intent("3"), maxOutputTokens: 100) == nil)
        outcome.ending = .failed
        outcome.usage = nil
        keeper.end(Exchange(intent: intent("3"), outcome: outcome))
        #expect(keeper.standing().map(\.reserved) == [.zero])
        #expect(keeper.runningCount == 0)
    }
}

extension Money {
    fileprivate static func cents(_ cents: Int64) -> Money { Money(nanoUSD: cents * 10_000_000) }
}
