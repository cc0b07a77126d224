import Analysis
import Domain
import Testing

@Suite struct LongContextTests {
    /// $0.10 in, $0.50 out, $0.01 read, $0.20 written a million tokens up to 100,000; over that five times as much.
    private func session(prompt: Int, model: ModelID = .haiku) -> Session {
        .sample(
            steps: [
                .sample(.sample("a", model: model, input: 90_000, output: 2000), after: [.sample(.prompt)]),
                .sample(
                    .sample("b", minute: 1, model: model, input: prompt, output: 2000),
                    after: [.sample(.toolResult)]
                ),
            ]
        )
    }

    @Test(arguments: [(100_000, 0), (100_001, 1)])
    func `fires on what a price step adds to the whole request, from the step up`(prompt: Int, count: Int) throws {
        let findings = analyse(session(prompt: prompt)).findings(of: LongContext.kind)
        #expect(findings.count == count)
        guard let finding = findings.first else { return }
        let candidate = try #require(finding.candidates.only)
        #expect(finding.basis == .priced)
        #expect(candidate.unit == .call)
        #expect(candidate.evidence.calls == ["b"])
        // 100,001 × 0.50 + 2,000 × 2.50, and at the first step 100,001 × 0.10 + 2,000 × 0.50
        #expect(candidate.actual == .micro(55_000.5))
        #expect(candidate.estimated == .micro(11_000.1))
        #expect(
            candidate.reasons == [
                "1 call over 100,000 tokens of prompt, the largest of 100,001",
                "the first at 2026-11-20T00:01:00Z, call b",
            ]
        )
        #expect(finding.action.text.hasPrefix("Compact or start anew before a prompt reaches 100,000 tokens"))
    }

    @Test func `steps of two models are told apart`() throws {
        let gpt = ModelID("gpt-5.5")
        var session = session(prompt: 120_000)
        session.threads[0].steps[0].call = .sample("a", model: gpt, input: 300_000, output: 2000)
        let finding = try #require(analyse(session).findings(of: LongContext.kind).only)
        #expect(
            finding.candidates[0].reasons[0]
                == "2 calls over their model's step (100,000, 272,000 tokens of prompt), the largest of 300,000"
        )
        #expect(
            finding.action.text.hasPrefix(
                "Compact or start anew before a prompt reaches 100,000 tokens on claude-haiku-5-5, 272,000 tokens on gpt-5.5;"
            )
        )
    }

    @Test func `what comes to too little is seen, and not said to be found`() throws {
        let thresholds = Thresholds([LongContext.kind: ["usd": 1]])
        let report = try #require(
            analyse(session(prompt: 100_001), thresholds: thresholds).report(of: LongContext.kind)
        )
        #expect(report.status == .quiet)
        #expect(
            report.summary.hasSuffix(
                "1 paid the higher price of a long prompt, 0 of them in sessions where that comes to enough to matter"
            )
        )
    }

    @Test func `a model without a step is quiet`() throws {
        let report = try #require(analyse(session(prompt: 900_000, model: .opus)).report(of: LongContext.kind))
        #expect(report.status == .quiet)
        #expect(report.summary == "looked at 2 calls of 1 session: none paid the higher price of a long prompt")
    }

    @Test func `another session's long call is in no candidate`() {
        var session = session(prompt: 200_000)
        session.threads[0].steps[1].isContext = true
        #expect(analyse(session).findings(of: LongContext.kind).isEmpty)
    }

    @Test(arguments: [(0.05, 0), (0.04, 1)])
    func `less than the limit is left out`(limit: Double, count: Int) {
        let thresholds = Thresholds([LongContext.kind: ["usd": limit]])
        #expect(analyse(session(prompt: 100_001), thresholds: thresholds).findings(of: LongContext.kind).count == count)
    }
}
