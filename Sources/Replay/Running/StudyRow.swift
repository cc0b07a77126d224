package import Domain

/// A step and what each model did when asked again.
package struct StudyRow: Sendable {
    package struct Answer: Sendable {
        package var reply: ReplayReply
        /// Nil where there is nothing to compare: the reply was cut, declined or failed.
        package var verdict: StepVerdict?
        package var cost: Money
        /// Paid in a run before this one.
        package var isKept: Bool

        package init(reply: ReplayReply, verdict: StepVerdict?, cost: Money, isKept: Bool) {
            self.reply = reply
            self.verdict = verdict
            self.cost = cost
            self.isKept = isKept
        }
    }

    package var step: RecordedStep
    package var stratum: Stratum
    package var fidelity: Fidelity
    package var candidate: Answer?
    package var original: Answer?
    /// What was changed in the candidate's request, in words.
    package var changes: [String]

    package init(
        step: RecordedStep,
        stratum: Stratum,
        fidelity: Fidelity,
        candidate: Answer? = nil,
        original: Answer? = nil,
        changes: [String] = []
    ) {
        self.step = step
        self.stratum = stratum
        self.fidelity = fidelity
        self.candidate = candidate
        self.original = original
        self.changes = changes
    }

    /// Both models acted, so that they can be set against each other.
    package var isPair: Bool { candidate?.verdict != nil && original?.verdict != nil }
}

/// Why a study stopped.
package enum StudyEnding: Hashable, Sendable {
    case complete
    /// The sequential test had its answer.
    case decided
    /// The next request might have gone over the limit.
    case budget
    /// Several requests in a row failed, the last like this.
    case failing(String)
}
