import Domain
import Pricing
import Testing

@Suite struct KindTests {
    let book = PriceBook.builtin

    @Test func `each kind has its price`() {
        #expect(book.usd(.million(input: true), "claude-opus-4-8") == "5")
        #expect(book.usd(.million(output: true), "claude-opus-4-8") == "25")
        #expect(book.usd(.million(read: true), "claude-opus-4-8") == "0.5")
        #expect(book.usd(.million(write5m: true), "claude-opus-4-8") == "6.25")
        #expect(book.usd(.million(write1h: true), "claude-opus-4-8") == "10")
    }

    @Test func `a twelve-hour entry of OpenAI is a long write`() {
        let usage = Usage(cacheWrite5mTokens: 100_000, cacheWrite1hTokens: 100_000)
        #expect(book.usd(usage, "gpt-5.6-sol") == "1.5")
    }

    @Test func `Anthropic's missing write prices follow from input`() throws {
        let own = try #require(PriceOverride.sample("claude-opus-4-8", input: 4, output: 20, cacheRead: 0.4))
        let mine = book.overridden(by: [own])
        #expect(mine.usd(.million(write5m: true), "claude-opus-4-8") == "5")
        #expect(mine.usd(.million(write1h: true), "claude-opus-4-8") == "8")
    }

    @Test func `one-hour writes of retired models are twice input, whatever old catalogues said`() {
        #expect(book.usd(.million(write1h: true), "claude-3-opus-20240229") == "30")
        #expect(book.usd(.million(write1h: true), "claude-3-haiku-20240307") == "0.5")
    }

    @Test func `a cache without a price is billed as input`() {
        #expect(book.usd(.million(read: true), "gpt-5-pro") == book.usd(.million(input: true), "gpt-5-pro"))
        #expect(book.usd(.million(write5m: true), "gpt-5") == "1.25")
    }

    @Test func `a write cheaper than input is a slip of the catalogue`() {
        let usage = Usage(cacheReadTokens: 200_001, cacheWrite5mTokens: 1_000_000)
        #expect(book.usd(usage, "gemini-3.1-pro-preview") == "4.0800004")
    }

    @Test func `searches are billed by the request`() {
        #expect(book.usd(Usage(webSearchRequests: 3), "claude-opus-4-8") == "0.03")
        #expect(book.usd(Usage(webSearchRequests: 1_000), "claude-haiku-4-5") == "10")
        #expect(book.usd(Usage(webSearchRequests: 1), "gpt-5.6-sol") == "0.01")
        #expect(book.usd(Usage(webSearchRequests: 1), "gemini-3.8-flash") == "0.014")
    }
}
