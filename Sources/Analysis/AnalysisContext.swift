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

/// The limits that the user may set, one value a finding kind (`[thresholds.KIND]` in `suffice.toml`).
package struct Thresholds: Hashable, Sendable {
    package var modelDowngrade = SmallWork()

    package init(modelDowngrade: SmallWork = SmallWork()) { self.modelDowngrade = modelDowngrade }

    /// Takes what is set, by kind and name; names that no detector has are left alone.
    package init(_ values: [String: [String: Double]]) {
        self.init()
        for (name, limit) in SmallWork.names {
            guard let value = values[ModelDowngrade.kind]?[name] else { continue }
            modelDowngrade[keyPath: limit] = Int(limit: value)
        }
    }
}

/// Up to where a piece of work counts as small.
package struct SmallWork: Hashable, Sendable {
    /// Tokens the user and tools bring in: fewer than this.
    package var inputTokens: Int
    /// Tokens the model writes, reasoning included: fewer than this.
    package var outputTokens: Int
    /// Tool calls: at most this many.
    package var toolCalls: Int

    /// The defaults are those the field uses for trivial tasks.
    package init(inputTokens: Int = 4000, outputTokens: Int = 800, toolCalls: Int = 2) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.toolCalls = toolCalls
    }

    static let names: [(name: String, limit: any WritableKeyPath<SmallWork, Int> & Sendable)] = [
        ("input_tokens", \.inputTokens), ("output_tokens", \.outputTokens), ("tool_calls", \.toolCalls),
    ]
}

extension Int {
    /// Without trapping on a number that no work reaches anyway, or that is none.
    fileprivate init(limit value: Double) { self = value > 0 ? Int(Double.minimum(value, 1e15)) : 0 }
}
