import Domain
import Pricing
import Reports
import Testing

@Suite struct GatewayReportTests {
    private func report(_ exchanges: [Exchange], runningSince: Timestamp? = nil) -> GatewayReport {
        var pricer = Pricer(book: .builtin)
        var tally = GatewayTally(runningSince: runningSince) { pricer.cost(of: $0) }
        for exchange in exchanges { tally.add(exchange) }
        return GatewayReport(tally, period: .sample())
    }

    /// Haiku at $1 and $5 a million served what Opus at $5 and $25 was asked for.
    private static let routed = Exchange.sample(
        served: "claude-haiku-4-5",
        usage: Usage(inputTokens: 1000, outputTokens: 100),
        counterfactual: Usage(inputTokens: 200, outputTokens: 100, cacheReadTokens: 800)
    )

    @Test func `what was saved is the requested model's price with its cache, less what was billed`() {
        let figures = report([Self.routed]).totals
        #expect(figures.cost == Money(nanoUSD: 1_500_000))
        #expect(figures.counterfactualCost == Money(nanoUSD: 3_900_000))
        #expect(figures.saved == Money(nanoUSD: 2_400_000))
        #expect(figures.rerouted == 1 && figures.calls == 1 && figures.requests == 1)
    }

    @Test func `what the requested model served itself saves nothing`() {
        let figures = report([.sample(served: "claude-opus-4-8", usage: Usage(inputTokens: 10))]).totals
        #expect(figures.saved == .zero && figures.rerouted == 0 && figures.cost > .zero)
    }

    @Test func `an escalation that cost more saves less than nothing`() {
        var exchange = Self.routed
        exchange.outcome?.counterfactualUsage = Usage(inputTokens: 1)
        #expect(report([exchange]).totals.saved < .zero)
    }

    @Test func `what conversions dropped adds up, and the page says it`() {
        var other = Self.routed
        other.outcome?.dropped = ["thinking": 2, "top-k": 1]
        let report = report([Self.routed, other, other])
        #expect(report.totals.dropped == ["thinking": 4, "top-k": 2])
        #expect(report.json.text.contains(#""thinking": 4"#))
        let page = report.written(as: .table, style: TerminalStyle(width: 120))
        #expect(page.contains("Dropped where a request or its reply changed its format: thinking 4, top-k 2."))
    }

    @Test(
        arguments: [
            (.finished, [0, 0, 0, 0]), (.failed, [1, 0, 0, 0]), (.truncated, [1, 0, 0, 0]),
            (.clientLeft, [0, 1, 0, 0]),
            (.refused, [0, 0, 1, 0]), (.interrupted, [0, 0, 0, 1]),
        ] as [(Exchange.Outcome.Ending, [Int])]
    )
    func `each ending is counted as what it is`(ending: Exchange.Outcome.Ending, counts: [Int]) {
        var exchange = Self.routed
        exchange.outcome?.ending = ending
        exchange.outcome?.usage = nil
        let figures = report([exchange]).totals
        #expect([figures.failed, figures.clientLeft, figures.refused, figures.interrupted] == counts)
        #expect(figures.calls == 0 && figures.cost == .zero)
    }

    @Test(arguments: [(nil, 1, 0), (-1, 0, 1), (0, 0, 1), (1, 1, 0)] as [(Int64?, Int, Int)])
    func `without an end it runs where the gateway has run since, and was interrupted else`(
        seconds: Int64?,
        interrupted: Int,
        running: Int
    ) {
        var exchange = Self.routed
        exchange.outcome = nil
        let since = seconds.map { Timestamp.noon.advanced(byMilliseconds: $0 * 1000) }
        let figures = report([exchange], runningSince: since).totals
        #expect(figures.interrupted == interrupted && figures.running == running)
        #expect(figures.cost == .zero && figures.requests == 1)
    }

    @Test func `a model without a price is counted, and in no figure of money`() {
        let figures = report([.sample(served: "mystery-1", usage: Usage(inputTokens: 5))]).totals
        #expect(figures.unpricedCalls == 1 && figures.cost == .zero && figures.counterfactualCost == .zero)
    }

    @Test func `earlier attempts are billed too`() {
        var exchange = Self.routed
        exchange.outcome?.earlierAttempts = [
            Attempt(model: ModelID("claude-opus-4-8"), usage: Usage(inputTokens: 1000))
        ]
        #expect(report([exchange]).totals.cost == Money(nanoUSD: 6_500_000))
    }

    @Test func `every list sums to the totals`() {
        let report = report([
            Self.routed, .sample(app: "cd", served: "gpt-6-luna", usage: Usage(inputTokens: 7)), .sample(),
        ])
        for grouping in GatewayReport.Grouping.allCases {
            let sum = (report.rows[grouping] ?? []).reduce(into: GatewayFigures()) { $0 += $1.figures }
            #expect(sum == report.totals, "\(grouping)")
        }
        #expect(report.rows[.app]?.map(\.key) == ["ci", "cd"])
    }

    @Test(arguments: ["gateway-80.txt", "gateway.json", "gateway.csv", "gateway.md"])
    func `it is written for people and programs`(file: String) throws {
        var cut = Exchange.sample()
        cut.outcome = nil
        let report = report([Self.routed, .sample(served: "claude-opus-4-8", usage: Usage(inputTokens: 9000)), cut])
        let format: ReportFormat =
            file.hasSuffix("txt") ? .table : file.hasSuffix("json") ? .json : file.hasSuffix("csv") ? .csv : .markdown
        try expectGolden(report.written(as: format, style: TerminalStyle(width: 80)), file)
    }
}

extension Exchange {
    static func sample(
        app: String = "ci",
        served: String = "claude-haiku-4-5",
        usage: Usage? = nil,
        counterfactual: Usage? = nil
    ) -> Exchange {
        var sender = RequestFacts.Sender()
        sender.app = app
        sender.session = "s-1"
        sender.phase = Phase(rawValue: "refinement")
        let requested = ModelID("claude-opus-4-8")
        return Exchange(
            intent: Intent(
                id: "x-1",
                time: .noon,
                sender: sender,
                billing: .api,
                format: .messages,
                decision: Decision(
                    requested: requested,
                    chosen: ModelID(served),
                    reason: ModelID(served) == requested ? .requested : .pattern
                ),
                upstream: "main",
                upstreamFormat: .messages,
                requestBytes: 10
            ),
            outcome: Outcome(
                ending: .finished,
                time: .noon,
                upstream: "main",
                status: 200,
                model: ModelID(served),
                usage: usage,
                counterfactualUsage: counterfactual
            )
        )
    }
}
