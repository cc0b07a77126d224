package import Domain

/// What the analysed calls cost, exactly, and what could not be priced.
struct Bill: Sendable {
    /// Sessions with at least one call of their own in the window.
    private(set) var sessions = 0
    private(set) var calls = 0
    private(set) var total = MoneyByBilling()
    private(set) var unpriced: [ModelID: UnpricedCalls] = [:]
    private var first: Timestamp?
    private var last: Timestamp?

    /// Adds a session's own calls; false for one without any.
    mutating func add(_ session: PricedSession) -> Bool {
        var own = 0
        for thread in session.threads {
            let steps = thread.steps
            for index in steps.indices where thread.isOwn[index] {
                own += 1
                note(steps[index].call.time)
                if let cost = thread.costs[index] {
                    total[session.billing] += cost
                } else {
                    let call = steps[index].call
                    unpriced[call.model, default: UnpricedCalls()].add(call.billedUsage.totalTokens)
                }
            }
        }
        guard own > 0 else { return false }
        sessions += 1
        calls += own
        return true
    }

    private mutating func note(_ time: Timestamp) {
        guard time != .unknown else { return }
        first = min(first ?? time, time)
        last = max(last ?? time, time)
    }

    /// The window, its open ends closed by the first and last call.
    func window(in asked: Window) -> Window { Window(from: asked.from ?? first, to: asked.to ?? last) }

    /// The window's length, one day at least.
    func days(in asked: Window) -> Double {
        let window = window(in: asked)
        guard let from = window.from, let to = window.to else { return 1 }
        return max(1, (Double(to.milliseconds) - Double(from.milliseconds)) / 86_400_000)
    }
}

/// Calls of one model that no price list names.
package struct UnpricedCalls: Hashable, Sendable {
    package var calls = 0
    package var tokens = 0

    mutating func add(_ tokens: Int) {
        calls += 1
        self.tokens &+= tokens
    }
}

/// Money by how its calls were paid: only the API's is a bill.
package struct MoneyByBilling: Hashable, Sendable {
    package var api = Money.zero
    /// What a flat plan's calls would have cost.
    package var subscription = Money.zero
    package var unknown = Money.zero

    package init() {}

    package var total: Money { api + subscription + unknown }

    package subscript(billing: Billing) -> Money {
        get {
            switch billing {
            case .api: api
            case .subscription: subscription
            case .unknown: unknown
            }
        }
        set {
            switch billing {
            case .api: api = newValue
            case .subscription: subscription = newValue
            case .unknown: unknown = newValue
            }
        }
    }
}
