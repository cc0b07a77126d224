import Domain
import Pricing
import Testing

@Suite struct TargetTests {
    let book = PriceBook.builtin
    let day = Day(year: 2026, month: 11, day: 20)
    let small = Needs(promptTokens: 60_000, outputTokens: 8_000, tools: true)

    @Test(arguments: [
        ("claude-haiku-4-5", Tier.cheap), ("claude-sonnet-5-5", .balanced), ("claude-opus-4-8", .frontier),
        ("claude-fable-5", .frontier), ("claude-mythos-5", .frontier), ("claude-3-5-sonnet", .balanced),
        ("gpt-5-nano", .cheap), ("gpt-5.4-mini", .cheap), ("gpt-6-luna", .cheap), ("gpt-5.1-codex-mini", .cheap),
        ("o4-mini", .cheap), ("gpt-5.6-terra", .balanced), ("gpt-5.6-sol", .frontier), ("gpt-6-astra", .frontier),
        ("gpt-5.5", .frontier), ("gpt-5.3-codex", .frontier), ("gpt-5.5-pro", .frontier), ("o3", .frontier),
        ("gemini-3.5-flash-lite", .cheap), ("gemini-3.8-flash", .balanced), ("gemini-3.1-pro-preview", .frontier),
        ("gemini-4-argon", .frontier),
    ])
    func `a name tells the tier`(model: String, tier: Tier) {
        #expect(book.facts(of: ModelID(model))?.tier == tier)
    }

    @Test(arguments: [
        "gpt-5.6-cyber", "gpt-6-astra-law", "o3-deep-research", "gpt-audio", "gpt-4o-search-preview", "gpt-5-chat",
        "gemini-2.5-computer-use-preview-10-2025", "claude-opus-4-8-unheard-of",
    ])
    func `a model for one trade has no tier and no target`(model: String) {
        #expect(book.facts(of: ModelID(model))?.tier == nil)
        #expect(book.downgradeTarget(for: ModelID(model), needs: small, on: day) == nil)
        #expect(book.sameTierTarget(for: ModelID(model), needs: small, on: day) == nil)
    }

    @Test(arguments: [
        ("claude-opus-4-8", "claude-haiku-5-5"), ("claude-sonnet-5", "claude-haiku-5-5"),
        ("claude-fable-5", "claude-haiku-5-5"), ("gpt-5.5", "gpt-6-luna"), ("gpt-5.3-codex", "gpt-6-luna"),
        ("gpt-6.1-terra", "gpt-6-luna"), ("gemini-3.1-pro-preview", "gemini-3.1-flash-lite"),
        ("claude-opus-4-20250514", "claude-haiku-5-5"), ("anthropic/claude-opus-4.8", "claude-haiku-5-5"),
    ])
    func `the target is the cheapest current model of a lower tier`(model: String, target: String) {
        #expect(book.downgradeTarget(for: ModelID(model), needs: small, on: day) == ModelID(target))
    }

    @Test(arguments: ["claude-haiku-4-5", "gpt-6-luna", "gpt-5.4-nano", "unheard-of"])
    func `the lowest tier and unknown models have no target`(model: String) {
        #expect(book.downgradeTarget(for: ModelID(model), needs: small, on: day) == nil)
    }

    @Test(arguments: [
        ("claude-opus-4-8", "claude-sonnet-5-5"), ("claude-fable-5", "claude-sonnet-5-5"),
        ("claude-sonnet-5", "claude-haiku-5-5"), ("gpt-5.5", "gpt-6.1-terra"), ("gpt-6.1-terra", "gpt-6-luna"),
        ("claude-haiku-4-5", nil), ("grok-4.7", nil), ("unheard-of", nil),
    ])
    func `the next tier is one step down, where the family has it`(model: String, target: String?) {
        #expect(book.nextTierTarget(for: ModelID(model), needs: small, on: day) == target.map { ModelID($0) })
    }

    @Test func `a target was there on the day`() {
        let before = Day(year: 2026, month: 7, day: 1)
        let target = book.downgradeTarget(for: ModelID("claude-opus-4-6"), needs: small, on: before)
        #expect(target == ModelID("claude-haiku-4-5"))
    }

    @Test func `a target that is about to go is none`() {
        // gpt-5-nano costs half of gpt-6-luna, and is gone on 11 December 2026.
        #expect(book.downgradeTarget(for: ModelID("gpt-5"), needs: small, on: day) == ModelID("gpt-6-luna"))
    }

