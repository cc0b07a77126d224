import Domain
import Reports
import Store
import Testing

@Suite struct SpendReportTests {
    @Test(arguments: SpendGrouping.allCases)
    func `rows sum to the totals, whatever they stand for`(grouping: SpendGrouping) {
        var generator = SeededNumbers(seed: 7)
        let tools = ["Bash", "Read", "Edit", "mcp__a__b"]
        let entries = (0..<400).map { index in
            LedgerEntry.sample(
                .sample(
                    id: "msg_\(index)",
                    time: Timestamp(
                        milliseconds: Timestamp.noon.milliseconds - Int64(generator.next(below: 9_000_000_000))
                    ),
                    model: ModelID(["claude-opus-5", "claude-haiku-4-5", "mystery-1"][generator.next(below: 3)]),
                    inputTokens: generator.next(below: 5000),
                    outputTokens: generator.next(below: 5000),
                    earlierAttempts: index % 50 == 0
                        ? [Attempt(model: ModelID("claude-fable-5"), usage: Usage(outputTokens: 3))] : [],
                    outputIsLowerBound: index % 7 == 0,
                    visibleOutputBytes: generator.next(below: 9000)
                ),
                session: "session-\(generator.next(below: 9))",
                agent: Agent.allCases[generator.next(below: 3)],
                thread: index % 5 == 0 ? ThreadID(kind: .subagent, name: "a\(index)") : .main,
                agentType: index % 10 == 0 ? "Explore" : nil,
                project: ["/a", "/b", ""][generator.next(below: 3)],
                billing: Billing.allCases[generator.next(below: 3)],
                tools: (0..<generator.next(below: 6)).map { _ in tools[generator.next(below: tools.count)] }
            )
        }
        let report = SpendReport.sample(by: grouping, of: entries)
        let sum = report.rows.reduce(into: SpendFigures()) { $0 += $1.figures }
        #expect(sum == report.totals)
        #expect(report.totals.calls == 400)
        #expect(report.totals.cost == report.totals.billing.total)
    }

    @Test func `an earlier billed try stands with its own model and is no call`() {
        let call = Call.sample(
            outputTokens: 4,
            earlierAttempts: [Attempt(model: ModelID("claude-fable-5"), usage: Usage(outputTokens: 2))]
        )
        let report = SpendReport.sample(by: .model, of: [.sample(call)])
        #expect(report.rows.map(\.key) == ["claude-opus-5", "claude-fable-5"])
        #expect(report.rows.map(\.figures.calls) == [1, 0])
        #expect(report.rows.map(\.figures.cost) == [Money(nanoUSD: 40_000_000), Money(nanoUSD: 20_000_000)])
        #expect(report.totals.calls == 1)
    }

    @Test func `a model without a price is named with its tokens and costs nothing`() {
        let report = SpendReport.sample(by: .model, of: [.sample(.sample(model: ModelID("mystery-1")))])
        #expect(report.unpriced.map(\.model) == [ModelID("mystery-1")])
        #expect(report.unpriced.map(\.tokens) == [1110])
        #expect(report.totals.cost == .zero)
        #expect(report.totals.usage.outputTokens == 100)
    }

    @Test func `a call's cost is split evenly over its tool calls, and none is a tool`() {
        let entries = [
            LedgerEntry.sample(.sample(id: "a", outputTokens: 4), tools: ["Bash", "Read", "Bash", "Bash"]),
            LedgerEntry.sample(.sample(id: "b", outputTokens: 5)),
        ]
        let report = SpendReport.sample(by: .tool, of: entries)
        #expect(report.rows.map(\.key) == ["none", "Bash", "Read"])
        #expect(report.rows.map(\.figures.usage.outputTokens) == [5, 3, 1])
    }

