package import Domain
package import Pricing
import Synchronization

/// The budgets of a running gateway, for all its event loops; nothing in it waits.
package final class BudgetKeeper: Sendable {
    private struct State {
        var budgets: Budgets
        var pricer: Pricer
    }

    private let state: Mutex<State>

    package init(_ budgets: Budgets, prices: PriceBook) {
        state = Mutex(State(budgets: budgets, pricer: Pricer(book: prices)))
    }

    /// Holds what a request may cost, until ``end(_:)`` is told of it; else answers the budget that leaves no room.
    package func begin(_ intent: Exchange.Intent, maxOutputTokens: Int?) -> SpentBudget? {
        state.withLock { state in
            let estimate = CostEstimate.cost(
                promptBytes: intent.requestBytes,
                maxOutputTokens: maxOutputTokens,
                on: intent.decision.served,
                at: intent.time,
                with: &state.pricer
            )
            do throws(SpentBudget) {
                try state.budgets.reserve(estimate, for: intent.sender, as: intent.id, at: intent.time)
                return nil
            } catch {
                return error
            }
        }
    }

    /// Puts what it cost in the place of what was held, and answers it; what the provider did not tell, or has no price,
    /// is nothing.
    @discardableResult
    package func end(_ exchange: Exchange) -> Money? {
        state.withLock { state in
            let cost = exchange.cost(with: &state.pricer)
            state.budgets.settle(exchange.intent.id, cost: cost ?? .zero)
            return cost
        }
    }

    /// Takes changed limits and prices over; see ``Budgets/replace(_:at:spent:)``.
    package func replace(
        _ limits: [SpendingLimit],
        prices: PriceBook,
        at now: Timestamp,
        spent: (SpendingLimit, Window) -> Money
    ) {
        state.withLock { state in
            state.budgets.replace(limits, at: now, spent: spent)
            state.pricer = Pricer(book: prices)
        }
    }

    package func standing() -> [(limit: SpendingLimit, spent: Money, reserved: Money)] {
        state.withLock { $0.budgets.standing() }
    }

    /// Requests under a limit that are running.
    package var runningCount: Int { state.withLock { $0.budgets.runningCount } }
}

extension Exchange {
    /// What the provider billed; nil where it did not say, or a model has no price.
    package func cost(with pricer: inout Pricer) -> Money? {
        guard let outcome, let usage = outcome.usage else { return nil }
        return pricer.cost(
            of: Call(
                key: CallKey(id: 0),
                id: intent.id,
                time: intent.time,
                model: outcome.model,
                mode: outcome.mode,
                usage: usage,
                earlierAttempts: outcome.earlierAttempts,
                position: LogPosition(offset: 0, length: 0)
            )
        )
    }
}
