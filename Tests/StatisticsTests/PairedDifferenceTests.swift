import Statistics
import Testing

@Suite struct PairedDifferenceTests {
    /// Tango's interval with Student's t for the normal's quantile: 40 pairs of 40 sessions, none of which differs.
    @Test func `pairs that never differ do not make certain`() {
        let pairs = PairedDifference(ClusteredSample(Array(repeating: [.init(0)], count: 40)))
        let reach = StudentT(degreesOfFreedom: 39).quantile(0.975)
        let end = reach * reach / (40 + reach * reach)
        #expect(abs(pairs.interval().low + end) < 1e-9)
        #expect(abs(pairs.interval().high - end) < 1e-9)
    }

    /// Each step five times over is no more than itself.
    @Test func `steps that say the same in a session count as one`() {
        let signs = (0..<40).map { Double([-1, -1, 1, 0, 0][$0 % 5]) }
        let once = PairedDifference(ClusteredSample(signs.map { [.init($0)] }))
        let often = PairedDifference(ClusteredSample(signs.map { Array(repeating: .init($0), count: 5) }))
        #expect(abs(once.interval().low - often.interval().low) < 1e-9)
        #expect(abs(once.pValue(ofAtMost: -0.1) - often.pValue(ofAtMost: -0.1)) < 1e-9)
    }

    @Test func `one session says nothing`() {
        let pairs = PairedDifference(ClusteredSample([Array(repeating: .init(0), count: 100)]))
        #expect(pairs.interval() == Interval(low: -1, high: 1))
        #expect(pairs.pValue(ofAtMost: -0.1) == 1)
    }

    private static let sizes = [(12, 8), (24, 8), (50, 4)]
    /// The share of steps that differ, and by how much to the worse.
    private static let kinds = [(0.1, -0.1), (0.2, 0), (0.2, -0.1), (0.4, 0), (0.4, -0.1)]

    /// `SUFFICE_STUDIES=2000` runs as many as the promise is about; by default fewer, with room for their chance.
    @Test(arguments: sizes, kinds)
    func `the interval covers the truth as often as it says, within two points`(
        size: (sessions: Int, steps: Int),
        kind: (differing: Double, truth: Double)
    ) {
        for correlation in [0, 0.1, 0.2] {
            let study = ClusteredStudy(
                sessions: size.sessions,
                steps: size.steps,
                worse: (kind.differing - kind.truth) / 2,
                better: (kind.differing + kind.truth) / 2,
                correlation: correlation
            )
            let covered = study.coverage(seed: 5) { $0.differences(using: &$1).interval() }
            #expect(study.room(about: 0.95, points: 0.02).contains(covered), "correlation \(correlation)")
        }
    }

    /// Four or ten of 96 steps: what can be counted jumps by more than two points of coverage.
    @Test(arguments: [(0.04, 0.0), (0.1, 0), (0.1, -0.05)], [0, 0.1, 0.2])
    func `where hardly a step differs it covers more often, never less`(
        kind: (differing: Double, truth: Double),
        correlation: Double
    ) {
        let study = ClusteredStudy(
            sessions: 12,
            steps: 8,
            worse: (kind.differing - kind.truth) / 2,
            better: (kind.differing + kind.truth) / 2,
            correlation: correlation
        )
        let covered = study.coverage(seed: 8) { $0.differences(using: &$1).interval() }
        #expect(covered >= study.room(about: 0.95, points: 0.02).lowerBound)
    }

    /// For a share, such as the floor.
    @Test(arguments: [0.5, 0.7, 0.9], [0, 0.1, 0.2])
    func `the interval of a share covers it as often, too`(share: Double, correlation: Double) {
        let study = ClusteredStudy(sessions: 12, steps: 8, worse: 0, better: share, correlation: correlation)
        let covered = study.coverage(seed: 9) { $0.differences(using: &$1).differences.shareInterval() }
        #expect(study.room(about: 0.95, points: 0.02).contains(covered))
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
