import Domain

/// Routing's third answer beside decided and one question short of it: ask the cheaper model, and judge what it says.
///
/// Perform its ``plan``, and judge each attempt's answer by ``check(ofAttempt:offering:)``. Where the request cannot be held
/// back until the verdict, or asks for what is done on the provider's side, go by what routing says otherwise.
package struct TryThenJudge: Hashable, Sendable {
    package var cascade: Cascade
    /// By attempt; one that is missing accepts whatever is not wrong for certain.
    package var judges: [AnswerJudge]
    /// What the limits of the session and the ticket leave.
    package var escalationsAllowed: Int

    package init(cascade: Cascade, judges: [AnswerJudge] = [], escalationsAllowed: Int) {
        self.cascade = cascade
        self.judges = judges
        self.escalationsAllowed = escalationsAllowed
    }

    package init(_ fitted: FittedCascade, escalationsAllowed: Int) {
        self.init(cascade: fitted.cascade, judges: fitted.judges, escalationsAllowed: escalationsAllowed)
    }

    package var plan: CascadePlan { CascadePlan(cascade, escalationsAllowed: escalationsAllowed) }

    /// `tools` are those that the request offers, by name; nil where they were not looked at.
    package func check(ofAttempt attempt: Int, offering tools: [String: ToolSchema]? = nil) -> AnswerCheck {
        AnswerCheck(tools: tools, judge: judges.indices.contains(attempt) ? judges[attempt] : nil)
    }
}
