import Foundation
import Testing

@testable import Statistics

@Suite struct MatchedComparisonTests {
    private func unit(_ stratum: Int, _ cluster: Int, _ value: Double) -> MatchedComparison.Unit {
        .init(stratum: stratum, cluster: cluster, value: value)
    }

    @Test func `a change of the mix is not taken for a saving`() {
        // Stratum 0 costs 1, stratum 1 costs 10, before and after: there is only more of the cheap one.
        let before = (0..<10).flatMap { [unit(0, $0, 1), unit(1, $0, 10), unit(1, $0, 10)] }
        let after = (0..<10).flatMap { [unit(0, $0, 1), unit(0, $0, 1), unit(1, $0, 10)] }
        let comparison = MatchedComparison(before: before, after: after)
        #expect(comparison.saving == 0)
        #expect(comparison.savingInterval() == Interval(low: 0, high: 0))
    }

    @Test func `work of a kind there was none of before is left out`() {
        let comparison = MatchedComparison(before: [unit(0, 0, 2)], after: [unit(0, 1, 1), unit(9, 1, 100)])
        #expect(comparison.saving == 0.5)
        #expect(comparison.matched == (1, 1))
    }

    @Test func `fewer than three clusters have no interval`() {
        let before = (0..<10).map { unit(0, $0, 2) }
        #expect(MatchedComparison(before: before, after: [unit(0, 1, 1), unit(0, 2, 1)]).savingInterval() == nil)
        #expect(MatchedComparison(before: [], after: []).saving == nil)
    }

    @Test(arguments: [(0.975, 1.0, 12.7062), (0.975, 10, 2.22814), (0.95, 5, 2.01505), (0.975, 1e6, 1.95997)])
    func `quantiles of Student's t are the tables'`(probability: Double, freedom: Double, quantile: Double) {
        #expect(abs(studentQuantile(probability, freedom: freedom) - quantile) < 1e-4 * quantile)
    }

    @Test func `leaving out clusters of equal size gives Welch's interval of the means' difference`() throws {
        let before = (0..<8).map { unit(0, $0, Double($0)) }
        let after = (0..<5).map { unit(0, $0, Double(2 * $0)) }
        let interval = try #require(MatchedComparison(before: before, after: after).increaseInterval())
        // Means 3.5 and 4; variances 6 of 8 and 10 of 5; the smaller side has 4 degrees of freedom.
        let error = (6.0 / 8 + 10.0 / 5).squareRoot()
        let reach = studentQuantile(0.975, freedom: 4) * error
        #expect(abs(interval.low - (0.5 - reach)) < 1e-9)
        #expect(abs(interval.high - (0.5 + reach)) < 1e-9)
    }

    /// Sessions differ, tasks differ a hundredfold and more, the mix changes, and the change saves 40%.
    @Test(arguments: [(30, 30), (60, 20), (200, 80)])
    func `the interval holds the true saving in at least 93 of 100 histories`(before: Int, after: Int) {
        var held = 0
        for seed in 0..<500 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let comparison = MatchedComparison(
                before: history(sessions: before, factor: 1, mix: 0.4, using: &random),
                after: history(sessions: after, factor: 0.6, mix: 0.6, using: &random)
            )
            if let interval = comparison.savingInterval(), interval.low <= 0.4, interval.high >= 0.4 { held += 1 }
        }
        #expect(held >= 465, "\(held) of 500")
    }

    private func history(sessions: Int, factor: Double, mix: Double, using random: inout SeededGenerator)
        -> [MatchedComparison.Unit]
    {
        var units: [MatchedComparison.Unit] = []
        for session in 0..<sessions {
            let habit = exp(0.4 * normal(&random))
            for _ in 0..<(1 + random.nextIndex(below: 8)) {
                let stratum = random.nextUnit() < mix ? 0 : 1 + random.nextIndex(below: 3)
                let size = [0.02, 0.1, 0.5, 2.0][stratum]
                units.append(unit(stratum, session, factor * size * habit * exp(0.9 * normal(&random))))
            }
        }
        return units
    }

    private func normal(_ random: inout SeededGenerator) -> Double {
        (-2 * log(1 - random.nextUnit())).squareRoot() * cos(2 * .pi * random.nextUnit())
    }
}
