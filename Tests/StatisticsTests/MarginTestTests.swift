import Statistics
import Testing

@Suite struct MarginTestTests {
    private static let truths = [
        (0.0, MarginTest.Answer.below), (-0.1, .above), (-0.1, .below), (-0.2, .above),
    ]

    /// Sessions of eight steps of which two are alike by a tenth, which three steps in ten differ on.
    @Test(arguments: truths)
    func `says the wrong thing no more often than promised`(truth: Double, wrong: MarginTest.Answer) {
        let study = ClusteredStudy(
            sessions: 0,
            steps: 8,
            worse: (0.3 - truth) / 2,
            better: (0.3 + truth) / 2,
            correlation: 0.1
        )
        var generator = SeededGenerator(seed: 11)
        let runs = ClusteredStudy.count(usually: 40)
        let errors = (0..<runs).count { _ in
            var sample = ClusteredSample()
            for _ in 0..<60 {
                sample.add(study.session(using: &generator))
                let answer = MarginTest(margin: -0.1).answer(to: PairedDifference(sample))
                if answer != .open { return answer == wrong }
            }
            return false
        }
        // Three standard errors above the 5% promised.
        #expect(Double(errors) / Double(runs) < 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot())
    }

    @Test func `says nothing of a few sessions`() {
        let sessions = (0..<9).map { _ in (0..<20).map { _ in ClusteredSample.Value(-1) } }
        #expect(MarginTest(margin: -0.1).answer(to: PairedDifference(ClusteredSample(sessions))) == .open)
        let ten = ClusteredSample(sessions + [sessions[0]])
        #expect(MarginTest(margin: -0.1).answer(to: PairedDifference(ten)) == .below)
    }
}
