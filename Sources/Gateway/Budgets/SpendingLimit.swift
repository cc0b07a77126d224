package import Domain

/// One `[[budget]]`, or the budget of an app: so much money in a stretch of time.
package struct SpendingLimit: Sendable {
    /// Whose money it limits; written `total`, `project:NAME` or `app:NAME`.
    package enum Scope: Hashable, Sendable, CustomStringConvertible {
        case total
        case project(String)
        case app(String)

        /// Nil for a text that names none.
        package init?(_ text: String) {
            if text == "total" {
                self = .total
            } else if text.hasPrefix("project:"), text.utf8.count > 8 {
                self = .project(String(text.dropFirst(8)))
            } else if text.hasPrefix("app:"), text.utf8.count > 4 {
                self = .app(String(text.dropFirst(4)))
            } else {
                return nil
            }
        }

        package var description: String {
            switch self {
            case .total: "total"
            case .project(let name): "project:\(name)"
            case .app(let name): "app:\(name)"
            }
        }

        /// Whether a request counts; a project is meant by its folder or by its last part.
        package func includes(_ sender: RequestFacts.Sender) -> Bool {
            switch self {
            case .total: true
            case .app(let name): sender.app == name
            case .project(let name):
                sender.project.map { $0 == name || $0.split(separator: "/").last.map(String.init) == name } ?? false
            }
        }
    }

    package var scope: Scope
    package var amount: Money
    /// How a sentence names the stretch that is now, such as `today`.
    package var windowName: String
    /// The stretch a moment lies in; each begins with nothing spent.
    package var window: @Sendable (Timestamp) -> Window

    package init(
        scope: Scope,
        amount: Money,
        windowName: String,
        window: @escaping @Sendable (Timestamp) -> Window
    ) {
        self.scope = scope
        self.amount = amount
        self.windowName = windowName
        self.window = window
    }
}

/// A limit that leaves no room for a request: what the client is told with a 429 that must not be retried.
package struct SpentBudget: Error, Hashable, Sendable, CustomStringConvertible {
    package var scope: SpendingLimit.Scope
    package var windowName: String
    package var limit: Money
    /// Of requests that are over.
    package var spent: Money
    /// Held for requests that are running.
    package var reserved: Money
    /// When the next window begins.
    package var resets: Timestamp?

    package var description: String {
        var text = "Suffice budget '\(scope)': \(spent.budgetText) of \(limit.budgetText) spent \(windowName)"
        if reserved > .zero { text += ", \(reserved.budgetText) held for running requests" }
        if let resets { text += "; it starts anew at \(resets)" }
        return text + ". Raise [[budget]] in suffice.toml, or the app's, to go on."
    }
}

extension Money {
    /// Dollars and cents, rounded down: a budget that is not reached never reads as if it were.
    fileprivate var budgetText: String {
        let cents = max(0, nanoUSD) / 10_000_000
        return "$\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }
}
