import Domain
import Gateway
import Pricing
import Reports
import Store

extension Workbench {
    /// The limits of `[[budget]]`, and of apps that have one.
    func spendingLimits(_ settings: GatewaySettings, _ apps: Apps) -> [SpendingLimit] {
        let ofApps = apps.apps.compactMap { app in
            app.budget.map { budget in
                GatewaySettings.BudgetSetting(
                    scope: .app(app.name),
                    window: BudgetWindow(rawValue: budget.window) ?? .day,
                    amount: budget.amount
                )
            }
        }
        return (settings.budgets + ofApps).map { $0.limit(in: zone) }
    }

    /// The limits with what their windows have seen spent through the gateway, as far as the journal has been read.
    func budgets(_ limits: [SpendingLimit]) throws -> Budgets {
        var pricer = Pricer(book: prices)
        var spent: [Money] = []
        for limit in limits {
            var sum = Money.zero
            try telling {
                try store.forEachExchange(in: limit.window(world.now)) { exchange in
                    guard limit.scope.includes(exchange.intent.sender) else { return }
                    sum += exchange.cost(with: &pricer) ?? .zero
                }
            }
            spent.append(sum)
        }
        var next = spent.makeIterator()
        // Each limit is asked for once, in order.
        return Budgets(limits, at: world.now) { _, _ in next.next() ?? .zero }
    }
}
