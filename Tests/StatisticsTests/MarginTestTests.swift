import Statistics
import Testing

@Suite struct MarginTestTests {
    private static let truths = [
        (0.0, MarginTest.Answer.below), (-0.1, .above), (-0.1, .below), (-0.2, .above),
    ]
    /// The share of steps that differ, and the correlation of two of a session.
    private static let kinds = [(0.2, 0.0), (0.2, 0.1), (0.2, 0.2), (0.2, 0.3), (0.4, 0.2), (0.4, 0.3)]

    /// Sessions of eight steps, looked at after each of sixty.
    @Test(arguments: truths, kinds)
    func `says the wrong thing no more often than promised`(
        truth: (difference: Double, wrong: MarginTest.Answer),
        kind: (differing: Double, correlation: Double)
    ) {
        let errors = errors(truth.difference, truth.wrong, kind.differing, kind.correlation)
        #expect(errors.share < errors.most)
    }

    /// Only where a tenth of the steps differ may all of them be worse.
    @Test(arguments: [MarginTest.Answer.above, .below], [0, 0.1, 0.2, 0.3])
    func `neither where hardly a step differs`(wrong: MarginTest.Answer, correlation: Double) {
        let errors = errors(-0.1, wrong, 0.1, correlation)
        #expect(errors.share < errors.most)
    }

    private func errors(
        _ truth: Double,
        _ wrong: MarginTest.Answer,
        _ differing: Double,
        _ correlation: Double
    ) -> (share: Double, most: Double) {
        let study = ClusteredStudy(
            sessions: 0,
            steps: 8,
            worse: (differing - truth) / 2,
            better: (differing + truth) / 2,
            correlation: correlation
        )
        var generator = SeededGenerator(seed: 11)
        let runs = ClusteredStudy.count(usually: 60)
        let errors = (0..<runs).count { _ in
            var sample = ClusteredSample()
            for _ in 0..<60 {
                sample.add(study.session(using: &generator))
                let answer = MarginTest(margin: -0.1).answer(to: PairedDifference(sample))
                if answer != .open { return answer == wrong }
            }
            return false
        }
        // 5% is promised; fewer runs than 2,000 need room for their chance, three standard errors.
        let chance = runs < 2000 ? 3 * (0.05 * 0.95 / Double(runs)).squareRoot() : 0
        return (Double(errors) / Double(runs), 0.05 + chance)
    }

    @Test func `says nothing of a few sessions`() {
        let sessions = (0..<9).map { _ in (0..<20).map { _ in ClusteredSample.Value(-1) } }
        #expect(MarginTest(margin: -0.1).answer(to: PairedDifference(ClusteredSample(sessions))) == .open)
        let ten = ClusteredSample(sessions + [sessions[0]])
        #expect(MarginTest(margin: -0.1).answer(to: PairedDifference(ten)) == .below)
    }
}
