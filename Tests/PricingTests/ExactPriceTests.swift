import Domain
import Pricing
import Testing

@Suite struct ExactPriceTests {
    @Test(arguments: [
        ("5e-06", "5"), ("2.5e-07", "0.25"), ("3.625e-09", "0.003625"), ("0.00015", "150"), ("1e-05", "10"), ("0", "0"),
        ("1.25E-7", "0.125"),
    ])
    func `a price per token is read without rounding`(perToken: String, perMillion: String) {
        #expect(TokenPrice(perToken: perToken)?.perMillionText == perMillion)
        #expect(TokenPrice(perMillion: perMillion) == TokenPrice(perToken: perToken))
    }

    @Test(arguments: ["", "x", "-1", "1e", "1.2.3", "NaN", "1e-99", ".5", "0.0000000001"])
    func `what is no exact price is none`(text: String) {
        #expect(TokenPrice(perMillion: text) == nil)
    }

    @Test(arguments: [(0.1, "0.1"), (3, "3"), (0.003625, "0.003625")])
    func `a number typed in a file is taken as typed`(typed: Double, text: String) {
        #expect(TokenPrice(perMillion: typed)?.perMillionText == text)
    }

    // 0.0005 $/M is half a billionth of a dollar a token.
    @Test(arguments: [(1, 0), (2, 1), (3, 2), (4, 2), (5, 2), (6, 3)])
    func `a call is rounded once, half to even`(tokens: Int, nanoUSD: Int64) throws {
        let tiny = try #require(PriceOverride.sample("tiny", input: 0.0005, output: 0.0005))
        let book = PriceBook.builtin.overridden(by: [tiny])
        let usage = Usage(inputTokens: tokens)
        #expect(book.cost(of: usage, on: ModelID("tiny"), at: .unknown) == Money(nanoUSD: nanoUSD))
    }

    @Test func `kinds are summed before rounding`() throws {
        let tiny = try #require(PriceOverride.sample("tiny", input: 0.0003, output: 0.0003))
        let book = PriceBook.builtin.overridden(by: [tiny])
        let usage = Usage(inputTokens: 1, outputTokens: 1)
        #expect(book.cost(of: usage, on: ModelID("tiny"), at: .unknown) == Money(nanoUSD: 1))
    }

    @Test func `an attempt and its call are rounded together`() throws {
        let tiny = try #require(PriceOverride.sample("tiny", input: 0.0003, output: 0.0003))
        let book = PriceBook.builtin.overridden(by: [tiny])
        let usage = Usage(inputTokens: 1)
        let call = Call.sample(
            model: "tiny",
            usage: usage,
            attempts: [Attempt(model: ModelID("tiny"), usage: usage)]
        )
        #expect(book.cost(of: call) == Money(nanoUSD: 1))
    }

    @Test func `absurd counts saturate`() {
        let usage = Usage(
            inputTokens: .max,
            outputTokens: .max,
            cacheReadTokens: .max,
            cacheWrite5mTokens: .max,
            cacheWrite1hTokens: .max,
            webSearchRequests: .max
        )
        let cost = PriceBook.builtin.cost(of: usage, on: ModelID("claude-opus-4-8"), at: .unknown)
        #expect(cost == Money(nanoUSD: .max))
    }

    @Test func `negative counts cost nothing`() {
        let usage = Usage(inputTokens: .min, outputTokens: -5, cacheReadTokens: 1_000_000, webSearchRequests: -1)
        #expect(PriceBook.builtin.usd(usage, "claude-opus-4-8") == "0.5")
    }
}
