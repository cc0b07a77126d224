/// Routing's third answer beside decided and one question short of it: ask the cheaper model, and judge what it says.
///
/// Make a ``CascadePlan`` of it and perform that. Where the request cannot be held back until the verdict, or asks for
/// what is billed twice or done twice, go by what routing says otherwise.
package struct TryThenJudge: Hashable, Sendable {
    package var cascade: Cascade
    /// What the limits of the session and the ticket leave.
    package var escalationsAllowed: Int
    package var judging: AnswerCheck

    package init(cascade: Cascade, escalationsAllowed: Int, judging: AnswerCheck) {
        self.cascade = cascade
        self.escalationsAllowed = escalationsAllowed
        self.judging = judging
    }

    package var plan: CascadePlan { CascadePlan(cascade, escalationsAllowed: escalationsAllowed) }
}
