import Domain
import Pricing
import Testing

@Suite struct DateTests {
    let book = PriceBook.builtin

    @Test(arguments: [
        ("gpt-5.6-sol", "2026-08-20", "5"), ("gpt-5.6-sol", "2026-08-21", "4"), ("gpt-5.6", "2026-08-20", "5"),
        ("gpt-5.6", "2026-08-21", "4"), ("gpt-5.6-luna", "2026-07-29", "1"), ("gpt-5.6-luna", "2026-07-30", "0.2"),
        ("gpt-5.6-terra", "2026-07-29", "2.5"), ("gpt-5.6-terra", "2026-07-30", "2"), ("o3", "2025-06-09", "10"),
        ("o3", "2025-06-10", "2"), ("gemini-3.6-flash", "2026-09-22", "1.5"),
        ("gemini-3.6-flash", "2026-12-31", "0.75"),
        ("gemini-3.6-flash", "2027-01-01", "1.5"),
        ("gemini-4-argon", "2026-11-30", "2"), ("gemini-4-argon", "2026-12-01", "4"), ("grok-4.20", "2026-04-29", "2"),
        ("grok-4.20", "2026-04-30", "1.25"),
    ])
    func `a call is billed at the price of its day`(model: String, day: String, input: String) {
        #expect(book.input(model, on: day) == input)
    }

    @Test func `the day begins at midnight UTC`() {
        let midnight = Day(year: 2026, month: 8, day: 21).start
        let before = Timestamp(milliseconds: midnight.milliseconds - 1)
        let usage = Usage(outputTokens: 1_000_000)
        #expect(book.cost(of: usage, on: ModelID("gpt-5.6-sol"), at: before)?.exactUSD == "30")
        #expect(book.cost(of: usage, on: ModelID("gpt-5.6-sol"), at: midnight)?.exactUSD == "20")
    }

    @Test func `before the first known price the first one holds`() {
        #expect(book.usd(.million(output: true), "gpt-5.6-sol", on: "2020-01-01") == "30")
        #expect(book.usd(.million(output: true), "claude-opus-5-5", on: "2026-09-01") == "20")
    }

    @Test(arguments: [
        ("claude-3-opus-20240229", "75"), ("claude-3-5-sonnet-20241022", "15"), ("claude-3-5-haiku-20241022", "4"),
        ("claude-3-7-sonnet-20250219", "15"), ("claude-sonnet-4-20250514", "15"), ("claude-opus-4-20250514", "75"),
        ("claude-opus-4-1-20250805", "75"), ("gemini-2.0-flash", "0.6"), ("gpt-4.5-preview", "150"),
    ])
    func `models that left the catalogue keep their last price`(model: String, output: String) {
        #expect(book.usd(.million(output: true), model) == output)
        #expect(book.facts(of: ModelID(model))?.retired != nil)
    }

    @Test func `entries stand in the order of their days`() {
        for model in book.models {
            let days = book.prices(of: model).map(\.from)
            #expect(!days.isEmpty && days == days.sorted() && Set(days).count == days.count, "\(model)")
        }
    }
}
