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

    /// What requests of a window have cost already under a limit, as far as the journal has been read.
    func spent(under limit: SpendingLimit, in window: Window) throws -> Money {
        var pricer = Pricer(book: prices)
        var sum = Money.zero
        try telling {
            try store.forEachExchange(in: window) { exchange in
                guard limit.scope.includes(exchange.intent.sender) else { return }
                sum += exchange.cost(with: &pricer) ?? .zero
            }
        }
        return sum
    }
}
