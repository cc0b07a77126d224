package import Domain

/// Models without a price that calls were made on: named with their tokens, in no figure of money.
package struct UnpricedModels: Sendable {
    package struct Row: Sendable {
        package var model: ModelID
        package var calls: Int
        package var tokens: Int
    }

    private var figures: [ModelID: (calls: Int, tokens: Int)] = [:]

    /// Takes in a part of a call, unless it has a price.
    mutating func add(_ part: PricedPart) {
        guard part.cost == nil else { return }
        figures[part.model, default: (0, 0)].calls += part.isResponse ? 1 : 0
        figures[part.model, default: (0, 0)].tokens &+= part.usage.totalTokens
    }

    /// Most tokens first.
    var rows: [Row] {
        figures.map { Row(model: $0, calls: $1.calls, tokens: $1.tokens) }
            .sorted { ($1.tokens, $0.model) < ($0.tokens, $1.model) }
    }
}

extension [UnpricedModels.Row] {
    /// `mystery-1 (12 calls, 4.20k tokens)`, for the first few of them.
    var named: String {
        let named = prefix(4).map { "\($0.model) (\($0.calls.of("call")), \($0.tokens.compact) tokens)" }
        return named.joined(separator: ", ") + (count > 4 ? " and \(count - 4) more" : "")
    }

    var json: JSON {
        .array(
            map {
                ["model": .string($0.model.rawValue), "calls": .integer($0.calls), "tokens": .integer($0.tokens)]
            }
        )
    }
}
