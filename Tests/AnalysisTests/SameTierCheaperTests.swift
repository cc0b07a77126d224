import Analysis
import Domain
import Pricing
import Testing

@Suite struct SameTierCheaperTests {
    private func long(_ name: String = "s", model: ModelID = .olderOpus) -> Session {
        .sample(
            name,
            steps: [
                .sample(
                    .sample(name + "1", model: model, input: 10, output: 1000, read: 2000, write1h: 1000),
                    after: [.sample(.prompt)]
                )
            ]
        )
    }

    @Test func `a session on an older, dearer model of the tier moves with its cache`() throws {
        let finding = try #require(analyse(long(), thresholds: .anySaving).findings.only)
        let candidate = try #require(finding.finding.candidates.only)
        #expect(finding.finding.kind == "same-tier-cheaper")
        #expect(candidate.unit == .session)
        #expect(candidate.target == .opus)
        // 10 × 5 + 2,000 × 0.50 + 1,000 × 10 + 1,000 × 25
        #expect(candidate.actual == .micro(36_050))
        // 10 × 4 + 2,000 × 0.20 + 1,000 × 8 + 1,000 × 20
        #expect(candidate.estimated == .micro(28_440))
        #expect(finding.scope.model == nil)
    }

    @Test(arguments: [(2026, 2, true), (2026, 11, false)])
    func `work older than the newer model is compared at today's prices, and says so`(
        year: Int,
        month: Int,
        isOlder: Bool
    ) throws {
        var session = long()
        session.threads[0].steps[0].call.time = Day(year: year, month: month, day: 20).start
        var analysis = Analysis(in: AnalysisContext(prices: .builtin, today: today, thresholds: .anySaving))
        analysis.add(session)
        let finding = try #require(analysis.finish().findings.only?.finding)
        #expect(finding.candidates[0].reasons.contains { $0.contains("today's prices") } == isOlder)
        #expect(finding.caveats.contains { $0.contains("today's prices") } == isOlder)
    }

    @Test(arguments: [(0.007_61, 1), (0.007_611, 0)])
    func `what saves too little is left out`(usd: Double, count: Int) {
        let limits = Thresholds([SameTierCheaper.kind: ["usd": usd]])
        #expect(analyse(long(), thresholds: limits).candidates.count == count)
        #expect(analyse(long()).candidates.isEmpty)
    }

    @Test func `the newest of a tier stays`() {
        #expect(analyse(long(model: .opus)).findings.isEmpty)
    }

    // OpenAI caches from 1,024 tokens on, which gpt-5.5 does for nothing and gpt-6.1-sol bills as written.
    @Test(arguments: [(1024, 2.5), (1023, 2)])
    func `what the older model cached for nothing costs a write on a newer one that bills it`(
        input: Int,
        price: Double
    ) throws {
        let gpt = ModelID("gpt-5.5")
        let call = Call.sample("s1", model: gpt, input: input, output: 1000)
        let candidate = try #require(
            analyse(.sample(steps: [.sample(call, after: [.sample(.prompt)])]), thresholds: .anySaving)
                .candidates(of: SameTierCheaper.kind).only
        )
        #expect(candidate.target == ModelID("gpt-6.1-sol"))
        #expect(candidate.actual == .micro(Double(input) * 5 + 1000 * 30))
        #expect(candidate.estimated == .micro(Double(input) * price + 1000 * 10))
    }

    @Test func `another line of the same tier is not taken for the same work`() {
        #expect(analyse(long(model: ModelID("claude-fable-5-1"))).findings.isEmpty)
    }

    @Test func `calls that a downgrade claims are left to it`() throws {
        let result = analyse(.small(model: .olderOpus))
        #expect(result.findings.only?.finding.kind == "model-downgrade")
        #expect(result.report(of: "same-tier-cheaper")?.status == .quiet)
    }

    @Test func `a session that goes on from another's calls writes first what it had read`() throws {
        var session = long()
        session.threads[0].steps.insert(
            .sample(.sample("other", model: .olderOpus, output: 900, write1h: 2000), isContext: true),
            at: 0
        )
        session.threads[0].steps[1].call.usage.cacheReadTokens = 500
        let candidate = try #require(analyse(session, thresholds: .anySaving).candidates.only)
        #expect(candidate.evidence.calls == ["s1"])
        // 10 × 5 + 500 × 0.50 + 1,000 × 10 + 1,000 × 25
        #expect(candidate.actual == .micro(35_300))
        // 10 × 4 + 1,500 × 8 + 1,000 × 20
        #expect(candidate.estimated == .micro(32_040))
    }

    @Test func `a move that saves nothing is dropped and counted`() throws {
        var session = long()
        session.threads[0].steps[0].call.usage.cacheReadTokens = 100_000
        session.threads[0].steps.insert(
            .sample(.sample("other", model: .olderOpus, output: 900, write1h: 100_000), isContext: true),
            at: 0
        )
        let report = try #require(analyse(session).report(of: "same-tier-cheaper"))
        #expect(report.findings.isEmpty)
        #expect(report.dropped.count == 1)
    }
}
