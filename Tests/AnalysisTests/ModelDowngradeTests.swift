import Analysis
import Domain
import Testing

@Suite struct ModelDowngradeTests {
    @Test func `a session that is small as a whole moves with the reuse of its cache`() throws {
        let result = analyse(.small())
        let finding = try #require(result.findings.only)
        let candidate = try #require(finding.finding.candidates.only)
        #expect(candidate.unit == .session)
        #expect(candidate.target == .haiku)
        #expect(candidate.shape == Shape(inputTokens: 405, outputTokens: 150, toolCalls: 1, turns: 2))
        // (5 × 4 + 20,000 × 8 + 100 × 20) + (5 × 4 + 20,000 × 0.20 + 405 × 8 + 50 × 20)
        #expect(candidate.actual == .micro(162_020 + 8_260))
        // (5 × 0.10 + 20,000 × 0.20 + 100 × 0.50) + (5 × 0.10 + 20,000 × 0.01 + 405 × 0.20 + 50 × 0.50)
        #expect(candidate.estimated == .micro(4_050.5 + 306.5))
        #expect(candidate.evidence.calls == ["s1", "s2"])
        #expect(finding.scope.model == .opus)
        #expect(finding.finding.confidence == .structural)
        #expect(finding.finding.action.text.contains("suffice sessions ID"))
        #expect(result.recoverable.mid == candidate.saving)
    }

    @Test(arguments: [(3999, 1), (4000, 0)])
    func `what comes in must stay under its limit`(tokens: Int, count: Int) {
        var session = Session.small()
        // The first call's text and 305 tokens of growth make it up.
        session.threads[0].steps[0].arrivals = [.sample(.prompt, bytes: Int((Double(tokens - 305) * 3.6).rounded()))]
        expectOnly(count, .session, in: session)
    }

    @Test(arguments: [(799, 1), (800, 0)])
    func `what is written must stay under its limit`(tokens: Int, count: Int) {
        var session = Session.small()
        session.threads[0].steps[1].call.usage.outputTokens = tokens - 100
        expectOnly(count, .session, in: session)
    }

    @Test(arguments: [(2, 1), (3, 0)])
    func `tool calls may reach their limit`(tools: Int, count: Int) {
        var session = Session.small()
        session.threads[0].steps[0].toolCalls = Array(repeating: .sample(), count: tools)
        expectOnly(count, .session, in: session)
    }

    @Test func `limits can be set`() {
        let strict = Thresholds(modelDowngrade: SmallWork(inputTokens: 405))
        #expect(analyse(.small(), thresholds: strict).findings.isEmpty)
        let loose = Thresholds(modelDowngrade: SmallWork(inputTokens: 406, outputTokens: 151, toolCalls: 1))
        #expect(analyse(.small(), thresholds: loose).findings.count == 1)
    }

    @Test(arguments: [(0.165_923, 1), (0.165_924, 0)])
    func `what saves less than the limit is left out, and not counted as what can move`(usd: Double, count: Int) {
        let result = analyse(.small(), thresholds: Thresholds([ModelDowngrade.kind: ["usd": usd]]))
        #expect(result.candidates(of: ModelDowngrade.kind).count == count)
        let summary = result.report(of: ModelDowngrade.kind)?.summary
        #expect(summary?.contains("\(count.of("small one")) can move") == true)
    }

    @Test func `less than a cent is not worth a line`() {
        var session = Session.small()
        session.threads[0].steps[0].call.usage.cacheWrite1hTokens = 500
        session.threads[0].steps[1].call.usage.cacheReadTokens = 500
        // 500 × 8 + 500 × 0.20 + 405 × 8 + 10 × 4 + 150 × 20 = 10,380 micro-dollars
        #expect(analyse(session).candidates(of: ModelDowngrade.kind).count == 1)
        session.threads[0].steps[1].call.usage.outputTokens = 20
        #expect(analyse(session).candidates(of: ModelDowngrade.kind).isEmpty)
    }

    @Test func `limits are taken by the names that are published`() {
        #expect(Analysis.thresholds[ModelDowngrade.kind] == ["input_tokens", "output_tokens", "tool_calls", "usd"])
        #expect(Analysis.thresholds[SameTierCheaper.kind] == ["usd"])
        let set = Thresholds([ModelDowngrade.kind: ["input_tokens": 1.0, "tool_calls": .infinity, "other": 7]])
        #expect(set.modelDowngrade == SmallWork(inputTokens: 1, toolCalls: 1_000_000_000_000_000))
        #expect(Thresholds(["other": ["input_tokens": 1]]).modelDowngrade == SmallWork())
        #expect(Thresholds([ModelDowngrade.kind: ["output_tokens": -.nan]]).modelDowngrade.outputTokens == 0)
    }

