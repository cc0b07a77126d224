#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The regularised incomplete beta function, the chance that a beta-distributed share lies below `x`.
///
/// By its continued fraction (DLMF 8.17.22), evaluated after Lentz with Thompson and Barnett's change. Right to about
/// twelve digits for `a` and `b` up to a million; both must be above 0, and `x` in 0...1.
func regularizedIncompleteBeta(_ a: Double, _ b: Double, at x: Double) -> Double {
    precondition(a > 0 && b > 0, "a beta distribution's parameters are positive")
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges quickly on this side of the mean only.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - regularizedIncompleteBeta(b, a, at: 1 - x) }
    let logFactor = lgamma(a + b).0 - lgamma(a).0 - lgamma(b).0 + a * log(x) + b * log1p(-x)
    return exp(logFactor) / a * continuedFraction(a, b, at: x)
}

private func continuedFraction(_ a: Double, _ b: Double, at x: Double) -> Double {
    let tiny = 1e-300
    func nonZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var numerator = 1.0
    var denominator = 1 / nonZero(1 - (a + b) * x / (a + 1))
    var value = denominator
    // The number of terms grows with the square root of the larger parameter: a hundred do for ten thousand rows.
    for term in 1...100_000 {
        let m = Double(term)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        var change = 1.0
        for coefficient in [even, odd] {
            denominator = 1 / nonZero(1 + coefficient * denominator)
            numerator = nonZero(1 + coefficient / numerator)
            change = denominator * numerator
            value *= change
        }
        if abs(change - 1) < 1e-15 { break }
    }
    return value
}
