package import Domain

/// What may be spent in a window, and from which parts of it on a guard speaks up.
package struct Budget: Hashable, Sendable {
    /// Which money it limits.
    package enum Counts: String, CaseIterable, Sendable {
        /// Whatever the calls come to at list prices, what a subscription covers included.
        case all
        /// What is billed by the token, or may be: all but what a subscription is known to cover.
        case api

        func includes(_ billing: Billing) -> Bool { self == .all || billing != .subscription }
    }

    package var amount: Money
    package var window: BudgetWindow
    /// The part of the amount from which on it warns, such as 0.7.
    package var warn: Double
    package var stop: Double
    package var counts: Counts

    package init(amount: Money, window: BudgetWindow, warn: Double = 0.7, stop: Double = 1, counts: Counts = .all) {
        self.amount = amount
        self.window = window
        self.warn = warn
        self.stop = stop
        self.counts = counts
    }

    package var warnLine: Money { Money(approximatingUSD: amount.usd * warn) }
    package var stopLine: Money { Money(approximatingUSD: amount.usd * stop) }
}
