import Foundation

/// What programs read of `suffice spend --format json`.
struct Spend: Decodable, Equatable {
    struct Billing: Decodable, Equatable {
        var apiUSD: Decimal
        var subscriptionUSD: Decimal
        var unknownUSD: Decimal
    }

    struct Figures: Decodable, Equatable {
        var calls: Int
        var inputTokens: Int
        var outputTokens: Int
        var cacheReadTokens: Int
        var cacheWrite5mTokens: Int
        var cacheWrite1hTokens: Int
        var costUSD: Decimal
        var billing: Billing
    }

    struct Row: Decodable, Equatable {
        var key: String
        var figures: Figures

        private enum CodingKeys: CodingKey { case key }

        init(from decoder: any Decoder) throws {
            key = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .key)
            figures = try Figures(from: decoder)
        }
    }

    struct Unpriced: Decodable, Equatable {
        var model: String
        var calls: Int
        var tokens: Int
    }

    var schema: Int
    var rows: [Row]
    var totals: Figures
    var unpriced: [Unpriced]
    var skippedLines: Int

    /// The rows added up.
    var sum: Figures { rows.map(\.figures).reduce(.zero, +) }
}

extension Spend.Figures {
    static let zero = Self(
        calls: 0,
        inputTokens: 0,
        outputTokens: 0,
        cacheReadTokens: 0,
        cacheWrite5mTokens: 0,
        cacheWrite1hTokens: 0,
        costUSD: 0,
        billing: .init(apiUSD: 0, subscriptionUSD: 0, unknownUSD: 0)
    )

    static func + (a: Self, b: Self) -> Self {
        Self(
            calls: a.calls + b.calls,
            inputTokens: a.inputTokens + b.inputTokens,
            outputTokens: a.outputTokens + b.outputTokens,
            cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
            cacheWrite5mTokens: a.cacheWrite5mTokens + b.cacheWrite5mTokens,
            cacheWrite1hTokens: a.cacheWrite1hTokens + b.cacheWrite1hTokens,
            costUSD: a.costUSD + b.costUSD,
            billing: .init(
                apiUSD: a.billing.apiUSD + b.billing.apiUSD,
                subscriptionUSD: a.billing.subscriptionUSD + b.billing.subscriptionUSD,
                unknownUSD: a.billing.unknownUSD + b.billing.unknownUSD
            )
        )
    }
}
