#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Two shares that were measured on the same trials, as far as they differ.
package struct PairedShares: Hashable, Sendable {
    /// The share of trials in which only the first succeeded, in 0...1.
    package var onlyFirst: Double
    package var onlySecond: Double
    /// What the trials are worth in independent ones; above 0, and need not be whole.
    package var trials: Double

    package init(onlyFirst: Double, onlySecond: Double, trials: Double) {
        self.onlyFirst = onlyFirst
        self.onlySecond = onlySecond
        self.trials = trials
    }

    package var difference: Double { onlyFirst - onlySecond }

    /// The variance of one trial's difference.
    package var variance: Double { max(0, onlyFirst + onlySecond - difference * difference) }

    /// How far what was measured lies above a difference, in units of the error it would have were that the true one
    /// (Tango, Statistics in Medicine 17, 1998).
    package func score(of difference: Double) -> Double {
        let distance = self.difference - difference
        let variance = 2 * likeliestSecond(given: difference) + difference * (1 - difference)
        guard variance > 0 else { return distance == 0 ? 0 : distance * .infinity }
        return distance / (variance / trials).squareRoot()
    }

    /// The logarithm of the greatest likelihood that a difference can have.
    package func logLikelihood(of difference: Double) -> Double {
        let second = likeliestSecond(given: difference)
        func term(_ share: Double, _ truth: Double) -> Double { share > 0 ? share * log(max(0, truth)) : 0 }
        return trials
            * (term(onlyFirst, second + difference) + term(onlySecond, second)
                + term(1 - onlyFirst - onlySecond, 1 - 2 * second - difference))
    }

    /// The likeliest true share of ``onlySecond``, were this the true difference.
    private func likeliestSecond(given difference: Double) -> Double {
        let b = (2 - onlyFirst + onlySecond) * difference - onlyFirst - onlySecond
        let c = -onlySecond * difference * (1 - difference)
        return (max(0, b * b - 8 * c).squareRoot() - b) / 4
    }

    /// The differences whose score is no further from 0 than the reach.
    ///
    /// Tango's interval where that is the normal's quantile: unlike the textbook one it holds where few trials differ, or
    /// all to one side.
    package func interval(reach: Double) -> Interval {
        Interval(low: difference(atScore: reach), high: difference(atScore: -reach))
    }

    /// Scores fall as the difference rises.
    private func difference(atScore wanted: Double) -> Double {
        var (low, high) = (-1.0, 1.0)
        // To the last bit of a difference.
        for _ in 0..<53 {
            let middle = (low + high) / 2
            if score(of: middle) > wanted { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
