import Testing

@testable import Evaluation

@Suite struct MetricsTests {
    private func curve(_ strength: [Double], gains: [Double]) -> PairCurve {
        PairCurve(
            strength: strength,
            weak: gains.map { _ in CurvePoint(cost: 0, quality: 0) },
            strong: gains.map { CurvePoint(cost: 1, quality: $0) }
        )
    }

    private func gap(_ strength: [Double], gains: [Double]) -> PerformanceGap? {
        PerformanceGap(curve(strength, gains: gains).points(weights: gains.map { _ in 1 }))
    }

    @Test func `the gap recovered grows in the order of strength`() throws {
        // Of ten prompts two gain, and both come first: all is recovered at a fifth of the calls.
        let gap = try #require(self.gap((0..<10).map { -Double($0) }, gains: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]))
        let rounded = gap.recovered.map { ($0 * 10).rounded() / 10 }
        #expect(rounded == [0, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1])
        #expect(abs(gap.average - 0.9) < 1e-9)
        #expect(abs(gap.share(recovering: 0.5) - 0.1) < 1e-9)
        #expect(abs(gap.share(recovering: 0.8) - 0.16) < 1e-9)
    }

    @Test func `a scorer that says the same of all is random, whatever the order of rows`() throws {
        for gains in [[1.0, 0, 0, 0, 1], [0, 0, 1, 1, 0]] {
            let gap = try #require(self.gap([7, 7, 7, 7, 7], gains: gains))
            #expect(abs(gap.average - 0.5) < 1e-9)
            #expect(abs(gap.share(recovering: 0.8) - 0.8) < 1e-9)
        }
    }

    @Test func `an oracle may recover more than all`() throws {
        let gap = try #require(self.gap([3, 2, 2, 1], gains: [1, 0, 0, -0.5]))
        #expect(gap.average > 1)
    }

    @Test func `the threshold is where quality was first reached`() throws {
        let gap = try #require(self.gap([4, 3, 2, 1], gains: [1, -1, 1, 0]))
        #expect(gap.share(recovering: 0.5) < 0.2)
    }

    @Test(arguments: [[0.0, 0], [-1, 0]]) func `without a gap there is none to recover`(gains: [Double]) {
        #expect(gap([2, 1], gains: gains) == nil)
    }

    @Test func `a prompt that counts twice is as two prompts`() {
        let once = curve([2, 1, 1], gains: [1, 0, 0.5]).points(weights: [2, 1, 3])
        let twice = curve([2, 2, 1, 1, 1, 1], gains: [1, 1, 0, 0.5, 0.5, 0.5]).points(
            weights: Array(repeating: 1, count: 6)
        )
        for (a, b) in zip(once, twice) {
            #expect(abs(a.quality - b.quality) < 1e-9)
            #expect(abs(a.cost - b.cost) < 1e-9)
        }
    }

    @Test func `equal values share the middle of their ranks`() {
        #expect([5.0, 1, 5, 9].ranks == [0.5, 0.125, 0.5, 0.875])
        #expect([Double]().ranks.isEmpty)
    }

    @Test func `the hull keeps what no mixture of others beats`() {
        let hull = QualityHull([
            CurvePoint(cost: 1, quality: 0.2), CurvePoint(cost: 2, quality: 0.3), CurvePoint(cost: 3, quality: 0.8),
            CurvePoint(cost: 4, quality: 0.7), CurvePoint(cost: 5, quality: 0.9),
        ])
        #expect(hull.points.map(\.cost) == [1, 3, 5])
        #expect(abs(hull.quality(at: 2) - 0.5) < 1e-9)
        #expect(hull.quality(at: 9) == 0.9)
        #expect(hull.cost(reaching: 0.5).map { abs($0 - 2) < 1e-9 } == true)
        #expect(hull.cost(reaching: 0.95) == nil)
    }

    @Test func `AIQ is the mean quality over the range of costs`() {
        let hull = QualityHull([CurvePoint(cost: 0, quality: 0), CurvePoint(cost: 1, quality: 1)])
        #expect(abs(hull.averageQuality(over: 0...1) - 0.5) < 1e-9)
        #expect(abs(hull.averageQuality(over: 0...2) - 0.75) < 1e-9)
        #expect(hull.averageQuality(over: 1...1) == 1)
    }

    @Test func `the dial runs from the cheapest model to the best expected one`() {
        let outcomes = [
            CurvePoint(cost: 1, quality: 0.1), CurvePoint(cost: 3, quality: 0.7), CurvePoint(cost: 2, quality: 0.4),
        ]
        var curve = DialCurve(prompts: 2, withCosts: true)
        curve.add(
            [0, 1],
            expected: [[0, 1, 0.4], [0.5, 0.4, 0.3]],
            costs: { _ in [1, 3, 2] },
            outcomes: { _ in outcomes }
        )
        let points = curve.points(weights: [1, 1])
        #expect(points.first == CurvePoint(cost: 1, quality: 0.1))
        // The first prompt climbs to the dear model, the second is best served by the cheapest.
        #expect(points.last?.cost == 2)
        #expect(points.last.map { abs($0.quality - 0.4) < 1e-9 } == true)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.cost <= $1.cost })
    }

    @Test func `without costs the best expected model serves`() {
        var curve = DialCurve(prompts: 1, withCosts: false)
        curve.add([0], expected: [[0.2, 0.9]], costs: { _ in nil }) { _ in
            [CurvePoint(cost: 0, quality: 0.1), CurvePoint(cost: 0, quality: 0.6)]
        }
        #expect(curve.points(weights: [1]) == [CurvePoint(cost: 0, quality: 0.6)])
    }
}
