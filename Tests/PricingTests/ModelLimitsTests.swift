import Domain
import Pricing
import Testing

@Suite struct ModelLimitsTests {
    private static let rejections: [(String, RequestFacts.Demands)] = [
        ("claude-haiku-4-5", [.adaptiveThinking, .effort, .lateSystem, .longContext]),
        ("claude-haiku-4-5-20251001", [.adaptiveThinking, .effort, .lateSystem, .longContext]),
        ("claude-sonnet-4-5", [.adaptiveThinking, .effort, .lateSystem, .longContext]),
        ("claude-opus-4-5", [.adaptiveThinking, .lateSystem, .longContext]),
        ("claude-sonnet-4-6", [.prefill, .lateSystem]),
        ("claude-opus-4-7", [.prefill, .sampling, .thinkingBudget, .lateSystem]),
        ("claude-opus-4-8", [.prefill, .sampling, .thinkingBudget]),
        ("claude-haiku-5-5", [.prefill, .sampling, .thinkingBudget]),
        ("claude-opus-5", [.prefill, .sampling, .thinkingBudget]),
        ("claude-opus-5-5", [.prefill, .sampling, .thinkingBudget, .thinkingOff, .forcedTool]),
        ("claude-sonnet-5-5[1m]", [.prefill, .sampling, .thinkingBudget, .thinkingOff, .forcedTool]),
        ("claude-fable-5", [.prefill, .sampling, .thinkingBudget, .thinkingOff]),
        ("claude-fable-5-1", [.prefill, .sampling, .thinkingBudget, .thinkingOff, .forcedTool]),
        ("claude-mythos-5-1", [.prefill, .sampling, .thinkingBudget, .thinkingOff, .forcedTool]),
    ]

    private static let efforts: [(String, Set<Effort>)] = [
        ("claude-haiku-4-5", []),
        ("claude-opus-4-5", [.low, .medium, .high]),
        ("claude-sonnet-4-6", [.low, .medium, .high, .max]),
        ("claude-opus-4-7", [.low, .medium, .high, .xhigh, .max]),
        ("gpt-4o", []),
        ("gpt-5", [.minimal, .low, .medium, .high]),
        ("gpt-5.1", [.none, .low, .medium, .high]),
        ("gpt-5.2", [.none, .low, .medium, .high, .xhigh]),
        ("gpt-6-luna", [.none, .low, .medium, .high, .xhigh, .max]),
        ("gpt-6-astra", [.low, .medium, .high, .xhigh, .max]),
        ("gpt-6.1-sol", [.low, .medium, .high, .xhigh, .max]),
        ("gpt-6.1-terra", [.none, .low, .medium, .high, .xhigh, .max]),
    ]

    private static let formats: [(String, Set<APIFormat>)] = [
        ("gpt-5-codex", [.responses]),
        ("gpt-5.5-pro", [.responses]),
        ("gpt-6-sol", [.chatCompletions, .responses]),
        ("claude-opus-5", [.messages]),
    ]

    private func limits(_ model: String) throws -> ModelLimits {
        try #require(PriceBook.builtin.limits(of: ModelID(model)))
    }

    @Test(arguments: rejections)
    func `pitfall 7: a Claude model rejects just what its version does`(
        model: String,
        rejected: RequestFacts.Demands
    ) throws {
        #expect(try limits(model).rejected == rejected)
    }

    @Test(arguments: efforts)
    func `the efforts a model takes follow from its version`(model: String, efforts: Set<Effort>) throws {
        #expect(try limits(model).efforts == efforts)
    }

    @Test func `Haiku 4·5 writes at most 64 thousand tokens and reads 200 thousand`() throws {
        let limits = try limits("claude-haiku-4-5")
        #expect(limits.maxOutputTokens == 64_000)
        #expect(limits.contextWindow == 200_000)
    }

    @Test(arguments: formats)
    func `some models are served on one API only`(model: String, formats: Set<APIFormat>) throws {
        #expect(try limits(model).formats == formats)
    }

    @Test func `a model that thinks takes no sampling at OpenAI`() throws {
        #expect(try limits("gpt-6-sol").rejected.contains(.sampling))
        #expect(try !limits("gpt-4o").rejected.contains(.sampling))
    }

    @Test func `an effort that a model of the same provider lacks is rejected`() throws {
        let sonnet = try limits("claude-sonnet-4-6")
        #expect(sonnet.rejects([.effort], effort: .xhigh, in: .messages) == [.effort])
        #expect(sonnet.rejects([.effort], effort: .max, in: .messages) == [])
    }

    @Test func `across providers parameters are put into other words and only what is bound is rejected`() throws {
        let luna = try limits("gpt-6-luna")
        let all: RequestFacts.Demands = [
            .tools, .images, .sampling, .thinkingBudget, .adaptiveThinking, .effort, .signedThinking, .lateSystem,
        ]
        #expect(luna.rejects(all, effort: .max, in: .messages) == [])
        #expect(luna.rejects([.serverTools, .prefill], in: .messages) == [.serverTools, .prefill])
        let haiku = try limits("claude-haiku-4-5")
        #expect(haiku.rejects([.adaptiveThinking, .effort, .lateSystem], in: .responses) == [])
        #expect(haiku.rejects([.providerState], in: .responses) == [.providerState])
    }

    @Test func `a model without thinking cannot take over thinking`() throws {
        #expect(try limits("gpt-4o").rejects([.adaptiveThinking], in: .messages) == [.adaptiveThinking])
    }

    @Test func `of a model nobody knows nothing is said`() {
        #expect(PriceBook.builtin.limits(of: ModelID("unheard-of-1")) == nil)
    }
}
