import Domain
import Pricing
import Reports
import Testing

@Suite struct PriceReportTests {
    private static func book() throws -> PriceBook {
        PriceBook.builtin.overridden(by: [
            PriceOverride(
                model: ModelID("house-model-1"),
                from: Day(year: 2026, month: 1, day: 1),
                input: try #require(TokenPrice(perMillion: "0.0625")),
                output: try #require(TokenPrice(perMillion: "2.5"))
            ),
            PriceOverride(
                model: ModelID("house-model-1"),
                from: Day(year: 2026, month: 6, day: 1),
                input: try #require(TokenPrice(perMillion: "0.05")),
                output: try #require(TokenPrice(perMillion: "2"))
            ),
        ])
    }

    @Test func `a model shows every price it had, to the last digit`() throws {
        let report = try #require(ModelPriceReport(ModelID("house-model-1"), in: Self.book()))
        try expectGolden(report.page.terminalText(TerminalStyle(width: 80)), "prices-show-80.txt")
        try expectGolden(report.json.text + "\n", "prices-show.json")
    }

    @Test func `a model nobody priced has no report`() throws {
        #expect(ModelPriceReport(ModelID("mystery-1"), in: try Self.book()) == nil)
    }

    @Test func `the list leaves out what was retired by that day`() throws {
        let day = Day(year: 2026, month: 8, day: 21)
        let book = try Self.book()
        let current = PriceListReport(book, on: day, all: false)
        let all = PriceListReport(book, on: day, all: true)
        #expect(current.rows.allSatisfy { $0.facts.isCurrent(on: day) })
        #expect(current.rows.count + current.retired == all.rows.count + all.retired)
    }

    @Test func `a check names models without a price and how far an agent's own figure is`() throws {
        var stated = Call.sample(id: "a", outputTokens: 100)
        stated.loggedCost = Money(nanoUSD: 800_000_000)
        var tally = PriceCheckTally(cost: centsPerOutputToken)
        tally.add(.sample(stated))
        tally.add(.sample(.sample(id: "b", model: ModelID("mystery-1"))))
        let report = PriceCheckReport(tally)
        #expect(report.hasUnpriced)
        #expect(report.rows.first { $0.model == ModelID("claude-opus-5") }?.difference == 25)
        try expectGolden(report.page.terminalText(TerminalStyle(width: 80)), "prices-check-80.txt")
    }
}
