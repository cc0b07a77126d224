/// How far a model's turn agrees with the record.
package struct TurnVerdict: Sendable {
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Every change and run comes to the same, every look is at the same target.
        case agree
        /// The same, with more looked at.
        case covers
        /// What it does comes a little later in the record.
        case reordered
        case differs
        /// One goes on where the other ends.
        case stopMismatch
        /// A call that its tool would not take.
        case invalid
        /// There is no reply to compare.
        case error

        /// Whether the turn counts as agreement with the record.
        package var isAgreement: Bool { self == .agree || self == .covers }

        /// Whether it counts at all: trouble says nothing about a model's choice.
        package var isCounted: Bool { self != .error }
    }

    package struct Pair: Hashable, Sendable {
        /// Places among the recorded and the candidate's calls.
        package var recorded: Int
        package var candidate: Int
        package var equivalence: Equivalence
    }

    package struct Fault: Hashable, Sendable {
        /// The place among the candidate's calls.
        package var call: Int
        package var text: String
    }

    package var outcome: Outcome = .differs
    /// The weakest level among recorded calls that change or run something; where there are none, among all.
    package var level: EquivalenceLevel = .none
    /// 0 to 1: levels' scores, weighted by what the recorded calls do.
    package var score: Double = 0
    package var pairs: [Pair] = []
    /// What the candidate's calls break of their tools' schemas.
    package var faults: [Fault] = []
    /// Calls of the candidate's that stand for no recorded one: more to pay for, or more done.
    package var extraObserving = 0
    package var extraDecisive = 0
}
