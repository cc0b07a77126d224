import Domain
import Foundation
import Statistics
import Testing

@testable import Routing

@Suite struct DialTests {
    private let pair = ["cheap", "strong"].map { ModelID($0) }
    private let three = ["small", "middle", "large"].map { ModelID($0) }

    /// The stronger model is better on the later half, and the scorer knows how hard each request is.
    private func pairRows(costs: [Double?] = [0.001, 0.01]) -> DialRows {
        DialRows(
            models: pair,
            expected: (0..<100).map { [1 - Double($0) / 100, 1] },
            scores: (0..<100).map { [$0 < 50 ? 1 : 0, 1] },
            costsUSD: costs
        )
    }

    private func threeRows(seed: UInt64 = 1) -> DialRows {
        var generator = SeededGenerator(seed: seed)
        let hardness = (0..<300).map { _ in generator.nextUnit() }
        return DialRows(
            models: three,
            expected: hardness.map { h in [0.6, 0.8, 0.95].map { 1 / (1 + exp(10 * (h - $0))) } },
            scores: hardness.map { h in [0.6, 0.8, 0.95].map { h < $0 ? 1 : 0 } },
            costsUSD: [0.001, 0.005, 0.02]
        )
    }

    @Test(arguments: [(0.0, 0.0), (0.3, 0.3), (0.5, 0.5), (1.0, 1.0), (7, 1), (-1, 0)])
    func `of two models the dial is the share that goes to the cheaper one`(position: Double, share: Double) throws {
        for costs in [[0.001, 0.01], [nil, nil]] as [[Double?]] {
            let point = try DialCurve(pairRows(costs: costs)).point(at: .position(position))
            #expect(abs((point.shares[ModelID("cheap")] ?? 0) - share) < 1e-9)
        }
    }

    @Test func `the ends are the best single model and the cheapest`() throws {
        let curve = try DialCurve(threeRows())
        #expect(try curve.point(at: .position(0)).rule == .always(ModelID("large")))
        #expect(try curve.point(at: .position(1)).rule == .always(ModelID("small")))
        #expect(curve.bestModel == ModelID("large"))
    }

    @Test(arguments: [0.2, 0.5, 0.8])
    func `between them it saves in step`(position: Double) throws {
        let curve = try DialCurve(threeRows())
        let saved = try (0.02 - #require(curve.point(at: .position(position)).costUSD)) / 0.019
        #expect(saved >= position - 1e-9)
        #expect(saved < position + 0.05)
    }

    @Test(arguments: [1.0, 0.95, 0.8])
    func `a quality target is reached as cheaply as can be`(share: Double) throws {
        let curve = try DialCurve(pairRows())
        let point = try curve.point(at: .quality(share))
        #expect(point.quality >= share - 1e-9)
        // Half of the requests can be moved for nothing, each further hundredth costs one.
        #expect(abs((point.shares[ModelID("cheap")] ?? 0) - (1.5 - share)) < 1e-9)
    }

    @Test func `a budget is kept`() throws {
        let curve = try DialCurve(threeRows())
        let point = try curve.point(at: .budget(Money(approximatingUSD: 5)))
        #expect(try #require(point.costUSD) <= 0.005)
        #expect(point.quality > 0.8)
        #expect(throws: DialCurve.Trouble.budgetTooSmall(least: Money(approximatingUSD: 1))) {
            try curve.point(at: .budget(Money(approximatingUSD: 0.5)))
        }
    }

    @Test func `what is shown is what the rule does`() throws {
        let rows = threeRows()
        let point = try DialCurve(rows).point(at: .position(0.6))
        let chosen = try rows.expected.map { try #require(point.rule.model(expecting: $0, of: three)) }
        let quality = zip(chosen, rows.scores).reduce(0) { $0 + $1.1[three.firstIndex(of: $1.0) ?? 0] } / 300
        #expect(abs(quality - point.quality) < 1e-9)
    }

    @Test func `trouble is named`() {
        #expect(throws: DialCurve.Trouble.oneModel) {
            try DialCurve(DialRows(models: [ModelID("a")], expected: [[1]], scores: [[1]], costsUSD: [1]))
        }
        #expect(throws: DialCurve.Trouble.noRows) {
            try DialCurve(DialRows(models: pair, expected: [[1, .nan]], scores: [[1, 1]], costsUSD: [1, 2]))
        }
        #expect(throws: DialCurve.Trouble.costsMissing([ModelID("middle")])) {
            var rows = threeRows()
            rows.costsUSD[1] = nil
            _ = try DialCurve(rows)
        }
        #expect(throws: DialCurve.Trouble.costsMissing(pair)) {
            try DialCurve(pairRows(costs: [nil, nil])).point(at: .budget(Money(approximatingUSD: 1)))
        }
        #expect(throws: DialCurve.Trouble.qualityTooHigh(greatest: 1)) {
            try DialCurve(pairRows()).point(at: .quality(1.2))
        }
    }

    @Test func `the price of quality chooses the cheaper of equals, and never what has no score`() {
        let rule = DialRule.price(
            perUSD: 0,
            costsUSD: [ModelID("small"): 1, ModelID("middle"): 2, ModelID("large"): 3]
        )
        #expect(rule.model(expecting: [0.5, 0.5, 0.4], of: three) == ModelID("small"))
        #expect(rule.model(expecting: [.nan, 0.1, 0.2], of: three) == ModelID("large"))
        #expect(rule.model(expecting: [.nan, .nan, .nan], of: three) == nil)
        #expect(rule.model(expecting: [1], of: [ModelID("other")]) == nil)
    }

    @Test func `a rule is stored and read back`() throws {
        for rule in [
            DialRule.always(ModelID("a")), .gap(cheaper: ModelID("a"), stronger: ModelID("b"), atMost: 0.25),
            .price(perUSD: 3.5, costsUSD: [ModelID("a"): 1]),
        ] {
            #expect(try JSONDecoder().decode(DialRule.self, from: JSONEncoder().encode(rule)) == rule)
        }
    }
}