    @Test func `days are chronological, everything else has the largest cost first`() {
        let entries = [
            LedgerEntry.sample(.sample(id: "a", time: .utc(2026, 8, 20), outputTokens: 9)),
            LedgerEntry.sample(.sample(id: "b", time: .utc(2026, 8, 19), outputTokens: 1), project: "/other"),
        ]
        #expect(SpendReport.sample(by: .day, of: entries).rows.map(\.key) == ["2026-08-19", "2026-08-20"])
        #expect(
            SpendReport.sample(by: .project, of: entries).rows.map(\.key) == ["/home/dev/projects/harbour", "/other"]
        )
    }

    @Test func `weeks and months are those of the local day`() throws {
        // 00:30 on Monday 2026-06-01 in Brussels is still Sunday, and May, in UTC.
        let entry = LedgerEntry.sample(.sample(time: .utc(2026, 5, 31, 22, 30)))
        let zone = try #require(Zone(named: "Europe/Brussels"))
        let period = Period.sample(zone: zone)
        #expect(SpendReport.sample(by: .day, of: [entry], period: period).rows.map(\.key) == ["2026-06-01"])
        #expect(SpendReport.sample(by: .week, of: [entry], period: period).rows.map(\.key) == ["2026-W23"])
        #expect(SpendReport.sample(by: .month, of: [entry], period: period).rows.map(\.key) == ["2026-06"])
    }

    @Test func `an empty window says what there is instead`() {
        let period = Period.sample(window: Window(from: .noon), name: "the last 30 days")
        let report = SpendReport.sample(by: .model, of: [], period: period, newestCall: .utc(2026, 8, 1))
        #expect(
            report.written(as: .table, style: TerminalStyle(width: 80))
                == "no calls in the last 30 days; the newest is from 2026-08-01; try --since all\n"
        )
    }

    @Test func `subscription money is API value, and only billed money is a cost`() {
        let billed = SpendReport.sample(by: .model, of: [.sample(billing: .api)])
        let flat = SpendReport.sample(by: .model, of: [.sample(billing: .subscription)])
        #expect(billed.page.markdown.contains("cost"))
        #expect(!billed.page.markdown.contains("API value"))
        #expect(flat.page.markdown.contains("API value"))
        #expect(flat.page.markdown.contains("no bill"))
    }

    @Test func `JSON has the keys that programs read`() throws {
        let report = SpendReport.sample(by: .model, of: SpendReport.harbour, skippedLines: 2)
        try expectGolden(report.written(as: .json, style: TerminalStyle(width: 80)), "spend-by-model.json")
    }

    @Test(arguments: [40, 80, 140])
    func `the table fits its terminal`(width: Int) throws {
        for grouping in [SpendGrouping.model, .project, .session] {
            let report = SpendReport.sample(by: grouping, of: SpendReport.harbour, skippedLines: 2)
            let text = report.written(as: .table, style: TerminalStyle(width: width))
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
            try expectGolden(text, "spend-by-\(grouping.rawValue)-\(width).txt")
        }
    }

    @Test func `CSV carries every column whatever the data`() throws {
        let report = SpendReport.sample(by: .model, of: SpendReport.harbour)
        try expectGolden(report.written(as: .csv, style: TerminalStyle(width: 80)), "spend-by-model.csv")
    }

    @Test func `Markdown is a table with its notes`() throws {
        let report = SpendReport.sample(by: .project, of: SpendReport.harbour)
        try expectGolden(report.written(as: .markdown, style: TerminalStyle(width: 80)), "spend-by-project.md")
    }
}

extension SpendReport {
    /// A few calls with everything that a report must show apart.
    static let harbour: [LedgerEntry] = [
        .sample(.sample(id: "a", inputTokens: 1_234_567, outputTokens: 123_456, cacheReadTokens: 873_637_662)),
        .sample(
            .sample(
                id: "b",
                model: ModelID("claude-haiku-4-5-20251001"),
                outputTokens: 7,
                outputIsLowerBound: true,
                visibleOutputBytes: 3600
            ),
            session: "7a1f4c55-2f06-4d6e-8a39-5f6f1e2a9b10",
            project: "/home/dev/projects/a-very-long-folder-name/that-goes-on/and-on/lighthouse",
            billing: .subscription
        ),
        .sample(
            .sample(id: "c", model: ModelID("mystery-1"), outputTokens: 900),
            session: "019c2b6a-4b1e-7000-a111-3d8a54d7f0aa",
            agent: .codex,
            project: "/home/dev/プロジェクト/燈台 🗼|pipe",
            billing: .unknown
        ),
    ]
}

/// Numbers that are the same in every run.
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return limit > 0 ? Int((state >> 33) % UInt64(limit)) : 0
    }
}
