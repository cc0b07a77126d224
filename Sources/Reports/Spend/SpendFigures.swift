package import Domain

/// What a group of calls came to.
package struct SpendFigures: Hashable, Sendable {
    package var calls = 0
    package var usage = Usage.zero
    /// The output, or where the log holds only a placeholder, what the visible text comes to.
    package var estimatedOutputTokens = 0
    /// Calls whose logged output is a placeholder or a part of it: their output and cost are lower bounds.
    package var lowerBoundCalls = 0
    package var billing = BillingSplit()
    /// Calls of models without a price: their tokens count, their cost is in no figure.
    package var unpricedCalls = 0
    package var unpricedTokens = 0

    package init() {}

    package var cost: Money { billing.total }

    package static func += (a: inout SpendFigures, b: SpendFigures) {
        a.calls += b.calls
        a.usage += b.usage
        a.estimatedOutputTokens &+= b.estimatedOutputTokens
        a.lowerBoundCalls += b.lowerBoundCalls
        a.billing += b.billing
        a.unpricedCalls += b.unpricedCalls
        a.unpricedTokens &+= b.unpricedTokens
    }
}

/// Cost by how it was paid: what a flat plan covered has an API value and no bill.
package struct BillingSplit: Hashable, Sendable {
    package var api = Money.zero
    package var subscription = Money.zero
    package var unknown = Money.zero

    package init() {}

    package var total: Money { api + subscription + unknown }

    package mutating func add(_ cost: Money, paidBy billing: Billing) {
        switch billing {
        case .api: api += cost
        case .subscription: subscription += cost
        case .unknown: unknown += cost
        }
    }

    package static func += (a: inout BillingSplit, b: BillingSplit) {
        a.api += b.api
        a.subscription += b.subscription
        a.unknown += b.unknown
    }

    /// How many ways of paying have any cost.
    var kinds: Int { [api, subscription, unknown].count { $0 != .zero } }

    package var json: JSON {
        ["apiUSD": .money(api), "subscriptionUSD": .money(subscription), "unknownUSD": .money(unknown)]
    }
}
