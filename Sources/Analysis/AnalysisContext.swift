package import Domain
package import Pricing

/// What detectors need besides the sessions; handed in, since this room has no clock, settings or files.
package struct AnalysisContext: Sendable {
    package let prices: PriceBook
    /// Replacements are priced and chosen as of this day; what was spent, at the price of each call's own day.
    package let today: Day
    /// What the sessions were read for; its length scales a month's saving.
    ///
    /// Calls outside of it are marked as context in the sessions themselves.
    package let window: Window
    package let thresholds: Thresholds
    let targets = TargetMemory()
    let pricer: SharedPricer

    package init(prices: PriceBook, today: Day, window: Window = .everything, thresholds: Thresholds = .init()) {
        self.prices = prices
        pricer = SharedPricer(prices)
        self.today = today
        self.window = window
        self.thresholds = thresholds
    }
}
