import Domain
import Reports
import Testing

@Suite struct SimulationReportTests {
    private func report(_ costs: [(project: String, unrouted: Int64, routed: Int64, hindsight: Int64)])
        -> SimulationReport
    {
        SimulationReport(
            period: Period(window: .everything, name: "all time", now: .utc(2026, 11, 20), zone: .utc),
            policy: "The default policy",
            sessions: costs.enumerated().map { place, costs in
                let id = SessionID(agent: .claudeCode, name: "s\(place)")
                var row = SimulationReport.Row(session: id, project: costs.project)
                row.calls = 3
                row.costs = .init(
                    unrouted: Money(nanoUSD: costs.unrouted),
                    routed: Money(nanoUSD: costs.routed),
                    hindsight: Money(nanoUSD: costs.hindsight)
                )
                return row
            },
            decisions: [.init(reason: .pattern, moment: "first", requests: 2, moved: 1)]
        )
    }

    private func holds(_ report: SimulationReport) -> [Bool] { report.promises.map(\.holds) }

    @Test func `where nothing moves and nothing could, every promise holds`() {
        let report = report([("a", 100, 100, 100)])
        #expect(holds(report) == [true, true, true])
        #expect(report.totals.shareOfPossible == nil)
    }

    @Test(arguments: [(1_020, true), (1_021, false)])
    func `a session may be dearer by a fiftieth, its project not at all`(routed: Int64, isBearable: Bool) {
        let report = report([("a", 1_000, routed, 1_000), ("b", 1_000, 500, 500)])
        #expect(holds(report)[..<2] == [false, isBearable])
        #expect(report.worst?.session.name == "s0")
    }

    @Test func `what one session loses another of its project makes good`() {
        #expect(holds(report([("a", 1_000, 1_010, 1_000), ("a", 1_000, 900, 900)])) == [true, true, true])
    }

    @Test(arguments: [(200, true), (201, false)])
    func `four fifths of what hindsight would have saved are promised`(routed: Int64, keeps: Bool) {
        #expect(holds(report([("a", 1_000, routed, 0)]))[2] == keeps)
    }

    @Test func `the worst session and broken promises are told, and JSON has the keys that programs read`() {
        let report = report([("/p", 1_000_000_000, 1_100_000_000, 1_000_000_000)])
        let page = report.written(as: .markdown, style: TerminalStyle(width: 80))
        #expect(page.contains("Worst: claude-code session s0 is 10% dearer, $1.00 and $1.10 routed."))
        #expect(page.contains("1 project dearer: /p by $0.10"))
        let json = report.written(as: .json, style: TerminalStyle(width: 80))
        #expect(json.contains(#"{"name": "noProjectDearer", "holds": false"#))
        #expect(json.contains(#""costUSD": 1, "routedUSD": 1.1, "hindsightUSD": 1, "savedUSD": -0.1"#))
        #expect(report.written(as: .csv, style: TerminalStyle(width: 80)).split(whereSeparator: \.isNewline).count == 2)
    }

    @Test(arguments: [80, 140])
    func `people read what it comes to, project by project`(width: Int) throws {
        let report = report([
            ("/code/shop", 9_000_000_000, 7_500_000_000, 7_000_000_000),
            ("/code/site", 2_000_000_000, 2_010_000_000, 1_900_000_000),
        ])
        try expectGolden(report.page.terminalText(TerminalStyle(width: width)), "simulation-\(width).txt")
    }

    @Test func `programs read JSON`() throws {
        let report = report([("/code/shop", 9_000_000_000, 7_500_000_000, 7_000_000_000)])
        try expectGolden(report.json.text + "\n", "simulation.json")
    }
}
