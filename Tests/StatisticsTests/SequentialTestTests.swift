import Statistics
import Testing

@Suite struct SequentialTestTests {
    /// Wald's approximation for 0.80 against 0.90, by hand: what is gained at the bounds of ±log 19 over the drift of a trial.
    @Test(arguments: [(0.9, 72.2), (0.8, 59.7), (0.7, 23.5), (0.8547, 106.1)])
    func `takes about as many trials as Wald says`(share: Double, trials: Double) {
        let test = SequentialTest(low: 0.8, high: 0.9)
        #expect(abs(test.expectedTrials(at: share) / trials - 1) < 0.02)
    }

    @Test(arguments: [(0.8, SequentialTest.Answer.high), (0.9, .low)])
    func `errs no more often than promised`(truth: Double, wrong: SequentialTest.Answer) {
        var generator = SeededGenerator(seed: 3)
        var errors = 0
        var trials = 0
        for _ in 0..<500 {
            var test = SequentialTest(low: 0.8, high: 0.9)
            while test.answer == .open {
                test.add(successes: generator.nextUnit() < truth ? 1 : 0, of: 1)
                trials += 1
            }
            if test.answer == wrong { errors += 1 }
        }
        // Three standard errors of 500 runs above 5%.
        #expect(Double(errors) / 500 < 0.08)
        let expected = SequentialTest(low: 0.8, high: 0.9).expectedTrials(at: truth)
        // What the last trial brings beyond the bound makes it a little longer.
        #expect((0.95...1.35).contains(Double(trials) / 500 / expected))
    }
}
