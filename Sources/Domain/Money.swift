/// An exact amount of money in billionths of a US dollar, so that sums never drift.
///
/// Holds up to about 9.2 billion dollars. A price per token is often no whole number of billionths:
/// compute a call's cost in ``Pricing``'s wider unit and round once.
package struct Money: Hashable, Sendable, Comparable, AdditiveArithmetic, Codable {
    package var nanoUSD: Int64

    package init(nanoUSD: Int64) { self.nanoUSD = nanoUSD }

    /// The nearest amount to a decimal number of dollars; for thresholds and oracles, not for sums.
    ///
    /// What is no number is no money.
    package init(approximatingUSD dollars: Double) {
        let scaled = dollars.isNaN ? 0 : (dollars * 1e9).rounded()
        nanoUSD = scaled >= 9.2e18 ? .max : scaled <= -9.2e18 ? .min : Int64(scaled)
    }

    package static let zero = Money(nanoUSD: 0)

    package static func < (a: Money, b: Money) -> Bool { a.nanoUSD < b.nanoUSD }

    /// Saturates: a log with absurd numbers may show an absurd total, but never stops a report.
    package static func + (a: Money, b: Money) -> Money {
        let (sum, overflow) = a.nanoUSD.addingReportingOverflow(b.nanoUSD)
        return Money(nanoUSD: overflow ? (a.nanoUSD > 0 ? .max : .min) : sum)
    }

    package static func - (a: Money, b: Money) -> Money {
        let (difference, overflow) = a.nanoUSD.subtractingReportingOverflow(b.nanoUSD)
        return Money(nanoUSD: overflow ? (a.nanoUSD >= 0 ? .max : .min) : difference)
    }

    /// For ratios, intervals and display; loses nothing below about nine million dollars.
    package var usd: Double { Double(nanoUSD) / 1e9 }
}
