package import Domain
package import JSONText

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
    /// What routing says where a model's answer is given, in the order of the cascade's models; the detail is the
    /// performer's to say.
    package var routed: [Routed] = []

    package init(cascade: Cascade, judges: [AnswerJudge] = [], escalationsAllowed: Int) {
        self.cascade = cascade
        self.judges = judges
        self.escalationsAllowed = escalationsAllowed
    }

    package init(_ fitted: FittedCascade, escalationsAllowed: Int) {
        self.init(cascade: fitted.cascade, judges: fitted.judges, escalationsAllowed: escalationsAllowed)
    }

    /// The same without the models that cannot be asked; nil where none is left to try.
    ///
    /// A judge that compares with the answer before it says nothing without that, so that no judge is left then.
    package func keeping(_ canBeAsked: (ModelID) -> Bool) -> TryThenJudge? {
        let kept = cascade.attempts.indices.filter { canBeAsked(cascade.attempts[$0].model) }
        guard !kept.isEmpty else { return nil }
        guard kept.count < cascade.attempts.count else { return self }
        var step = self
        step.cascade = Cascade(attempts: kept.map { cascade.attempts[$0] }, last: cascade.last)
        step.judges = []
        if routed.count == cascade.models.count { step.routed = kept.map { routed[$0] } + routed.suffix(1) }
        return step
    }

    package var plan: CascadePlan { CascadePlan(cascade, escalationsAllowed: escalationsAllowed) }

    /// `tools` are those that the request offers, by name; nil where they were not looked at.
    package func check(ofAttempt attempt: Int, offering tools: [String: ToolSchema]? = nil) -> AnswerCheck {
        AnswerCheck(tools: tools, judge: judges.indices.contains(attempt) ? judges[attempt] : nil)
    }
}
