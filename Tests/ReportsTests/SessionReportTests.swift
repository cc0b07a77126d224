import Domain
import Reports
import Testing

@Suite struct SessionReportTests {
    static func session() -> Session {
        func step(
            _ id: String,
            minute: Int,
            tools: [String] = [],
            arrivals: [Arrival.Kind] = [],
            isContext: Bool = false
        ) -> SessionThread.Step {
            let call = Call.sample(id: id, time: .utc(2026, 8, 20, 12, minute))
            return SessionThread.Step(
                call: call,
                file: "/logs/a.jsonl",
                isContext: isContext,
                arrivals: arrivals.map {
                    Arrival(
                        kind: $0,
                        time: call.time,
                        bytes: 1234,
                        isError: $0 == .toolResult,
                        position: LogPosition(offset: 0, length: 0)
                    )
                },
                toolCalls: tools.enumerated().map { index, name in
                    ToolCall(
                        key: UInt64(index),
                        call: call.key,
                        name: name,
                        kind: .other,
                        inputBytes: 1,
                        actionHash: 0
                    )
                }
            )
        }
        return Session(
            id: SessionID(agent: .claudeCode, name: "0f6c2a7e-9d0b-4a53-8f57-0b8f3f1f6f11"),
            project: "/home/dev/projects/harbour",
            billing: .api,
            threads: [
                SessionThread(
                    id: .main,
                    steps: [
                        step("msg_1", minute: 0, isContext: true),
                        step("msg_2", minute: 1, tools: ["Bash", "Task", "Bash"], arrivals: [.prompt]),
                        step("msg_4", minute: 9, arrivals: [.toolResult, .compactSummary]),
                    ]
                ),
                SessionThread(
                    id: ThreadID(kind: .subagent, name: "a1b2c3"),
                    agentType: "Explore",
                    steps: [step("msg_3", minute: 5, tools: ["Grep"], arrivals: [.delegation])]
                ),
            ]
        )
    }

    static let report = SessionReport(session(), zone: .utc, cost: centsPerOutputToken)

    @Test func `threads stand in one order of time`() {
        #expect(Self.report.steps.map(\.call.id) == ["msg_1", "msg_2", "msg_3", "msg_4"])
    }

    @Test func `a call that another session pays for costs nothing here`() {
        #expect(Self.report.totals.calls == 3)
        #expect(Self.report.totals.cost == Money(nanoUSD: 3_000_000_000))
    }

    @Test func `a subagent is shown apart, and its cost belongs to the session`() {
        #expect(Self.report.subagents.map(\.agentType) == ["Explore"])
        #expect(Self.report.subagents.map(\.figures.cost) == [Money(nanoUSD: 1_000_000_000)])
    }

    @Test(arguments: [80, 140])
    func `the timeline fits its terminal`(width: Int) throws {
        let text = Self.report.page.terminalText(TerminalStyle(width: width))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
        try expectGolden(text, "session-\(width).txt")
    }

    @Test func `JSON carries every step with its place in the log`() throws {
        try expectGolden(Self.report.json.text + "\n", "session.json")
    }

    @Test func `the list has one row a session with the newest first`() throws {
        var tally = SessionsTally(cost: centsPerOutputToken)
        for entry in SpendReport.harbour { tally.add(entry) }
        tally.add(.sample(.sample(id: "z", time: .utc(2026, 8, 21)), thread: ThreadID(kind: .subagent, name: "a")))
        let report = SessionsReport(tally, period: .sample())
        #expect(report.rows.count == 3)
        #expect(report.rows.first?.subagents.count == 1)
        #expect(report.rows.reduce(Money.zero) { $0 + $1.figures.cost } == report.totals.cost)
        try expectGolden(report.page.terminalText(TerminalStyle(width: 140)), "sessions-140.txt")
        try expectGolden(report.json.text + "\n", "sessions.json")
    }

    @Test(arguments: [(0, 3, false), (2, 2, true), (3, 3, false)])
    func `a limit of 0 shows every session`(limit: Int, rows: Int, saysMore: Bool) {
        var tally = SessionsTally(cost: centsPerOutputToken)
        for entry in SpendReport.harbour { tally.add(entry) }
        tally.add(.sample(.sample(id: "z", time: .utc(2026, 8, 21)), thread: ThreadID(kind: .subagent, name: "a")))
        let page = SessionsReport(tally, period: .sample(), limit: limit).page.markdown
        #expect(page.split(separator: "\n").count { $0.contains("2026-08-") && $0.contains("|") } == rows)
        #expect(page.contains("--limit 0 shows all") == saysMore)
    }
}
