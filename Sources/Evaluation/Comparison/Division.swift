/// Which rows are learned from, and which are judged on.
package enum Division: Hashable, Sendable {
    /// Test rows of their own; rows of training that have the prompt of one are left out.
    case given
    /// Every row is judged on once, by what was learned from the other folds.
    case folds(Int)
    /// So many rows drawn to learn from, all others to judge on.
    case labels(Int)
}
