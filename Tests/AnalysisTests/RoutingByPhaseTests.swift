import Analysis
import Domain
import Testing

@Suite struct RoutingByPhaseTests {
    /// An edit with so much in the cache, so many test runs of so much output, and a long answer.
    private func session(
        model: ModelID = .sonnet,
        prefix: Int = 50_000,
        runs count: Int = 3,
        output: Int = 50,
        tool: ToolCall = .sample(.execute, action: .test)
    ) -> Session {
        var steps: [SessionThread.Step] = [
            .sample(
                .sample("a", model: model, output: 3000, write1h: prefix, stop: .toolUse),
                after: [.sample(.prompt)],
                tools: [.sample(.edit, name: "Edit", action: .edit, target: 7)]
            )
        ]
        var held = prefix
        var written = 3100
        for run in 1...count {
            let call = Call.sample(
                "t\(run)",
                minute: Double(run),
                model: model,
                output: output,
                read: held,
                write1h: written,
                stop: .toolUse
            )
            steps.append(.sample(call, after: [.sample(.toolResult)], tools: [tool]))
            held += written
            written = output + 100
        }
        let last = Call.sample(
            "z",
            minute: Double(count + 1),
            model: model,
            output: 3000,
            read: held,
            write1h: written
        )
        return .sample(steps: steps + [.sample(last, after: [.sample(.toolResult)])])
    }

    private func report(on session: Session, usd: Double = 0) -> KindReport? {
        let result = analyse(session, thresholds: Thresholds([RoutingByPhase.kind: ["usd": usd]]))
        #expect(result.moves.allSatisfy { $0 == RoutingByPhase.kind })
        return result.report(of: RoutingByPhase.kind)
    }

    private func moved(in session: Session) -> [String] {
        report(on: session)?.findings.flatMap(\.finding.candidates).flatMap(\.evidence.calls) ?? []
    }

    @Test func `a run of tests goes one tier down, and both caches are paid for`() throws {
        let candidate = try #require(report(on: session())?.findings.only?.finding.candidates.only)
        #expect(candidate.unit == .call)
        #expect(candidate.target == .haiku)
        #expect(candidate.evidence.calls == ["t1", "t2", "t3"])
        // 156,350 × 0.10 + 3,400 × 4 + 150 × 10
        #expect(candidate.actual == .micro(30_735))
        // (53,100 + 300) × 0.20 + 106,350 × 0.01 + 150 × 0.50, and 3,400 at 4 - 0.10 on the way back
        #expect(candidate.estimated == .micro(11_818.5 + 13_260))
        #expect(candidate.reasons.first == "test: 3 calls in 1 run without a failure")
    }

    @Test func `frontier goes to balanced, not to cheap`() throws {
        let tool = ToolCall.sample(action: .readFile, target: 7)
        let session = session(model: .opus, prefix: 1000, runs: 10, output: 300, tool: tool)
        let candidate = try #require(report(on: session)?.findings.only?.finding.candidates.only)
        #expect(candidate.target == .sonnet)
        // 52,300 × 0.20 + 6,700 × 8 + 3,000 × 20
        #expect(candidate.actual == .micro(124_060))
        // 51,300 × 0.10 + 7,700 × 4 + 3,000 × 10, and 6,700 at 8 - 0.20 on the way back
        #expect(candidate.estimated == .micro(65_930 + 52_260))
    }

