import Analysis
import Domain
import Pricing
import Testing

@Suite struct RuleSimulationTests {
    private let context = AnalysisContext(prices: .builtin, today: Timestamp.noon.day)

    private func candidate(_ session: String, actual: Money, estimated: Money) -> Candidate {
        Candidate(
            session: SessionID(agent: .claudeCode, name: session),
            unit: .session,
            project: "/p",
            model: .opus,
            target: .haiku,
            shape: Shape(),
            actual: actual,
            estimated: estimated,
            reasons: [],
            evidence: Evidence(session: SessionID(agent: .claudeCode, name: session), calls: [], file: "", offset: 0),
            calls: []
        )
    }

    @Test func `a model's rule moves flagged and unflagged sessions, and says which are which`() {
        let flagged = candidate("a", actual: .micro(2_000), estimated: .micro(50))
        var simulation = RuleSimulation(.model, from: .opus, to: .haiku, flagged: [flagged], in: context)
        simulation.add(.sample("a", steps: [.sample(.sample("1", output: 100), after: [.sample(.prompt)])]))
        simulation.add(.sample("b", steps: [.sample(.sample("2", output: 300), after: [.sample(.prompt)])]))
        simulation.add(
            .sample("c", steps: [.sample(.sample("3", model: .sonnet, output: 100), after: [.sample(.prompt)])])
        )
        let forecast = simulation.forecast
        // 400 tokens at $20 a million become 400 at $0.50.
        #expect(forecast.moved == .micro(8_000))
        #expect(forecast.saving == .micro(7_800))
        #expect(forecast.unflaggedSessions == 1)
        #expect(forecast.unflaggedSaving == .micro(5_850))
        #expect(forecast.sessions == 3)
        #expect(forecast.isSimulated)
    }

    @Test func `a call that the target has no room for is counted, not moved`() {
        var simulation = RuleSimulation(.model, from: .opus, to: ModelID("claude-haiku-4-5"), flagged: [], in: context)
        simulation.add(.sample("a", steps: [.sample(.sample("1", input: 500_000), after: [.sample(.prompt)])]))
        #expect(simulation.forecast.unservedCalls == 1)
        #expect(simulation.forecast.moved == .zero)
    }

    @Test func `a subagent's rule leaves the main conversation alone`() {
        var simulation = RuleSimulation(.subagentModel, from: .opus, to: .haiku, flagged: [], in: context)
        simulation.add(
            .sample(
                "a",
                steps: [.sample(.sample("1", output: 1_000), after: [.sample(.prompt)])],
                subagent: [.sample(.sample("2", output: 100), after: [.sample(.delegation)])]
            )
        )
        #expect(simulation.forecast.moved == .micro(2_000))
    }

    @Test func `an instruction cannot be played through: its saving is the finding's`() {
        let flagged = candidate("a", actual: .micro(2_000), estimated: .micro(500))
        var simulation = RuleSimulation(.instruction, from: nil, to: nil, flagged: [flagged], in: context)
        simulation.add(.sample("a", steps: [.sample(.sample("1"), after: [.sample(.prompt)])]))
        #expect(simulation.forecast.saving == .micro(1_500))
        #expect(!simulation.forecast.isSimulated)
        #expect(simulation.forecast.unflaggedSessions == 0)
    }
}
