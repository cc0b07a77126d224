import Domain
import Pricing
import Testing

@Suite struct NameTests {
    let book = PriceBook.builtin

    @Test(arguments: [
        ("claude-opus-4-8[1m]", "claude-opus-4-8"),
        ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5"),
        ("claude-haiku-4-5@20251001", "claude-haiku-4-5"),
        ("anthropic/claude-opus-4.8", "claude-opus-4-8"),
        ("openrouter/anthropic/claude-sonnet-4.6", "claude-sonnet-4-6"),
        ("claude-sonnet-4.6", "claude-sonnet-4-6"),
        ("claude-3.5-sonnet", "claude-3-5-sonnet"),
        ("claude-3-7-sonnet-latest", "claude-3-7-sonnet"),
        ("claude-4-opus-20250514", "claude-opus-4"),
        ("claude-4.5-sonnet", "claude-sonnet-4-5"),
        ("claude-sonnet-4", "claude-sonnet-4"),
        ("claude-opus-4-0", "claude-opus-4"),
        ("anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
        ("global.anthropic.claude-opus-4-8", "claude-opus-4-8"),
        ("bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
        ("vertex_ai/claude-opus-4-5@20251101", "claude-opus-4-5"),
        ("gpt-5-2025-08-07", "gpt-5"),
        ("openai/gpt-5.4-2026-03-05", "gpt-5.4"),
        ("azure/gpt-5.5", "gpt-5.5"),
        ("github_copilot/gpt-5-mini", "gpt-5-mini"),
        ("chatgpt/gpt-5.5", "gpt-5.5"),
        ("gemini/gemini-2.5-pro", "gemini-2.5-pro"),
        ("google/gemini-3.8-flash", "gemini-3.8-flash"),
        ("xai/grok-4.5", "grok-4.5"),
        ("MiniMax-M2.5", "minimax-m2.5"),
        ("moonshotai/kimi-k3", "kimi-k3"),
        ("gpt-4o-2024-05-13", "gpt-4o-2024-05-13"),
        ("gpt-5.3-chat-latest", "gpt-5.3-chat-latest"),
    ])
    func `a logged name finds its model`(logged: String, model: String) {
        #expect(book.facts(of: ModelID(logged))?.model == ModelID(model))
    }

    @Test(arguments: [
        "gpt-5.3-codex-spark", "chatgpt/gpt-5.3-codex-spark", "gpt-9", "claude", "claude-opus", "opus", "sonnet", "",
        "<synthetic>", "my-gpt-5", "gpt-5-turbo", "not-claude-opus-4-8", "groq/gpt-5", "ft:gpt-4o-2024-08-06:acme::x",
        "deepseek/deepseek-r1:free", "claude-sonnet-4-5-fast", "gpt-5-20", "openai/", "[1m]", "us.anthropic.",
        "-latest",
        "us-gov.anthropic.claude-opus-4-8", "x.anthropic.claude-opus-4-8", "gpt-oss-120b",
    ])
    func `an unknown name is unpriced`(logged: String) {
        #expect(book.facts(of: ModelID(logged)) == nil)
        #expect(book.usd(Usage(inputTokens: 1), logged) == nil)
    }

    @Test func `a name that says fast is billed as fast`() {
        #expect(book.usd(.million(output: true), "claude-opus-4.8-fast") == "50")
        #expect(book.usd(.million(output: true), "gpt-5.5-fast") == "75")
    }

    @Test func `a model whose own name ends so is no fast service`() {
        #expect(book.facts(of: ModelID("grok-code-fast"))?.model == ModelID("grok-code-fast"))
    }

    @Test func `Bedrock's regional endpoints cost a tenth more`() {
        #expect(book.usd(.million(output: true), "us.anthropic.claude-sonnet-4-5-20250929-v1:0") == "16.5")
        #expect(book.usd(.million(output: true), "eu.anthropic.claude-opus-4-8") == "27.5")
        #expect(book.usd(.million(output: true), "us.anthropic.claude-3-7-sonnet-20250219-v1:0") == "15")
    }

    @Test func `the same weights at another host have that host's price`() {
        #expect(book.input("groq/openai/gpt-oss-120b") != book.input("cerebras/gpt-oss-120b"))
    }

    @Test func `nothing in the book is free`() {
        for model in book.models {
            for price in book.prices(of: model) {
                let rates = price.standard.map(\.rates)
                #expect(rates.allSatisfy { $0.input > .zero && $0.output > .zero }, "\(model)")
            }
        }
    }
}
