import Statistics
import Testing

@Suite struct PairedDifferenceTests {
    /// Bonett and Price's interval with Student's t for the normal's 1.96: 40 pairs, none of which differs.
    @Test func `pairs that never differ do not make certain`() {
        let pairs = PairedDifference(ClusteredSample(Array(repeating: [.init(0)], count: 40)))
        let reach = StudentT(degreesOfFreedom: 41).quantile(0.975) * (2.0 / 42 * 42 / 41 / 42).squareRoot()
        #expect(abs(pairs.interval().low + reach) < 1e-9)
        #expect(abs(pairs.interval().high - reach) < 1e-9)
    }

    @Test func `one session says nothing`() {
        let pairs = PairedDifference(ClusteredSample([Array(repeating: .init(0), count: 100)]))
        #expect(pairs.interval() == Interval(low: -1, high: 1))
        #expect(pairs.pValue(ofAtMost: -0.1) == 1)
    }

    /// `SUFFICE_STUDIES=2000` runs as many as the promise is about; by default fewer, with room for their chance.
    @Test(arguments: [
        ClusteredStudy(sessions: 12, steps: 6, worse: 0.2, better: 0.1, correlation: 0.1),
        ClusteredStudy(sessions: 16, steps: 8, worse: 0.1, better: 0.1, correlation: 0),
        ClusteredStudy(sessions: 16, steps: 8, worse: 0.2, better: 0.2, correlation: 0.2),
        ClusteredStudy(sessions: 32, steps: 6, worse: 0.15, better: 0.05, correlation: 0.2),
        ClusteredStudy(sessions: 64, steps: 4, worse: 0.3, better: 0.1, correlation: 0.1),
    ])
    func `the interval covers the truth as often as it says, within two points`(study: ClusteredStudy) {
        var generator = SeededGenerator(seed: 7)
        let studies = ClusteredStudy.count(usually: 200)
        let covered = (0..<studies).count { _ in
            let interval = study.differences(using: &generator).interval()
            return interval.low <= study.truth && study.truth <= interval.high
        }
        let chance = studies < 2000 ? 0.04 : 0
        #expect((0.93 - chance...0.97 + chance).contains(Double(covered) / Double(studies)))
    }

    @Test(arguments: [0.05, 0.02])
    func `where hardly a step differs it covers more often, never less`(share: Double) {
        let study = ClusteredStudy(sessions: 12, steps: 6, worse: share, better: share, correlation: 0.1)
        var generator = SeededGenerator(seed: 8)
        let covered = (0..<150).count { _ in
            let interval = study.differences(using: &generator).interval()
            return interval.low <= 0 && 0 <= interval.high
        }
        #expect(covered >= 140)
    }

    @Test func `a study twice as far from the margin needs a quarter of the pairs`() throws {
        func pairs(_ worse: Int) -> PairedDifference {
            PairedDifference(
                ClusteredSample((0..<100).map { [.init($0 < worse ? -1 : $0 < worse * 2 ? 1 : 0)] })
            )
        }
        let near = try #require(pairs(30).pairsNeeded(against: -0.05, atMost: 100_000))
        let far = try #require(pairs(30).pairsNeeded(against: -0.1, atMost: 100_000))
        #expect(abs(Double(near + 100) / Double(far + 100) - 4) < 0.1)
        #expect(pairs(30).pairsNeeded(against: 0) == nil)
    }
}
