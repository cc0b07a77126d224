import Statistics
import Testing

@Suite struct DriftTestTests {
    private func successes(of trials: Int, share: Double, _ generator: inout SeededGenerator) -> Int {
        (0..<trials).count { _ in generator.nextUnit() < share }
    }

    /// How many of so many lives of a year end in an alarm, and after how many weeks on the mean.
    private func alarms(
        lives: Int,
        weekly: Int,
        shares: [Double],
        seed: UInt64
    ) -> (count: Int, weeks: Double) {
        var generator = SeededGenerator(seed: seed)
        var count = 0
        var weeks = 0
        for _ in 0..<lives {
            var test = DriftTest(promised: 0.05, level: 0.05)
            for (week, share) in shares.enumerated() {
                let worse = successes(of: weekly, share: share, &generator)
                test.add(DriftTest.Tally(trials: weekly, successes: worse))
                if test.isAlarming {
                    count += 1
                    weeks += week + 1
                    break
                }
            }
        }
        return (count, count == 0 ? 0 : Double(weeks) / Double(count))
    }

    @Test func `a promise that just holds is called broken in at most one of twenty years of weekly looks`() {
        let found = alarms(lives: 400, weekly: 40, shares: Array(repeating: 0.05, count: 52), seed: 1)
        #expect(Interval.lowerBound(successes: found.count, trials: 400, confidence: 0.99) < 0.05)
        #expect(found.count < 24)
    }

    @Test func `a share three times too high is found within weeks, also after a good half year`() {
        let bad = alarms(lives: 50, weekly: 40, shares: Array(repeating: 0.15, count: 26), seed: 2)
        #expect(bad.count == 50)
        #expect(bad.weeks < 6)
        let later = alarms(
            lives: 50,
            weekly: 40,
            shares: Array(repeating: 0.02, count: 26) + Array(repeating: 0.15, count: 13),
            seed: 3
        )
        #expect(later.count >= 48)
        #expect(later.weeks < 26 + 9)
    }

    @Test func `an alarm is not taken back by good weeks`() {
        var test = DriftTest(promised: 0.05, level: 0.05)
        test.add(DriftTest.Tally(trials: 100, successes: 30))
        #expect(test.isAlarming)
        for _ in 0..<50 { test.add(DriftTest.Tally(trials: 100, successes: 0)) }
        #expect(test.isAlarming)
        #expect(test.evidence < 1)
    }

    @Test func `a week without results says nothing, and absurd ones stay finite`() {
        var test = DriftTest(promised: 0.05, level: 0.05)
        test.add(DriftTest.Tally(trials: 0, successes: 0))
        #expect(test.evidence == 1)
        test.add(DriftTest.Tally(trials: -3, successes: 7))
        #expect(test.tallies.last == DriftTest.Tally(trials: 0, successes: 0))
        test.add(DriftTest.Tally(trials: 1_000_000, successes: 1_000_000))
        #expect(test.isAlarming)
        #expect(test.highestEvidence.isFinite)
    }
}
