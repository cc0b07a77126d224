package import Domain

/// A limit of a detector that the user may set (`[thresholds.KIND] name = value` in `suffice.toml`).
package struct Limit: Hashable, Sendable {
    package var kind: String
    package var name: String
    /// Where nothing is set.
    package var standard: Double

    package init(_ kind: String, _ name: String, _ standard: Double) {
        self.kind = kind
        self.name = name
        self.standard = standard
    }
}

/// The limits as they hold: the user's values over the detectors' own.
package struct Thresholds: Hashable, Sendable {
    package var modelDowngrade = SmallWork()
    private var values: [String: [String: Double]] = [:]

    package init(modelDowngrade: SmallWork = SmallWork()) { self.modelDowngrade = modelDowngrade }

    /// Takes what is set, by kind and name; names that no detector has are left alone.
    package init(_ values: [String: [String: Double]]) {
        self.values = values
        for (name, limit) in SmallWork.names {
            guard let value = values[ModelDowngrade.kind]?[name] else { continue }
            modelDowngrade[keyPath: limit] = Int(limit: value)
        }
    }

    /// A limit as a fraction or another plain number; never negative, never infinite.
    package func number(_ limit: Limit) -> Double {
        let value = values[limit.kind]?[limit.name] ?? limit.standard
        return value > 0 ? Double.minimum(value, 1e15) : 0
    }

    /// A limit in dollars.
    package func money(_ limit: Limit) -> Money { Money(approximatingUSD: number(limit)) }

    /// A limit as a count.
    package func count(_ limit: Limit) -> Int { Int(number(limit)) }
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

    static let limits = names.map { Limit(ModelDowngrade.kind, $0.name, Double(SmallWork()[keyPath: $0.limit])) }
}

extension Int {
    /// Without trapping on a number that no work reaches anyway, or that is none.
    fileprivate init(limit value: Double) { self = value > 0 ? Int(Double.minimum(value, 1e15)) : 0 }
}