    @Test(arguments: [
        (190_000, 8_000, "claude-haiku-4-5"), (192_001, 8_000, "claude-sonnet-4-6"),
        (60_000, 64_001, "claude-sonnet-4-6"),
    ])
    func `the largest call must fit`(prompt: Int, output: Int, target: String) {
        let needs = Needs(promptTokens: prompt, outputTokens: output, tools: true)
        let before = Day(year: 2026, month: 6, day: 20)
        #expect(book.downgradeTarget(for: ModelID("claude-opus-4-6"), needs: needs, on: before) == ModelID(target))
    }

    @Test func `nothing serves what fits nowhere`() {
        for needs in [Needs(promptTokens: 5_000_000), Needs(outputTokens: 500_000), Needs(promptTokens: .max)] {
            #expect(book.downgradeTarget(for: ModelID("claude-opus-4-8"), needs: needs, on: day) == nil)
        }
    }

    @Test(arguments: [
        ("claude-opus-4-6", "claude-opus-5-5"), ("claude-opus-5", "claude-opus-5-5"),
        ("claude-fable-5", "claude-fable-5-1"), ("claude-sonnet-4-5", "claude-sonnet-5-5"),
        ("claude-haiku-4-5", "claude-haiku-5-5"), ("gpt-5.5", "gpt-6.1-sol"), ("gpt-5.5-pro", "gpt-6-astra"),
        ("gpt-5.4-mini", "gpt-6-luna"),
    ])
    func `a newer and cheaper model of the same line`(model: String, target: String) {
        #expect(book.sameTierTarget(for: ModelID(model), needs: small, on: day) == ModelID(target))
    }

    @Test(arguments: ["claude-opus-5-5", "claude-fable-5-1", "gpt-6.1-sol", "gpt-6-luna", "claude-haiku-5-5"])
    func `the newest has none`(model: String) {
        #expect(book.sameTierTarget(for: ModelID(model), needs: small, on: day) == nil)
    }

    @Test func `a candidate that is not fit gives way to the next`() {
        let model = ModelID("claude-opus-4-8")
        let next = book.downgradeTarget(for: model, needs: small, on: day) { $0 != ModelID("claude-haiku-5-5") }
        #expect(next != nil && next != ModelID("claude-haiku-5-5"))
        #expect(book.downgradeTarget(for: model, needs: small, on: day) { _ in false } == nil)
        #expect(book.nextTierTarget(for: model, needs: small, on: day) { _ in false } == nil)
    }

    @Test func `a ladder holds the families' models that can serve the calls and stay`() {
        let models = Set(book.ladder(of: ["claude", "gpt"], needs: small, on: day).map(\.model))
        #expect(
            models.isSuperset(of: [ModelID("claude-haiku-5-5"), ModelID("gpt-6-luna"), ModelID("claude-opus-5-5")])
        )
        #expect(!models.contains(ModelID("gpt-5-nano")))
        #expect(book.ladder(of: ["claude"], needs: Needs(promptTokens: .max), on: day).isEmpty)
    }

    @Test func `what costs no less is no target`() throws {
        let bargain = try #require(PriceOverride.sample("claude-opus-4-8", input: 0.01, output: 0.01, cacheRead: 0.001))
        let mine = book.overridden(by: [bargain])
        #expect(mine.downgradeTarget(for: ModelID("claude-opus-4-8"), needs: small, on: day) == nil)
        #expect(mine.sameTierTarget(for: ModelID("claude-opus-4-8"), needs: small, on: day) == nil)
    }

    @Test func `a target can do what the calls ask for`() {
        let needs = Needs(promptTokens: 60_000, tools: true, images: true, thinking: true)
        for model in ["claude-opus-4-8", "gpt-5.5", "gemini-3.1-pro-preview", "grok-4.7", "qwen3.7-max", "glm-5"] {
            guard let target = book.downgradeTarget(for: ModelID(model), needs: needs, on: day) else { continue }
            #expect(book.facts(of: target)?.capabilities.isSuperset(of: [.tools, .vision, .thinking]) == true)
        }
    }

    @Test func `facts say what a model can do`() throws {
        let facts = try #require(book.facts(of: ModelID("claude-haiku-4-5-20251001")))
        #expect(facts.provider == "anthropic" && facts.family == "claude")
        #expect(facts.contextWindow == 200_000 && facts.maxOutput == 64_000)
        #expect(facts.capabilities == [.tools, .vision, .thinking])
        #expect(facts.availableFrom == Day(year: 2025, month: 10, day: 1))
        #expect(book.facts(of: ModelID("gpt-5"))?.retired == Day(year: 2026, month: 12, day: 11))
    }
}
