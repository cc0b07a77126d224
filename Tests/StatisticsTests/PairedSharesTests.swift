import Foundation
import Statistics
import Testing

@Suite struct PairedSharesTests {
    private static let normal = 1.959_963_984_540_054

    /// Bentur and others' airway data, 1 and 7 of 21, as Fagerland, Lydersen and Laake (2017) work them out by Tango's
    /// method.
    @Test func `the interval is Tango's`() {
        let interval = PairedShares(onlyFirst: 1 / 21, onlySecond: 7 / 21, trials: 21).interval(reach: Self.normal)
        #expect(abs(interval.low + 0.517) < 0.0005)
        #expect(abs(interval.high + 0.026) < 0.0005)
    }

    /// Where none differs the ends have a closed form: z²/(n + z²).
    @Test(arguments: [1.0, 10, 400])
    func `trials that never differ do not make certain`(trials: Double) {
        let interval = PairedShares(onlyFirst: 0, onlySecond: 0, trials: trials).interval(reach: Self.normal)
        let end = Self.normal * Self.normal / (trials + Self.normal * Self.normal)
        #expect(abs(interval.low + end) < 1e-9)
        #expect(abs(interval.high - end) < 1e-9)
    }

    @Test func `the measured difference is the likeliest`() {
        let shares = PairedShares(onlyFirst: 0.1, onlySecond: 0.2, trials: 50)
        let best = shares.logLikelihood(of: -0.1)
        // Of 50: five, ten and thirty-five.
        #expect(abs(best - (5 * log(0.1) + 10 * log(0.2) + 35 * log(0.7))) < 1e-9)
        for other in [-0.3, -0.11, -0.09, 0, 0.4] { #expect(shares.logLikelihood(of: other) < best) }
    }

    @Test func `without a difference both sides alone are equally likely`() {
        let shares = PairedShares(onlyFirst: 0.1, onlySecond: 0.3, trials: 10)
        #expect(abs(shares.logLikelihood(of: 0) - 10 * (0.4 * log(0.2) + 0.6 * log(0.6))) < 1e-9)
    }

    @Test(arguments: [(1.0, 0.0, 1.0), (0, 1, -1)])
    func `where every trial differs to one side the interval reaches its end`(
        first: Double,
        second: Double,
        end: Double
    ) {
        let interval = PairedShares(onlyFirst: first, onlySecond: second, trials: 30).interval(reach: Self.normal)
        #expect(abs((end > 0 ? interval.high : interval.low) - end) < 1e-6)
        #expect(abs(end > 0 ? interval.low : interval.high) < 1)
    }
}
