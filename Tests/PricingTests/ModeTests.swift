import Domain
import Pricing
import Testing

@Suite struct ModeTests {
    let book = PriceBook.builtin
    let batch = ServingMode(serviceTier: .batch)
    let priority = ServingMode(serviceTier: .priority)
    let flex = ServingMode(serviceTier: .flex)
    let fast = ServingMode(isFast: true)
    let us = ServingMode(isUSOnly: true)

    @Test func `a batch is half price, cache entries of an hour too`() {
        #expect(book.usd(.million(output: true), "claude-opus-4-8", mode: batch) == "12.5")
        #expect(book.usd(.million(write1h: true), "claude-opus-4-8", mode: batch) == "5")
        #expect(book.usd(.million(read: true), "claude-opus-4-8", mode: batch) == "0.25")
    }

    @Test func `batches of Anthropic's are half price where no catalogue says so`() {
        #expect(book.usd(.million(output: true), "claude-opus-4-20250514", mode: batch) == "37.5")
        let long = Usage(inputTokens: 200_001)
        #expect(book.usd(long, "claude-opus-4-6", on: "2026-03-01", mode: batch) == "1.000005")
    }

    @Test func `a long batch has its own price`() {
        #expect(book.usd(Usage(inputTokens: 300_000), "gpt-5.6-sol", mode: batch) == "1.2")
        #expect(book.usd(Usage(inputTokens: 100_001), "claude-haiku-5-5", mode: batch) == "0.02500025")
    }

    @Test func `priority and flex have their prices`() {
        #expect(book.usd(.million(output: true), "gpt-5.5", mode: priority) == "75")
        #expect(book.usd(.million(output: true), "gpt-5.5", mode: flex) == "15")
        #expect(book.usd(Usage(inputTokens: 300_000), "gpt-5.6-sol", mode: priority) == "4.8")
    }

    @Test func `priority that is not sold for long prompts is billed as standard`() {
        let long = Usage(inputTokens: 300_000)
        #expect(book.usd(long, "gpt-5.5", mode: priority) == book.usd(long, "gpt-5.5"))
    }

    @Test(arguments: [
        ("claude-opus-4-8", "50"), ("claude-opus-5", "50"), ("claude-opus-5-5", "40"), ("claude-opus-4-6", "150"),
        ("claude-opus-4-7", "150"),
    ])
    func `fast multiplies`(model: String, output: String) {
        #expect(book.usd(.million(output: true), model, mode: fast) == output)
    }

    @Test(arguments: [("gpt-5.5", "75"), ("gpt-5.4", "30"), ("gpt-5.3-codex", "28")])
    func `Codex's fast tier is the priority price`(model: String, output: String) {
        #expect(book.usd(.million(output: true), model, mode: fast) == output)
    }

    @Test func `fast multiplies the long-context tier`() {
        let long = Usage(inputTokens: 200_001)
        #expect(book.usd(long, "claude-opus-4-6", on: "2026-03-01", mode: fast) == "12.00006")
    }

    @Test func `inference in the US costs a tenth more, and multiplies with fast`() {
        #expect(book.usd(.million(output: true), "claude-opus-4-8", mode: us) == "27.5")
        #expect(book.usd(.million(read: true), "claude-opus-4-8", mode: us) == "0.55")
        let both = ServingMode(isFast: true, isUSOnly: true)
        #expect(book.usd(.million(output: true), "claude-opus-4-8", mode: both) == "55")
        let batchInUS = ServingMode(serviceTier: .batch, isUSOnly: true)
        #expect(book.usd(.million(output: true), "claude-opus-4-8", mode: batchInUS) == "13.75")
    }

    @Test func `searches do not cost more in a faster mode`() {
        let both = ServingMode(isFast: true, isUSOnly: true)
        #expect(book.usd(Usage(webSearchRequests: 1), "claude-opus-4-8", mode: both) == "0.01")
    }

    @Test func `a batch is never fast`() {
        let both = ServingMode(serviceTier: .batch, isFast: true)
        #expect(book.usd(.million(output: true), "claude-opus-4-8", mode: both) == "12.5")
    }

    @Test func `a mode without a price is billed as standard, and the price says so`() throws {
        #expect(book.usd(.million(output: true), "claude-opus-4-8", mode: priority) == "25")
        #expect(book.usd(.million(output: true), "claude-sonnet-4-5", mode: fast) == "15")
        #expect(book.usd(.million(output: true), "claude-opus-4-5", mode: us) == "25")
        let day = Day(year: 2026, month: 11, day: 20)
        let opus = try #require(book.price(of: ModelID("claude-opus-4-8"), on: day))
        #expect(opus.lists(.standard) && opus.lists(batch) && opus.lists(fast) && opus.lists(us))
        #expect(!opus.lists(priority) && !opus.lists(flex))
        #expect(!opus.lists(ServingMode(serviceTier: .batch, isFast: true)))
        let sonnet = try #require(book.price(of: ModelID("claude-sonnet-4-5"), on: day))
        #expect(!sonnet.lists(fast) && !sonnet.lists(us))
    }
}
