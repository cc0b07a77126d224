import Domain
import Pricing
import Testing

@Suite struct OverrideTests {
    let book = PriceBook.builtin

    @Test func `a user's price goes before the catalogue's from its day on`() throws {
        let own = try #require(PriceOverride.sample("claude-opus-4-8", input: 4.5, output: 22.5, from: "2026-11-01"))
        let mine = book.overridden(by: [own])
        #expect(mine.usd(.million(output: true), "claude-opus-4-8", on: "2026-10-31") == "25")
        #expect(mine.usd(.million(output: true), "claude-opus-4-8", on: "2026-11-01") == "22.5")
        #expect(book.usd(.million(output: true), "claude-opus-4-8", on: "2026-11-01") == "25")
    }

    @Test func `without a day it holds for all time`() throws {
        let own = try #require(PriceOverride.sample("gpt-5.6-sol", input: 1, output: 2))
        let mine = book.overridden(by: [own])
        #expect(mine.usd(.million(output: true), "gpt-5.6-sol", on: "2025-01-01") == "2")
        #expect(mine.usd(.million(output: true), "gpt-5.6-sol", on: "2026-11-01") == "2")
    }

    @Test func `the later of two holds from its day`() throws {
        let later = try #require(PriceOverride.sample("gpt-5.5", input: 2, output: 3, from: "2026-11-10"))
        let first = try #require(PriceOverride.sample("gpt-5.5", input: 1, output: 2, from: "2026-11-01"))
        let mine = book.overridden(by: [later, first])
        #expect(mine.usd(.million(output: true), "gpt-5.5", on: "2026-11-09") == "2")
        #expect(mine.usd(.million(output: true), "gpt-5.5", on: "2026-11-10") == "3")
    }

    @Test func `a model nobody lists gets a price, and no tier limits`() throws {
        let own = try #require(PriceOverride.sample("gpt-5.3-codex-spark", input: 1.75, output: 14, cacheRead: 0.175))
        let mine = book.overridden(by: [own])
        #expect(mine.usd(.million(input: true, output: true, read: true), "gpt-5.3-codex-spark") == "15.925")
        #expect(mine.models.contains(ModelID("gpt-5.3-codex-spark")))
    }

    @Test func `it holds for every spelling of the model`() throws {
        let own = try #require(PriceOverride.sample("anthropic/claude-opus-4.8", input: 1, output: 2))
        let mine = book.overridden(by: [own])
        #expect(mine.usd(.million(output: true), "claude-opus-4-8[1m]") == "2")
    }

    @Test func `fast and US-only still multiply`() throws {
        let own = try #require(PriceOverride.sample("claude-opus-4-8", input: 4, output: 20))
        let mine = book.overridden(by: [own])
        let both = ServingMode(isFast: true, isUSOnly: true)
        #expect(mine.usd(.million(output: true), "claude-opus-4-8", mode: both) == "44")
    }
}
