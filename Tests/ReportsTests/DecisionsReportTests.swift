import Domain
import Pricing
import Reports
import Testing

@Suite struct DecisionsReportTests {
    private func report(_ exchanges: [Exchange]) -> DecisionsReport {
        var pricer = Pricer(book: .builtin)
        var tally = DecisionsTally(
            cost: { pricer.cost(of: $0) },
            tier: { PriceBook.builtin.facts(of: $0)?.tier }
        )
        for exchange in exchanges { tally.add(exchange) }
        return DecisionsReport(tally, period: .sample())
    }

    private static let haiku = Exchange.sample(
        served: "claude-haiku-4-5",
        usage: Usage(inputTokens: 1000, outputTokens: 100),
        counterfactual: Usage(inputTokens: 200, outputTokens: 100, cacheReadTokens: 800)
    )

    @Test func `the newest request stands first, and no more are kept than are shown`() {
        let many = (0..<(DecisionsTally.kept + 5)).map { index in
            var exchange = Self.haiku
            exchange.intent.id = "r\(index)"
            return exchange
        }
        let report = report(many)
        #expect(report.rows.count == DecisionsTally.kept)
        #expect(report.rows.first?.exchange.intent.id == "r\(DecisionsTally.kept + 4)")
        #expect(report.rows.last?.exchange.intent.id == "r5")
        #expect(report.totals.requests == many.count)
    }

    @Test func `tiers add up to all requests, those of unknown models last`() {
        let report = report([Self.haiku, .sample(served: "nobody-knows", usage: Usage(inputTokens: 1)), Self.haiku])
        #expect(report.tiers.map(\.tier) == [.cheap, nil])
        #expect(report.tiers.map(\.figures.requests) == [2, 1])
    }

    @Test(arguments: [([7], [7, 7, 7]), (Array(1...100), [50, 90, 99]), ([3, 1, 2], [2, 3, 3])])
    func `quantiles are values that were measured`(values: [Int], quantiles: [Int]) throws {
        let found = try #require(Quantiles(values))
        #expect([found.p50, found.p90, found.p99] == quantiles && found.count == values.count)
    }

    @Test func `of nothing there are no quantiles`() { #expect(Quantiles([]) == nil) }
}

@Suite struct UpstreamsReportTests {
    private func report(_ endings: [(Exchange.Outcome.Ending, Int)]) -> UpstreamsReport {
        var tally = UpstreamsTally()
        for (ending, status) in endings {
            var exchange = Exchange.sample(served: "claude-opus-4-8", usage: Usage(inputTokens: 1))
            exchange.outcome?.ending = ending
            exchange.outcome?.status = status
            exchange.outcome?.upstream = "main"
            tally.add(exchange)
        }
        let configured = [("main", "https://a.example"), ("spare", "https://b.example")]
        return UpstreamsReport(
            tally,
            configured: configured.map { .init(name: $0.0, url: $0.1) },
            budgets: [],
            period: .sample()
        )
    }

    @Test(
        arguments: [
            ([(.finished, 200)], 0, 0), ([(.failed, 529)], 1, 1), ([(.failed, 529), (.finished, 200)], 1, 0),
            ([(.failed, 400)], 0, 0), ([(.failed, 429), (.truncated, 200)], 2, 2), ([(.refused, 429)], 0, 0),
        ] as [([(Exchange.Outcome.Ending, Int)], Int, Int)]
    )
    func `an upstream fails by its own errors, not by its clients'`(
        endings: [(Exchange.Outcome.Ending, Int)],
        failed: Int,
        inARow: Int
    ) {
        let row = report(endings).rows[0]
        #expect(row.failed == failed && row.failedInARow == inARow)
    }

    @Test func `one that is configured and was never asked is there, and says so`() {
        let report = report([(.finished, 200)])
        #expect(report.rows.map(\.name) == ["main", "spare"])
        #expect(report.json.text.contains(#""state": "not used yet""#))
    }
}

@Suite struct DailySpendReportTests {
    @Test func `days and models add up to the totals`() {
        var tally = DailySpendTally(zone: .utc) { _ in Money(nanoUSD: 5) }
        tally.add(.sample(.sample(id: "a", model: ModelID("x"))))
        tally.add(.sample(.sample(id: "b", model: ModelID("y"))))
        tally.add(
            .sample(.sample(id: "c", time: Timestamp.noon.advanced(byMilliseconds: 86_400_000), model: ModelID("x")))
        )
        let report = DailySpendReport(tally, period: .sample())
        #expect(report.rows.count == 3)
        #expect(report.models.map(\.rawValue) == ["x", "y"])
        #expect(report.totals.cost == Money(nanoUSD: 15) && report.totals.calls == 3)
    }
}
