import Statistics
import Testing

@Suite struct WilsonTests {
    /// From Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    ])
    func `agrees with the published intervals`(successes: Int, trials: Int, low: Double, high: Double) {
        let interval = Interval.wilson(successes: successes, trials: trials)
        #expect(abs(interval.low - low) < 0.00006)
        #expect(abs(interval.high - high) < 0.00006)
    }

    @Test func `without a trial everything is possible`() {
        #expect(Interval.wilson(successes: 0, trials: 0) == Interval(low: 0, high: 1))
    }
}
