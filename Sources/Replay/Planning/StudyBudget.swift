package import Domain

/// Money that is set aside before a request goes out, so that no reply can bring a study over its limit.
package struct StudyBudget: Hashable, Sendable {
    package let limit: Money
    package private(set) var spent: Money
    private var reserved = Money.zero

    /// `spent` is what the study has cost already, in runs before this one.
    package init(limit: Money, spent: Money = .zero) {
        self.limit = limit
        self.spent = spent
    }

    /// False where it would be too much: nothing is set aside then.
    package mutating func reserve(_ amount: Money) -> Bool {
        guard spent + reserved + amount <= limit else { return false }
        reserved += amount
        return true
    }

    /// Gives back what was set aside, and takes what the reply came to.
    package mutating func settle(_ amount: Money, cost: Money) {
        reserved = reserved - amount
        spent += cost
    }

    /// A reply of a run before this one.
    package mutating func add(_ cost: Money) { spent += cost }
}
