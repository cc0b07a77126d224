import Domain
import Pricing
import Testing

@testable import Routing

@Suite struct SwitchRuleTests {
    private func rates(_ model: String) throws -> Rates {
        try #require(
            PriceBook.builtin.price(of: ModelID(model), on: Day(year: 2026, month: 11, day: 20))?.standard.first
        )
        .rates
    }

    /// Prices of 5/25, 3/15 and 1/5 dollars a million tokens, 1,500 tokens in and 500 out a turn.
    @Test(arguments: [
        ("claude-opus-4-6", "claude-sonnet-4-5", 20_000, 5.4), ("claude-opus-4-6", "claude-sonnet-4-5", 60_000, 10.0),
        ("claude-opus-4-6", "claude-sonnet-4-5", 120_000, 12.6), ("claude-opus-4-6", "claude-haiku-4-5", 20_000, 0.9),
        ("claude-opus-4-6", "claude-haiku-4-5", 60_000, 1.7), ("claude-opus-4-6", "claude-haiku-4-5", 120_000, 2.1),
        ("claude-sonnet-4-5", "claude-haiku-4-5", 20_000, 1.8), ("claude-sonnet-4-5", "claude-haiku-4-5", 60_000, 3.3),
        ("claude-sonnet-4-5", "claude-haiku-4-5", 120_000, 4.2),
    ])
    func `pitfall 5: the published turns until a switch pays`(from: String, to: String, context: Int, turns: Double)
        throws
    {
        let found = try #require(SwitchRule(promptTokens: context).breakEvenTurns(from: rates(from), to: rates(to)))
        #expect((found * 10).rounded() / 10 == turns)
    }

    @Test(arguments: [(9, false), (10, true)])
    func `pitfall 5: a switch pays from the turn after its break-even on`(turns: Int, pays: Bool) throws {
        let rule = SwitchRule(promptTokens: 60_000)
        let opus = try rates("claude-opus-4-6")
        #expect(try rule.pays(from: opus, to: rates("claude-sonnet-4-5"), turns: turns) == pays)
    }

    @Test func `pitfall 5: a dearer model never pays, and where nothing is warm a cheaper one pays at once`() throws {
        let (opus, haiku) = try (rates("claude-opus-4-6"), rates("claude-haiku-4-5"))
        #expect(SwitchRule(promptTokens: 60_000).breakEvenTurns(from: haiku, to: opus) == nil)
        #expect(SwitchRule(promptTokens: 60_000, warmTokens: 0).breakEvenTurns(from: opus, to: haiku) == 0)
        #expect(SwitchRule(promptTokens: 60_000, warmTokens: 0).pays(from: opus, to: haiku, turns: 1))
        #expect(!SwitchRule(promptTokens: 60_000, warmTokens: 0).pays(from: haiku, to: opus, turns: 1))
    }

    @Test func `absurd sizes saturate`() throws {
        let rule = SwitchRule(promptTokens: .max, growth: .max, output: .max)
        #expect(try !rule.pays(from: rates("claude-opus-4-6"), to: rates("claude-haiku-4-5"), turns: .max))
        #expect(
            try !SwitchRule(promptTokens: -1).pays(
                from: rates("claude-haiku-4-5"),
                to: rates("claude-opus-4-6"),
                turns: 0
            )
        )
    }
}
