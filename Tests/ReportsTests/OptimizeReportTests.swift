import Domain
import Reports
import Testing

@Suite struct OptimizeReportTests {
    @Test func `JSON has the keys that programs read, for found and quiet kinds alike`() throws {
        try expectGolden(OptimizeReport.sample().json.text + "\n", "optimize.json")
    }

    @Test(arguments: [40, 80, 140])
    func `the page fits its terminal`(width: Int) throws {
        let text = OptimizeReport.sample().page.terminalText(TerminalStyle(width: width))
        #expect(text.split(separator: "\n").filter { !$0.hasPrefix("→") }.allSatisfy { $0.count <= width })
        try expectGolden(text, "optimize-\(width).txt")
    }

    @Test(arguments: [80, 140])
    func `several kinds are listed by money, with what they come to together`(width: Int) throws {
        let text = OptimizeReport.manyKinds().page.terminalText(TerminalStyle(width: width))
        #expect(text.split(separator: "\n").filter { !$0.hasPrefix("→") }.allSatisfy { $0.count <= width })
        try expectGolden(text, "optimize-kinds-\(width).txt")
    }

    @Test func `CSV has one row a finding and one a quiet kind`() throws {
        try expectGolden(OptimizeReport.sample().sheet.csv, "optimize.csv")
    }

    @Test func `near misses are shown only when asked for`() {
        let near = OptimizeReport.NearMiss(candidate: .sample(), missed: "5120 tokens in (limit 4000)")
        var report = OptimizeReport.sample()
        #expect(!report.json.text.contains("nearMisses"))
        report.nearMisses = [near]
        #expect(report.json.text.contains("5120 tokens in (limit 4000)"))
        #expect(report.page.markdown.contains("Near misses"))
    }

    @Test func `what a subscription covered is headroom, never money saved`() {
        var report = OptimizeReport.sample()
        report.findings[0].saving.subscription = report.findings[0].finding.saving
        report.findings[0].saving.api = .zero
        #expect(report.page.markdown.contains("headroom under its limits"))
    }

    @Test func `nothing found says so with the amount it looked at`() {
        var report = OptimizeReport.sample()
        report.findings = []
        report.recoverable = .zero
        #expect(report.page.markdown.hasPrefix("## Nothing found to recover of $4,287.00 cost"))
    }

    @Test func `no words of the page promise the same quality`() {
        #expect(!OptimizeReport.sample().page.markdown.lowercased().contains("same quality"))
    }

    @Test func `tokenmaxx is one line without project names, and so is its picture`() throws {
        let report = TokenmaxxReport(.sample())
        #expect(report.line == "tokenmaxx 38%: about $1,632 of $4,287 cost over 9,800 calls looks overpaid")
        #expect(!report.svg.contains("harbour"))
        #expect(!report.page.markdown.contains("harbour"))
        try expectGolden(report.svg, "tokenmaxx.svg")
    }

    @Test func `the overview is spend, what is recoverable, and the next command`() throws {
        let spend = SpendReport.sample(by: .model, of: SpendReport.harbour)
        let report = OverviewReport(spend: spend, optimize: .sample())
        try expectGolden(report.page.terminalText(TerminalStyle(width: 80)), "overview-80.txt")
    }
}

extension Candidate {
    static func sample(
        session: String = "0f6c2a7e-9d0b-4a53-8f57-0b8f3f1f6f11",
        actual: Int64 = 20,
        estimated: Int64 = 4
    ) -> Candidate {
        let id = SessionID(agent: .claudeCode, name: session)
        return Candidate(
            session: id,
            unit: .task,
            project: "/home/dev/projects/harbour",
            model: ModelID("claude-opus-4-7"),
            target: ModelID("claude-haiku-4-5"),
            shape: Shape(inputTokens: 1200, outputTokens: 340, toolCalls: 1, filesChanged: 0, turns: 2),
            actual: Money(nanoUSD: actual * 1_000_000_000),
            estimated: Money(nanoUSD: estimated * 1_000_000_000),
            reasons: ["1200 tokens in (limit 4000)"],
            evidence: Evidence(session: id, calls: ["msg_1", "msg_2"], file: "/logs/a.jsonl", offset: 4096),
            calls: []
        )
    }
}

extension OptimizeReport {
    /// Two kinds that overlap, and two quiet ones.
    static func manyKinds() -> OptimizeReport {
        var report = sample()
        var cache = report.findings[0]
        cache.finding.kind = "cache-miss"
        cache.finding.id = "cache-miss:7f3a00000002"
        cache.finding.basis = .priced
        cache.finding.actual = Money(nanoUSD: 500_000_000_000)
        cache.finding.estimated = Money(nanoUSD: 100_000_000_000)
        cache.finding.action = ProposedAction(kind: "instruction", text: "Finish a task before a break. Then /clear.")
        cache.finding.candidates = cache.finding.candidates.map { candidate in
            var candidate = candidate
            candidate.target = nil
            candidate.reasons = ["12 rebuilds: 10 after the entry's time to live, 2 after a switch of models"]
            return candidate
        }
        cache.model = nil
        cache.target = nil
        report.findings.append(cache)
        report.kinds += [
            Kind(kind: "cache-miss", basis: .priced, text: "97% of prompt tokens were read from the cache"),
            Kind(kind: "batchable", basis: .estimated, text: "none of 247 sessions ran unattended; nothing can wait"),
        ]
        report.recoverable.mid = Money(nanoUSD: 1_800_000_000_000)
        return report
    }

    static func sample() -> OptimizeReport {
        func dollars(_ amount: Int64) -> Money { Money(nanoUSD: amount * 1_000_000_000) }
        let candidates = [Candidate.sample(), .sample(session: "7a1f4c55-2f06-4d6e-8a39-5f6f1e2a9b10", actual: 9)]
        let finding = Finding(
            id: "model-downgrade:7f3a00000001",
            kind: "model-downgrade",
            basis: .estimated,
            confidence: .structural,
            project: "/home/dev/projects/harbour",
            sessionsFlagged: 116,
            actual: dollars(1886),
            estimated: dollars(254),
            monthlySaving: MoneyInterval(low: dollars(1400), mid: dollars(1632), high: dollars(1800)),
            evidence: candidates.map(\.evidence),
            action: ProposedAction(kind: "model", text: "Start such tasks on claude-haiku-4-5."),
            caveats: ["A structural heuristic: nothing was re-run."],
            candidates: candidates
        )
        var billing = BillingSplit()
        billing.add(dollars(4287), paidBy: .api)
        var saving = BillingSplit()
        saving.add(dollars(1632), paidBy: .api)
        return OptimizeReport(
            period: .sample(window: Window(from: .utc(2026, 7, 22)), name: "the last 30 days"),
            days: 30,
            sessionsAnalyzed: 247,
            callsAnalyzed: 9800,
            billing: billing,
            recoverable: MoneyInterval(low: dollars(1400), mid: dollars(1632), high: dollars(1800)),
            findings: [
                Found(finding: finding, model: candidates[0].model, target: candidates[0].target, saving: saving)
            ],
            kinds: [
                Kind(kind: "model-downgrade", basis: .estimated, text: "looked at 247 sessions; 116 can move"),
                Kind(
                    kind: "same-tier-cheaper",
                    basis: .estimated,
                    text: "9,800 calls looked at; every model is its tier's newest."
                ),
            ],
            droppedForSwitching: 12,
            droppedCost: dollars(3)
        )
    }
}
