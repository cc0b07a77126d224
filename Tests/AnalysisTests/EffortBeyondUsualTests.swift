import Analysis
import Domain
import Testing

@Suite struct EffortBeyondUsualTests {
    /// A question, and an answer of 100 visible tokens after so much thinking.
    private func session(_ name: String, thinking: Int, effort: Effort? = nil, model: ModelID = .opus) -> Session {
        let call = Call.sample(
            name,
            model: model,
            input: 10,
            output: 100 + thinking,
            write1h: 200,
            reasoning: thinking,
            effort: effort
        )
        return .sample(name, steps: [.sample(call, after: [.sample(.prompt)])])
    }

    /// So many tasks with 500 tokens of thinking.
    private func usual(_ count: Int = 9) -> [Session] { (0..<count).map { session("u\($0)", thinking: 500) } }

    private func report(on session: Session, usual count: Int = 9, limits: [String: Double] = [:]) -> KindReport? {
        let thresholds = Thresholds([EffortBeyondUsual.kind: limits])
        let result = analyse(usual(count) + [session], thresholds: thresholds)
        #expect(result.findings.allSatisfy { $0.finding.kind == "effort" })
        return result.report(of: "effort")
    }

    @Test func `thinking over the usual is priced at the output price paid`() throws {
        let finding = try #require(report(on: session("s", thinking: 2000, effort: .high))?.findings.only?.finding)
        let candidate = try #require(finding.candidates.only)
        // 10 × 4 + 200 × 8 + 2,100 × 20
        #expect(candidate.actual == .micro(43_640))
        #expect(candidate.saving == .micro(1500 * 20))
        #expect(candidate.unit == .task)
        #expect(candidate.target == nil)
        #expect(candidate.shape.outputTokens == 100)
        #expect(
            candidate.reasons == [
                "2,000 thinking tokens, where the middle of 10 small tasks of 1 call took 500",
                "visibly small: 10 tokens in, 100 out, 0 tool calls", "effort was high",
            ]
        )
        #expect(finding.action.text.contains("/effort"))
    }

    @Test(arguments: [(999, false), (1000, true)])
    func `it counts from twice the usual on`(thinking: Int, isFound: Bool) {
        #expect(report(on: session("s", thinking: thinking))?.findings.isEmpty == !isFound)
    }

    @Test(arguments: [(8, false), (9, true)])
    func `the middle of a few says nothing`(others: Int, isFound: Bool) {
        #expect(report(on: session("s", thinking: 2000), usual: others)?.findings.isEmpty == !isFound)
    }

    @Test(arguments: [(0.03, true), (0.0301, false)])
    func `what saves too little is left out`(usd: Double, isFound: Bool) {
        #expect(report(on: session("s", thinking: 2000), limits: ["usd": usd])?.findings.isEmpty == !isFound)
    }

    @Test(arguments: Effort.allCases)
    func `low effort cannot be lowered`(effort: Effort) {
        let isFound = report(on: session("s", thinking: 2000, effort: effort))?.findings.isEmpty == false
        #expect(isFound == (effort.rawValue > Effort.low.rawValue))
    }

    @Test func `another model's tasks are not compared`() {
        #expect(report(on: session("s", thinking: 9000, model: .sonnet))?.findings.isEmpty == true)
    }

    @Test func `output beyond the visible text is thinking where the log does not count it`() throws {
        var hidden = session("s", thinking: 2000)
        hidden.threads[0].steps[0].call.usage.reasoningTokens = 0
        hidden.threads[0].steps[0].call.visibleOutputBytes = 180
        let saving = report(on: hidden)?.findings.only?.finding.saving
        #expect(saving == .micro(1500 * 20))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout SessionThread) -> Void
    }

    @Test(arguments: [
        Case(testDescription: "a placeholder") { $0.steps[0].call.outputIsLowerBound = true },
        Case(testDescription: "much visible output") { $0.steps[0].call.usage.outputTokens = 2800 },
        Case(testDescription: "much that came in") { $0.steps[0].arrivals[0].bytes = 14_400 },
        Case(testDescription: "many tool calls") {
            $0.steps[0].toolCalls = [.sample(), .sample(), .sample()]
        },
        Case(testDescription: "a refusal") { $0.steps[0].call.stopReason = .refusal },
        Case(testDescription: "a picture") { $0.steps[0].arrivals[0].attachments = 1 },
        Case(testDescription: "a copied call") { $0.steps[0].isContext = true },
    ])
    func `what is not small or not to be judged is left alone`(_ example: Case) {
        var session = session("s", thinking: 2000)
        example.change(&session.threads[0])
        #expect(report(on: session)?.findings.isEmpty == true)
    }

    @Test func `a quiet kind says how much was thought`() {
        let summary = report(on: session("s", thinking: 500))?.summary
        #expect(
            summary
                == "looked at 10 small tasks: 83% of the tokens written in them were thinking; 10 of them had enough "
                + "others of their shape to say what is usual, and 0 took much more"
        )
    }
}
