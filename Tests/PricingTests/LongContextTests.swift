import Domain
import Pricing
import Testing

@Suite struct LongContextTests {
    let book = PriceBook.builtin

    @Test(arguments: [
        ("claude-haiku-5-5", "2026-11-20", 100_000, 5), ("gpt-5.5", "2026-11-20", 272_000, 2),
        ("gemini-2.5-pro", "2026-01-01", 200_000, 2), ("claude-sonnet-4-5", "2026-01-01", 200_000, 2),
        ("minimax-m3", "2026-11-20", 512_000, 2),
    ])
    func `the tier starts one token past the limit and takes the whole input`(
        model: String,
        day: String,
        limit: Int,
        factor: Int
    ) throws {
        let time = try #require(Day(day)).start
        func nano(_ tokens: Int) throws -> Int64 {
            try #require(book.cost(of: Usage(inputTokens: tokens), on: ModelID(model), at: time)).nanoUSD
        }
        let one = try nano(1_000) / 1_000
        #expect(try nano(limit) == one * Int64(limit))
        #expect(try nano(limit + 1) == one * Int64(factor) * Int64(limit + 1))
    }

    @Test func `cached tokens count towards the limit`() {
        let below = Usage(inputTokens: 1, cacheReadTokens: 99_000, cacheWrite5mTokens: 500, cacheWrite1hTokens: 499)
        var above = below
        above.inputTokens = 2
        // 0.1, 0.01, 0.125 and 0.2 against 0.5, 0.05, 0.625 and 1 $/M.
        #expect(book.usd(below, "claude-haiku-5-5") == "0.0011524")
        #expect(book.usd(above, "claude-haiku-5-5") == "0.0057625")
    }

    @Test func `output is billed at the tier but does not lead to it`() {
        let short = Usage(inputTokens: 100_000, outputTokens: 500_000)
        let long = Usage(inputTokens: 100_001, outputTokens: 500_000)
        #expect(book.usd(short, "claude-haiku-5-5") == "0.26")
        #expect(book.usd(long, "claude-haiku-5-5") == "1.3000005")
    }

    @Test(arguments: ["claude-opus-4-6", "claude-sonnet-4-6"])
    func `the tier above 200k ended on 13 March 2026`(model: String) throws {
        let usage = Usage(inputTokens: 200_001, outputTokens: 10, cacheWrite1hTokens: 10)
        let before = try #require(Day("2026-03-12").flatMap { book.price(of: ModelID(model), on: $0) })
        let after = try #require(Day("2026-03-13").flatMap { book.price(of: ModelID(model), on: $0) })
        #expect(before.standard.map(\.above) == [0, 200_000])
        #expect(after.standard.map(\.above) == [0])
        #expect(book.usd(usage, model, on: "2026-03-12") != book.usd(usage, model, on: "2026-03-13"))
    }

    @Test func `before that day a long prompt of Opus 4.6 cost double, its output half as much again`() {
        let usage = Usage(inputTokens: 200_001, outputTokens: 1_000_000, cacheReadTokens: 1_000_000)
        #expect(book.usd(usage, "claude-opus-4-6", on: "2026-03-01") == "40.50001")
        #expect(book.usd(usage, "claude-opus-4-6", on: "2026-03-13") == "26.500005")
    }

    @Test func `Qwen's bands are the size of the prompt`() {
        #expect(book.usd(Usage(inputTokens: 32_000), "qwen3-coder-plus") == "0.032")
        #expect(book.usd(Usage(inputTokens: 32_001), "qwen3-coder-plus") == "0.0576018")
        #expect(book.usd(Usage(inputTokens: 256_001), "qwen3-coder-plus") == "1.536006")
    }
}
