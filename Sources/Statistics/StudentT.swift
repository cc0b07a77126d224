#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How far a mean strays from the truth in units of its own estimated error (Student, 1908).
package struct StudentT: Hashable, Sendable {
    /// Above 0.
    package var degreesOfFreedom: Double

    package init(degreesOfFreedom: Double) { self.degreesOfFreedom = max(1e-6, degreesOfFreedom) }

    /// The chance of a value below this one.
    package func chance(below value: Double) -> Double {
        guard value.isFinite else { return value > 0 ? 1 : 0 }
        let outside = regularizedIncompleteBeta(
            degreesOfFreedom / 2,
            0.5,
            at: degreesOfFreedom / (degreesOfFreedom + value * value)
        )
        return value < 0 ? outside / 2 : 1 - outside / 2
    }

    /// The value that a share of all lie below; the share in 0...1.
    package func quantile(_ share: Double) -> Double {
        guard share > 0, share < 1 else { return share <= 0 ? -.infinity : .infinity }
        if share < 0.5 { return -quantile(1 - share) }
        var (low, high) = (0.0, 2.0)
        while chance(below: high) < share, high < 1e12 { high *= 2 }
        // Newton's steps, halving where one would leave the bounds; the chance is concave here.
        var value = (low + high) / 2
        for _ in 0..<200 {
            let excess = chance(below: value) - share
            if excess < 0 { low = value } else { high = value }
            let step = value - excess / density(at: value)
            let next = low < step && step < high ? step : (low + high) / 2
            guard abs(next - value) > 1e-13 * value else { return next }
            value = next
        }
        return value
    }

    private func density(at value: Double) -> Double {
        let half = (degreesOfFreedom + 1) / 2
        let scale = lgamma(half).0 - lgamma(degreesOfFreedom / 2).0 - log(degreesOfFreedom * .pi) / 2
        return exp(scale - half * log1p(value * value / degreesOfFreedom))
    }
}
