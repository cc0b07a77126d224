import Domain
import Testing

@testable import Routing

@Suite struct BacklogRoutingTests {
    private let sample = BacklogRouting(
        models: [
            "entryModelClassify": "free", "entryModelDraft": "cheap", "entryModelImplement": "balanced",
            "entryModelReview": "local-llama", "escalationModel": "frontier", "somethingElse": "cheap",
        ],
        maxEscalationsPerTicket: 2,
        maxInputByPhase: ["classify": 4_000, "refine": 12_000, "draft": -1],
        maxOutputByPhase: ["classify": 1_000]
    )

    @Test func `phases get their tiers and limits`() {
        let imported = sample.imported
        #expect(
            imported.phases[Phase(rawValue: "classify")]
                == .init(maxInputTokens: 4_000, maxOutputTokens: 1_000, tier: .cheap)
        )
        #expect(imported.phases[Phase(rawValue: "implement")] == .init(tier: .balanced))
        #expect(imported.phases[Phase(rawValue: "refine")] == .init(maxInputTokens: 12_000))
        #expect(imported.phases[Phase(rawValue: "draft")] == .init(tier: .cheap))
        #expect(imported.escalationTier == .frontier && imported.maxEscalationsPerTicket == 2)
        #expect(imported.notUnderstood == ["entryModelReview = local-llama"])
    }

    @Test func `what the user set himself stays`() {
        var policy = RoutingPolicy()
        policy.phases[Phase(rawValue: "classify")] = .init(maxInputTokens: 10, tier: .frontier)
        policy.take(sample.imported) { $0 == .frontier ? ModelID("claude-opus-5-5") : nil }
        #expect(
            policy.phases[Phase(rawValue: "classify")]
                == .init(maxInputTokens: 10, maxOutputTokens: 1_000, tier: .frontier)
        )
        #expect(policy.escalation == .init(model: ModelID("claude-opus-5-5"), perSession: 1, perTicket: 2))
    }
}