    @Test func `a run whose move costs more than it saves is left alone, and said so`() throws {
        let quiet = try #require(report(on: session(model: .opus)))
        #expect(quiet.findings.isEmpty)
        #expect(
            quiet.summary.hasSuffix(
                "0 phases of threads can go one tier down, 1 more would cost more to move than they save"
            )
        )
    }

    @Test func `the cheapest tier has nowhere to go`() throws {
        #expect(moved(in: session(model: .haiku)).isEmpty)
    }

    @Test(arguments: [(0.0056, true), (0.0057, false)])
    func `what saves too little is left out`(usd: Double, isFound: Bool) {
        #expect(report(on: session(), usd: usd)?.findings.isEmpty == !isFound)
    }

    @Test func `the table of phases stands also where nothing moves`() throws {
        let quiet = try #require(report(on: session(), usd: 1))
        #expect(
            quiet.summary.hasPrefix(
                "looked at 5 calls by phase of work: implement 1 call, $0.23 (100% balanced); review 1 call, $0.04 (100% "
                    + "balanced); test 3 calls, $0.03 (100% balanced); all 5 calls, $0.30 (100% balanced), where 70/25/5%"
            )
        )
    }

    @Test(arguments: [
        (ActionKind.test, nil, "test"), (.build, nil, "test"), (.lint, nil, "test"), (.run, nil, "test"),
        (.readFile, nil, "explore"), (.readFile, 8, "explore"), (.readFile, 7, "review"), (.readGit, nil, "review"),
        (.search, nil, "explore"), (.list, nil, "explore"), (.inspect, nil, "explore"), (.fetch, nil, "explore"),
        (.plan, nil, "plan"), (.ask, nil, "plan"), (.delegate, nil, "plan"),
    ])
    func `after a change, what the tools were for tells the phase`(action: ActionKind, file: UInt64?, phase: String) {
        let tool = ToolCall.sample(.execute, action: action, target: file)
        let summary = analyse(session(runs: 1, tool: tool)).report(of: RoutingByPhase.kind)?.summary
        #expect(summary?.contains(" \(phase) 1 call, ") == true || summary?.contains(" \(phase) 2 calls, ") == true)
    }

    @Test(arguments: [ActionKind.edit, .writeGit, .format, .package, .arrangeFiles, .other])
    func `what changes something, or may, is implementing`(action: ActionKind) {
        let summary = report(on: session(tool: .sample(.execute, action: action)))?.summary
        #expect(summary?.contains("implement 4 calls, ") == true)
        #expect(moved(in: session(tool: .sample(.execute, action: action))).isEmpty)
    }

    @Test func `a short reply without tools is a label, a long one a plan`() {
        for (output, phase) in [(50, "classify"), (51, "plan")] {
            let step = SessionThread.Step.sample(
                .sample("c", model: .haiku, output: output),
                after: [.sample(.prompt)]
            )
            #expect(report(on: .sample(steps: [step]))?.summary.contains("phase of work: \(phase) 1 call") == true)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var stays: [String]
        var change: @Sendable (inout SessionThread) -> Void
    }

    @Test(arguments: [
        Case(testDescription: "a failed tool keeps the run", stays: ["t1", "t2", "t3"]) {
            $0.steps[3].arrivals = [.sample(.toolResult, isError: true)]
        },
        Case(testDescription: "a refusal keeps the run", stays: ["t1", "t2", "t3"]) {
            $0.steps[3].call.stopReason = .refusal
        },
        Case(testDescription: "a prompt", stays: ["t3"]) { $0.steps[3].arrivals = [.sample(.prompt)] },
        Case(testDescription: "a picture", stays: ["t3"]) {
            $0.steps[3].arrivals = [.sample(.toolResult, attachments: 1)]
        },
        Case(testDescription: "a compaction", stays: ["t3"]) { $0.steps[3].arrivals = [.sample(.compactSummary)] },
        Case(testDescription: "a script", stays: ["t3"]) { $0.steps[3].call.usage.outputTokens = 200 },
        Case(testDescription: "a text cut off", stays: ["t3"]) { $0.steps[3].call.stopReason = .maxTokens },
        Case(testDescription: "effort at its highest", stays: ["t3"]) { $0.steps[3].call.effort = .max },
        Case(testDescription: "a copied call", stays: ["t3"]) { $0.steps[3].isContext = true },
    ])
    func `a doubtful call stays`(_ example: Case) {
        // Dear enough in output that every call that may move pays for itself.
        var session = session(prefix: 1000, output: 150)
        #expect(moved(in: session) == ["t1", "t2", "t3"])
        example.change(&session.threads[0])
        #expect(Set(moved(in: session)).isDisjoint(with: example.stays))
        if example.stays.count == 1 { #expect(moved(in: session) == ["t1", "t2"]) }
    }

    @Test(arguments: [(799, true), (800, false)])
    func `a look may take more text than a command`(output: Int, isFound: Bool) {
        let tool = ToolCall.sample(action: .readFile, target: 7)
        #expect(moved(in: session(prefix: 1000, output: output, tool: tool)).isEmpty == !isFound)
    }

    @Test func `calls that another kind moves are left to it`() {
        // Looks into files are model-downgrade's.
        let result = analyse(
            session(model: .opus, tool: .sample(action: .readFile)),
            thresholds: Thresholds([RoutingByPhase.kind: ["usd": 0]])
        )
        #expect(result.moves == ["model-downgrade"])
    }
}

extension AnalysisResult {
    /// Kinds that propose another model; that the sample caches its prompts for an hour is another kind's.
    fileprivate var moves: [String] {
        findings.filter { $0.finding.candidates.contains { $0.target != nil } }.map(\.finding.kind)
    }
}
