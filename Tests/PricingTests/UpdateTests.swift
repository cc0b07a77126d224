import Domain
import Pricing
import Testing

@Suite struct UpdateTests {
    let book = PriceBook.builtin
    let day = Day(year: 2026, month: 12, day: 1)

    private func file(_ models: String...) -> [UInt8] { Array("{\(models.joined(separator: ","))}".utf8) }

    private func model(
        _ name: String,
        provider: String = "anthropic",
        input: String,
        output: String,
        _ more: String = ""
    )
        -> String
    {
        """
        "\(name)": {"litellm_provider": "\(provider)", "mode": "chat", "input_cost_per_token": \(input), \
        "output_cost_per_token": \(output)\(more)}
        """
    }

    @Test func `a changed price holds from its day and leaves the past alone`() throws {
        let news = file(model("claude-opus-4-8", input: "4e-06", output: "2e-05"))
        let update = try book.merging(litellm: news, effectiveFrom: day)
        #expect(update.changed == [ModelID("claude-opus-4-8")])
        #expect(update.book.usd(.million(output: true), "claude-opus-4-8", on: "2026-11-30") == "25")
        #expect(update.book.usd(.million(output: true), "claude-opus-4-8", on: "2026-12-01") == "20")
        let fast = ServingMode(isFast: true)
        #expect(update.book.usd(.million(output: true), "claude-opus-4-8", on: "2026-12-01", mode: fast) == "40")
    }

    @Test func `a new model has its tier at once`() throws {
        let more = """
            , "max_input_tokens": 1000000, "max_output_tokens": 64000, "supports_function_calling": true, \
            "cache_read_input_token_cost": 1e-09
            """
        let news = file(model("claude-haiku-6", input: "5e-08", output: "2e-07", more))
        let update = try book.merging(litellm: news, effectiveFrom: day)
        let needs = Needs(promptTokens: 1_000, tools: true)
        let target = update.book.downgradeTarget(for: ModelID("claude-opus-4-8"), needs: needs, on: day)
        #expect(target == ModelID("claude-haiku-6"))
        let earlier = Day(number: day.number - 1)
        let before = update.book.downgradeTarget(for: ModelID("claude-opus-4-8"), needs: needs, on: earlier)
        #expect(before == ModelID("claude-haiku-5-5"))
    }

    @Test func `what is kept reads back as the same prices`() throws {
        let more = """
            , "input_cost_per_token_above_200k_tokens": 9e-06, "input_cost_per_token_batches": 2e-06, \
            "provider_specific_entry": {"us": 1.1, "fast": 3.0}, "deprecation_date": "2028-01-31", \
            "search_context_cost_per_query": {"search_context_size_medium": 0.02}
            """
        let first = try book.merging(
            litellm: file(model("claude-opus-4-8", input: "4e-06", output: "2e-05", more)),
            effectiveFrom: day
        )
        let second = try book.adding(table: first.table).merging(
            litellm: file(model("claude-opus-4-8", input: "3e-06", output: "1.5e-05", more)),
            effectiveFrom: Day(year: 2027, month: 1, day: 1)
        )
        let loaded = try book.adding(table: second.table)
        let opus = ModelID("claude-opus-4-8")
        #expect(loaded.prices(of: opus) == second.book.prices(of: opus))
        #expect(loaded.prices(of: opus).map(\.from.description).suffix(2) == ["2026-12-01", "2027-01-01"])
        #expect(loaded.facts(of: opus) == second.book.facts(of: opus))
        #expect(loaded.facts(of: opus)?.retired == Day(year: 2028, month: 1, day: 31))
    }

    @Test func `the same file twice changes nothing the second time`() throws {
        let news = file(model("claude-opus-4-8", input: "4e-06", output: "2e-05"))
        let once = try book.merging(litellm: news, effectiveFrom: day)
        let twice = try once.book.merging(litellm: news, effectiveFrom: Day(number: day.number + 30))
        #expect(twice.changed.isEmpty)
        #expect(twice.table == once.table)
    }

    @Test func `a user's own price is not news to the catalogue`() throws {
        let own = try #require(PriceOverride.sample("claude-opus-4-8", input: 1, output: 2))
        let news = file(model("claude-opus-4-8", input: "4e-06", output: "2e-05"))
        let update = try book.overridden(by: [own]).merging(litellm: news, effectiveFrom: day)
        #expect(update.book.usd(.million(output: true), "claude-opus-4-8", on: "2026-12-02") == "2")
    }

    @Test func `plans and free entries make no paid model free`() throws {
        let news = file(
            model("claude-opus-4-8", input: "0", output: "0"),
            model("github_copilot/claude-opus-4.8", provider: "github_copilot", input: "0", output: "0"),
            model("chatgpt/gpt-5.3-codex-spark", provider: "chatgpt", input: "1e-06", output: "1e-06"),
            model("claude-new", input: "1e-06", output: "5e-06")
        )
        let update = try book.merging(litellm: news, effectiveFrom: day)
        #expect(update.changed == [ModelID("claude-new")])
        #expect(update.book.usd(.million(output: true), "github_copilot/claude-opus-4.8", on: "2026-12-02") == "25")
        #expect(update.book.facts(of: ModelID("gpt-5.3-codex-spark")) == nil)
    }

    @Test func `a file that prices Spark makes it priced`() throws {
        let news = file(model("gpt-5.3-codex-spark", provider: "openai", input: "1e-06", output: "2e-06"))
        let update = try book.merging(litellm: news, effectiveFrom: day)
        #expect(update.book.usd(.million(output: true), "gpt-5.3-codex-spark", on: "2026-12-02") == "2")
    }

    @Test(arguments: ["", "[]", "{\"a\":", "{}", "{\"gpt-5\": 3}", "<html>"])
    func `another file is refused`(text: String) {
        #expect(throws: PricingError.self) { try book.merging(litellm: Array(text.utf8), effectiveFrom: day) }
    }

    @Test(arguments: [
        ("x", 1), ("\t2026-01-01\t", 1), ("a\tb\t\t\t\t\n\tnever\t", 2),
        ("a\tb\t\t\t\t\n\t2026-01-01\t\n\t\tstandard\t0\t-1", 3),
    ])
    func `a broken table names its line`(text: String, line: Int) {
        #expect(throws: PricingError.unreadableTable(line: line, reason: "not understood")) {
            try book.adding(table: text)
        }
    }
}
