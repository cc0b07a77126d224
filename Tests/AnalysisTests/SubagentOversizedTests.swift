import Analysis
import Domain
import Testing

@Suite struct SubagentOversizedTests {
    /// A long main thread, and a subagent that searches once and reports.
    private func session(model: ModelID = .opus, tool: ToolCall = .sample(action: .search), report: Int = 2000)
        -> Session
    {
        var session = Session.sample(
            steps: [.sample(.sample("m", model: .haiku, output: 9000), after: [.sample(.prompt)])],
            subagent: [
                .sample(
                    .sample("a1", model: model, output: 100, write1h: 10_000, stop: .toolUse),
                    after: [.sample(.delegation)],
                    tools: [tool]
                ),
                .sample(
                    .sample("a2", minute: 1, model: model, output: report, read: 10_000, write1h: 5000),
                    after: [.sample(.toolResult)]
                ),
            ]
        )
        session.threads[1].agentType = "Explore"
        return session
    }

    @Test func `a subagent that only searched moves whole, with the reuse of its cache`() throws {
        let finding = try #require(analyse(session()).findings.only)
        let candidate = try #require(finding.finding.candidates.only)
        #expect(finding.finding.kind == "subagent-oversized")
        #expect(candidate.unit == .subagent)
        #expect(candidate.target == .haiku)
        // 15,000 × 8 + 10,000 × 0.20 + 2,100 × 20
        #expect(candidate.actual == .micro(164_000))
        // 15,000 × 0.20 + 10,000 × 0.01 + 2,100 × 0.50
        #expect(candidate.estimated == .micro(4150))
        #expect(candidate.reasons.first == "the subagent Explore only read and searched")
        #expect(finding.finding.action.text.contains(".claude/agents/NAME.md"))
    }

    @Test(arguments: ActionKind.allCases)
    func `any tool call that may change something keeps it`(action: ActionKind) {
        let findings = analyse(session(tool: .sample(.execute, action: action))).findings
        #expect(!findings.isEmpty == action.isObservation)
    }

    @Test(arguments: [
        (ToolKind.read, true), (.search, true), (.web, true), (.edit, false), (.execute, false), (.other, false),
    ])
    func `where only the tool is known it decides`(kind: ToolKind, isFound: Bool) {
        #expect(!analyse(session(tool: .sample(kind))).findings.isEmpty == isFound)
    }

    @Test func `one of many small looks moves whole, and not by some of its calls`() {
        var session = session()
        let look = session.threads[1].steps[0]
        var steps = [look]
        for index in 1...10 {
            let call = Call.sample(
                "r\(index)",
                minute: Double(index) / 2,
                output: 50,
                read: 7000 + 3000 * index,
                write1h: 3000,
                stop: .toolUse
            )
            steps.append(.sample(call, after: [.sample(.toolResult)], tools: [.sample(action: .readFile)]))
        }
        var report = session.threads[1].steps[1]
        report.call.time = .minute(6)
        report.call.usage.cacheReadTokens = 40_000
        session.threads[1].steps = steps + [report]
        let result = analyse(session)
        #expect(result.candidates(of: SubagentOversized.kind).map(\.calls.count) == [12])
        #expect(result.candidates(of: ModelDowngrade.kind).isEmpty)
    }

    @Test func `its calls are not advised to be handed to a subagent`() throws {
        var session = session()
        var steps = [session.threads[1].steps[0]]
        for index in 1...10 {
            let call = Call.sample(
                "r\(index)",
                minute: Double(index) / 2,
                output: 50,
                read: 7000 + 3000 * index,
                write1h: 3000,
                stop: .toolUse
            )
            steps.append(.sample(call, after: [.sample(.toolResult)], tools: [.sample(action: .readFile)]))
        }
        let edit = Call.sample("e", minute: 6, output: 2000, read: 40_000, write1h: 100)
        let changing = ToolCall.sample(.edit, name: "Edit", action: .edit)
        steps.append(.sample(edit, after: [.sample(.toolResult)], tools: [changing]))
        session.threads[1].steps = steps
        let finding = try #require(analyse(session).findings(of: ModelDowngrade.kind).only)
        #expect(finding.candidates.map(\.unit) == [.call])
        #expect(finding.action.text.hasPrefix("For calls inside a subagent the cheaper model has to be its own"))
    }

    @Test func `a small one is left to model-downgrade`() {
        var session = session(report: 100)
        session.threads[1].steps[1].call.usage.cacheWrite1hTokens = 405
        let result = analyse(session)
        #expect(result.findings.allSatisfy { $0.finding.kind == "model-downgrade" })
        #expect(result.findings.count == 1)
    }

    @Test func `a balanced model is no frontier model`() {
        #expect(analyse(session(model: .sonnet)).findings.isEmpty)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout SessionThread) -> Void
    }

    @Test(arguments: [
        Case(testDescription: "no tool") { $0.steps[0].toolCalls = [] },
        Case(testDescription: "a refusal") { $0.steps[0].call.stopReason = .refusal },
        Case(testDescription: "a failed call") { $0.steps[0].call.stopReason = .error },
        Case(testDescription: "no report") { $0.steps[1].call.stopReason = .toolUse },
        Case(testDescription: "a report cut off") { $0.steps[1].call.stopReason = .maxTokens },
        Case(testDescription: "a picture") { $0.steps[1].arrivals = [.sample(.toolResult, attachments: 1)] },
        Case(testDescription: "a compaction") { $0.steps[1].arrivals.append(.sample(.compactSummary)) },
        Case(testDescription: "another model") { $0.steps[1].call.model = .sonnet },
        Case(testDescription: "a copied call") { $0.steps[0].isContext = true },
    ])
    func `a doubtful one stays`(_ example: Case) {
        var session = session()
        example.change(&session.threads[1])
        #expect(analyse(session).findings.isEmpty)
    }

    @Test(arguments: [(0.159_85, true), (0.159_851, false)])
    func `what saves too little to matter is left out`(minimum: Double, isFound: Bool) {
        let limits = Thresholds([SubagentOversized.kind: ["usd": minimum]])
        #expect(!analyse(session(), thresholds: limits).findings.isEmpty == isFound)
    }
}
