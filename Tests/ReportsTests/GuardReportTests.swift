import Domain
import Reports
import Store
import Testing

@Suite struct GuardReportTests {
    @Test(arguments: [
        (0, GuardReport.State.ok), (699, .ok), (700, .warn), (999, .warn), (1000, .stop), (5000, .stop),
    ])
    func `a budget of ten dollars warns from seven and stops from ten`(cents: Int, state: GuardReport.State) {
        let report = GuardReport.sample([.sample(.sample(outputTokens: cents))])
        #expect(report.state == state)
        #expect(report.allows == (state != .stop))
        #expect(report.spent + report.remaining == .usd(10))
    }

    @Test(arguments: [(0.5, 0.5, GuardReport.State.stop), (0, 1, .warn), (0.9, 1.5, .warn), (0, 0, .stop)])
    func `lines are where the user draws them`(warn: Double, stop: Double, state: GuardReport.State) {
        let report = GuardReport.sample([.sample(.sample(outputTokens: 950))], warn: warn, stop: stop)
        #expect(report.state == state)
    }

    @Test(arguments: [(100, GuardReport.State.unknown), (800, .unknown), (1000, .stop)])
    func `a model without a price leaves a doubt below the stop line, and none beyond it`(
        cents: Int,
        state: GuardReport.State
    ) {
        let report = GuardReport.sample([
            .sample(.sample(id: "a", outputTokens: cents)),
            .sample(.sample(id: "b", model: ModelID("mystery-1"))),
        ])
        #expect(report.state == state)
        #expect(!report.allows)
        #expect(report.unpriced.map(\.tokens) == [1110])
        #expect(report.page.markdown.contains("mystery-1 (1 call, 1.11k tokens)"))
        #expect(report.page.markdown.contains("suffice.toml"))
        if state == .unknown { #expect(report.verdict.contains("mystery-1 (1 call, 1.11k tokens); give a price")) }
    }

    @Test func `a call that used nothing costs nothing at any price`() {
        let empty = Call.sample(model: ModelID("mystery-1"), inputTokens: 0, outputTokens: 0, cacheReadTokens: 0)
        #expect(GuardReport.sample([.sample(empty)]).state == .ok)
    }

    @Test func `subscription money counts as API value, and says so`() {
        let report = GuardReport.sample([.sample(.sample(outputTokens: 1000), billing: .subscription)])
        #expect(report.state == .stop)
        #expect(report.verdict.contains("API value"))
        #expect(report.page.markdown.contains("no bill"))
        #expect(report.figures.billing.subscription == .usd(10))
    }

    @Test func `only billed money counts where the user wants that, and unknown may be billed`() {
        let entries = [
            LedgerEntry.sample(.sample(id: "a", outputTokens: 100), billing: .api),
            .sample(.sample(id: "b", outputTokens: 200), billing: .unknown),
            .sample(.sample(id: "c", outputTokens: 5000), billing: .subscription),
            .sample(.sample(id: "d", model: ModelID("mystery-1")), billing: .subscription),
        ]
        let report = GuardReport.sample(entries, counts: .api)
        #expect(report.spent == .usd(3))
        #expect(report.state == .ok)
        #expect(report.unpriced.isEmpty)
        #expect(report.page.markdown.contains("$50.00 that a subscription covers is not counted"))
    }

    @Test func `without calls the budget holds, and it says that there were none`() {
        let report = GuardReport.sample([], newestCall: .utc(2026, 8, 1))
        #expect(report.state == .ok)
        let text = report.written(as: .table, style: TerminalStyle(width: 80))
        #expect(text.hasPrefix("ok: no calls this week\n"))
        #expect(text.contains("The newest call is from 2026-08-01."))
    }

    @Test func `a verdict says what was spent, what remains and until when`() {
        let zone = Zone(named: "Europe/Brussels") ?? .utc
        let report = GuardReport.sample([.sample(.sample(outputTokens: 312))], zone: zone)
        #expect(report.verdict == "$3.12 of $10.00 spent this week (31%); $6.88 remain until 2026-08-24 00:00")
    }

    @Test func `JSON has the keys that programs read`() throws {
        try expectGolden(GuardReport.harbour.written(as: .json, style: TerminalStyle(width: 80)), "guard.json")
    }

    @Test(arguments: [40, 80, 140])
    func `the table fits its terminal`(width: Int) throws {
        let text = GuardReport.harbour.written(as: .table, style: TerminalStyle(width: width))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= width || $0.hasPrefix("→") })
        try expectGolden(text, "guard-\(width).txt")
    }

    @Test func `CSV carries every column whatever the data`() throws {
        try expectGolden(GuardReport.harbour.written(as: .csv, style: TerminalStyle(width: 80)), "guard.csv")
    }
}

extension GuardReport {
    static func sample(
        _ entries: [LedgerEntry],
        warn: Double = 0.7,
        stop: Double = 1,
        counts: Budget.Counts = .all,
        zone: Zone = .utc,
        newestCall: Timestamp? = nil
    ) -> GuardReport {
        let budget = Budget(amount: .usd(10), window: .week, warn: warn, stop: stop, counts: counts)
        var tally = GuardTally(against: budget, cost: centsPerOutputToken)
        for entry in entries { tally.add(entry) }
        let period = Period.sample(
            window: budget.window.window(at: .noon, in: zone),
            name: budget.window.name,
            zone: zone
        )
        return GuardReport(tally, period: period, newestCall: newestCall)
    }

    /// Every way of paying, and a model without a price.
    static let harbour = GuardReport.sample([
        .sample(.sample(id: "a", outputTokens: 512)),
        .sample(.sample(id: "b", outputTokens: 230), billing: .subscription),
        .sample(.sample(id: "c", outputTokens: 7), agent: .geminiCLI, billing: .unknown),
        .sample(.sample(id: "d", model: ModelID("mystery-1"))),
    ])
}
