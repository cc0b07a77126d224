#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Decides between two shares as trials come in, and stops as soon as it may (Wald, 1945).
///
/// Errs at most about as often as promised, however often one looks; looking again and again at an ordinary interval
/// does not. Trials are taken to be independent.
package struct SequentialTest: Hashable, Sendable {
    package enum Answer: Hashable, Sendable {
        case open
        /// The higher share.
        case high
        /// The lower share.
        case low
    }

    /// In 0..<1, and below ``high``.
    package let low: Double
    package let high: Double
    package let bounds: Bounds
    package private(set) var logRatio = 0.0

    /// What the logarithm of the likelihood ratio must pass.
    package struct Bounds: Hashable, Sendable {
        package let upper: Double
        package let lower: Double

        /// - Parameters:
        ///   - falseHigh: how often the higher answer may be given where the lower is true.
        ///   - falseLow: how often the lower answer may be given where the higher is true.
        package init(falseHigh: Double = 0.05, falseLow: Double = 0.05) {
            upper = log((1 - falseLow) / falseHigh)
            lower = log(falseLow / (1 - falseHigh))
        }

        func answer(at logRatio: Double) -> Answer {
            logRatio >= upper ? .high : logRatio <= lower ? .low : .open
        }
    }

    package init(low: Double, high: Double, bounds: Bounds = Bounds()) {
        precondition(0 < low && low < high && high < 1, "two shares, the lower first")
        self.low = low
        self.high = high
        self.bounds = bounds
    }

    package mutating func add(successes: Int, of trials: Int) {
        logRatio +=
            Double(successes) * log(high / low) + Double(trials - successes) * log((1 - high) / (1 - low))
    }

    package var answer: Answer { bounds.answer(at: logRatio) }

    /// About how many trials it takes where the share is this, by Wald's approximation without the overshoot.
    package func expectedTrials(at share: Double) -> Double {
        let success = log(high / low)
        let failure = log((1 - high) / (1 - low))
        let drift = share * success + (1 - share) * failure
        let exponent = characteristicExponent(at: share, success: success, failure: failure)
        if abs(drift) < 1e-9 || abs(exponent) < 1e-6 {
            let variance = share * success * success + (1 - share) * failure * failure
            return -bounds.upper * bounds.lower / variance
        }
        let (a, b) = (exp(exponent * bounds.upper), exp(exponent * bounds.lower))
        let chanceOfLow = (a - 1) / (a - b)
        return (chanceOfLow * bounds.lower + (1 - chanceOfLow) * bounds.upper) / drift
    }

    /// The h other than 0 at which the expectation of the ratio to the power h is one.
    private func characteristicExponent(at share: Double, success: Double, failure: Double) -> Double {
        func excess(_ h: Double) -> Double { share * exp(h * success) + (1 - share) * exp(h * failure) - 1 }
        let drift = share * success + (1 - share) * failure
        guard drift != 0 else { return 0 }
        // The excess is convex and 0 at 0: the other root lies against the drift.
        let direction: Double = drift > 0 ? -1 : 1
        var far = direction
        while excess(far) < 0, abs(far) < 1e6 { far *= 2 }
        var near = far / 2
        while excess(near) > 0, abs(near) > 1e-12 { near /= 2 }
        for _ in 0..<200 {
            let middle = (near + far) / 2
            if excess(middle) < 0 { near = middle } else { far = middle }
        }
        return (near + far) / 2
    }
}
