package import Domain

/// What is spent and held of every limit: a request reserves before it is sent and settles when it is over.
///
/// A request is let through while what is spent, held and expected stays within the limit. One that is alone is let
/// through as long as anything is left, whatever it is expected to cost: an estimate is the dearest it may be, and must
/// not lock up the rest of a budget. So a limit is passed by one request at most, and by what replies cost beyond their
/// estimates.
package struct Budgets: Sendable {
    fileprivate struct Balance: Sendable {
        var limit: SpendingLimit
        var window: Window
        var spent: Money
        var reserved = Money.zero
        var running = 0
    }

    /// What a running request holds of one limit.
    private struct Hold: Sendable {
        var balance: Int
        var windowStart: Timestamp?
        var amount: Money
    }

    fileprivate var balances: [Balance]
    /// By exchange.
    private var holds: [String: [Hold]] = [:]

    /// Starts with what each limit's window that is now has seen spent already.
    package init(
        _ limits: [SpendingLimit],
        at now: Timestamp,
        spent: (SpendingLimit, Window) -> Money = { _, _ in .zero }
    ) {
        balances = limits.map { limit in
            let window = limit.window(now)
            return Balance(limit: limit, window: window, spent: spent(limit, window))
        }
    }

    /// The same limits, or others, in the place of these: after a change of the configuration.
    ///
    /// A limit that stays keeps what is spent and held; running requests let go of those that are gone.
    package mutating func replace(
        _ limits: [SpendingLimit],
        at now: Timestamp,
        spent: (SpendingLimit, Window) -> Money
    ) {
        var places: [Int: Int] = [:]
        var next: [Balance] = []
        for limit in limits {
            let window = limit.window(now)
            let known = balances.indices.first { place in
                places[place] == nil && balances[place].limit.scope == limit.scope && balances[place].window == window
            }
            if let known {
                places[known] = next.count
                var balance = balances[known]
                balance.limit = limit
                next.append(balance)
            } else {
                next.append(Balance(limit: limit, window: window, spent: spent(limit, window)))
            }
        }
        balances = next
        for id in holds.keys {
            holds[id] = holds[id]?.compactMap { hold in
                places[hold.balance].map { Hold(balance: $0, windowStart: hold.windowStart, amount: hold.amount) }
            }
        }
    }

    /// Holds an amount of every limit that the sender is under, of all or of none, until the exchange is settled.
    package mutating func reserve(
        _ estimate: Money,
        for sender: RequestFacts.Sender,
        as exchange: String,
        at now: Timestamp
    ) throws(SpentBudget) {
        let places = balances.indices.filter { balances[$0].limit.scope.includes(sender) }
        for place in places {
            balances[place].turn(at: now)
            if let refusal = balances[place].refusal(of: estimate) { throw refusal }
        }
        guard !places.isEmpty, holds[exchange] == nil else { return }
        holds[exchange] = places.map { place in
            balances[place].reserved += estimate
            balances[place].running += 1
            return Hold(balance: place, windowStart: balances[place].window.from, amount: estimate)
        }
    }

    /// Puts what an exchange cost in the place of what was held for it, zero to let go of it; nothing where it is
    /// settled already.
    ///
    /// It counts in the window the request came in.
    package mutating func settle(_ exchange: String, cost: Money) {
        for hold in holds.removeValue(forKey: exchange) ?? []
        where balances[hold.balance].window.from == hold.windowStart {
            balances[hold.balance].reserved -= hold.amount
            balances[hold.balance].running -= 1
            balances[hold.balance].spent += cost
        }
    }

    /// What is spent and held of each limit, in their order.
    package func standing() -> [(limit: SpendingLimit, spent: Money, reserved: Money)] {
        balances.map { ($0.limit, $0.spent, $0.reserved) }
    }

    /// Exchanges under a limit that are not settled.
    package var runningCount: Int { holds.count }
}

extension Budgets.Balance {
    /// Begins the window that is now, if another one was.
    fileprivate mutating func turn(at now: Timestamp) {
        // A clock that was set back opens no budget again.
        guard let end = window.to, now >= end else { return }
        window = limit.window(now)
        (spent, reserved, running) = (.zero, .zero, 0)
    }

    fileprivate func refusal(of estimate: Money) -> SpentBudget? {
        let hasRoom = spent + reserved + estimate <= limit.amount || (running == 0 && spent < limit.amount)
        guard !hasRoom else { return nil }
        return SpentBudget(
            scope: limit.scope,
            windowName: limit.windowName,
            limit: limit.amount,
            spent: spent,
            reserved: reserved,
            resets: window.to
        )
    }
}