    @Test func `work that misses one limit by less than half is a near miss and no finding`() throws {
        var session = Session.small()
        session.threads[0].steps[0].toolCalls = Array(repeating: .sample(), count: 4)
        let result = analyse(session)
        #expect(result.findings.isEmpty)
        let miss = try #require(result.report(of: ModelDowngrade.kind)?.nearMisses.only)
        #expect(miss.missed == "4 tool calls (limit 2)")
        session.threads[0].steps[0].toolCalls.append(.sample())
        #expect(analyse(session).report(of: ModelDowngrade.kind)?.nearMisses.isEmpty == true)
    }

    @Test(arguments: ["claude-haiku-5-5", "a-model-nobody-priced"])
    func `a model without a cheaper tier or a price is left alone`(name: String) {
        let result = analyse(.small(model: ModelID(name)))
        #expect(result.findings.isEmpty)
    }

    @Test func `a prompt that the cheaper models have no room for is left alone`() {
        var session = Session.small()
        for index in session.threads[0].steps.indices {
            session.threads[0].steps[index].call.usage.cacheReadTokens = 1_100_000
        }
        #expect(analyse(session).findings.isEmpty)
    }

    @Test func `the saving says who paid`() throws {
        let finding = try #require(analyse(.small(billing: .subscription)).findings.only)
        #expect(finding.saving.subscription == finding.finding.saving)
        #expect(finding.saving.api == .zero)
        #expect(finding.finding.caveats.contains { $0.contains("flat plan") })
    }

    @Test func `a small subagent of a long session is a candidate of its own`() throws {
        var session = Session.sample(
            steps: [.sample(.sample("long", output: 5000, write1h: 1000), after: [.sample(.prompt)])],
            subagent: Session.smallSteps()
        )
        session.threads[1].steps[0].arrivals = [.sample(.delegation, bytes: 360)]
        let candidate = try #require(analyse(session).candidates.only)
        #expect(candidate.unit == .subagent)
        #expect(candidate.estimated == .micro(4_357))
    }

    @Test func `a subagent on another model is no part of its session's candidate`() {
        var session = Session.small()
        var subagent = Session.smallSteps("a", model: .sonnet)
        subagent[0].arrivals = [.sample(.delegation)]
        subagent[0].toolCalls = []
        subagent.removeLast()
        subagent[0].call.stopReason = .endTurn
        session.threads.append(SessionThread(id: ThreadID(kind: .subagent, name: "a"), steps: subagent))
        let candidates = analyse(session).candidates
        #expect(candidates.map(\.unit) == [.session, .subagent])
        #expect(candidates.map(\.model) == [.opus, .sonnet])
        #expect(candidates.map(\.calls.count) == [2, 1])
    }

    @Test func `a subagent counts towards its session's size`() {
        var session = Session.small()
        var subagent = Session.smallSteps("a")
        subagent[0].arrivals = [.sample(.delegation)]
        subagent[0].toolCalls = [.sample(.edit, name: "Edit")]
        session.threads[0].steps[0].toolCalls = [.sample(.subagent, name: "Task")]
        session.threads.append(SessionThread(id: ThreadID(kind: .subagent, name: "a"), steps: subagent))
        // Together they make two tool calls and 710 tokens in.
        // Its prompts are cached for an hour and asked again within a minute.
        expectOnly(1, .session, in: session, besides: [CacheLifetimeChoice.kind])
        subagent[1].call.usage.outputTokens = 700
        session.threads[1].steps = subagent
        // The task delegated, the subagent is small no longer: 800 tokens out.
        expectOnly(0, .session, in: session, besides: [CacheLifetimeChoice.kind])
    }
}

/// Expects so many candidates of a unit and nothing else of any kind, but of those that the sample is bound to hold too.
func expectOnly(
    _ count: Int,
    _ unit: Candidate.Unit,
    in session: Session,
    besides others: Set<String> = [],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let result = analyse(session, thresholds: .anySaving)
    let findings = result.findings.map(\.finding).filter { !others.contains($0.kind) }
    #expect(
        findings.flatMap(\.candidates).map(\.unit) == Array(repeating: unit, count: count),
        "\(result.findings.map(\.finding.kind))",
        sourceLocation: sourceLocation
    )
}

extension Collection {
    /// The one element there should be.
    var only: Element? { count == 1 ? first : nil }
}
