/// What a replay of recorded steps on another model showed of a finding.
package struct Verdict: Hashable, Sendable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// The candidate agrees with history about as often as the original model does with itself.
        case supported
        /// It agrees clearly less often.
        case contradicted
        case inconclusive
        /// The requests could only be guessed, so that nothing is shown.
        case indicative
        /// The original model does not repeat itself on these requests, or they cannot be answered.
        case cannotTell
    }

    /// The finding it is about; for sessions named by hand, the study's own id.
    package var subject: String
    /// Of the study that showed it.
    package var study: String
    package var time: Timestamp
    package var outcome: Outcome
    package var model: ModelID
    package var target: ModelID
    /// Steps on which both models were asked.
    package var steps: Int
    /// How often the candidate's action was the recorded one's equal, in 0...1; nil without an answer.
    package var agreement: Double?
    /// How often the original model's was, asked again.
    package var floor: Double?
    /// The difference of the two, with its 95% interval.
    package var difference: Double?
    package var differenceLow: Double
    package var differenceHigh: Double
    /// Calls of tools the candidate makes for one of the original's, at least 1: what it saves is less by as much.
    package var extraCalls: Double
    package var spent: Money
    /// What it showed, in a sentence or two.
    package var text: String

    package init(
        subject: String,
        study: String,
        time: Timestamp,
        outcome: Outcome,
        model: ModelID,
        target: ModelID,
        steps: Int,
        agreement: Double?,
        floor: Double?,
        difference: Double?,
        differenceLow: Double,
        differenceHigh: Double,
        extraCalls: Double,
        spent: Money,
        text: String
    ) {
        self.subject = subject
        self.study = study
        self.time = time
        self.outcome = outcome
        self.model = model
        self.target = target
        self.steps = steps
        self.agreement = agreement
        self.floor = floor
        self.difference = difference
        self.differenceLow = differenceLow
        self.differenceHigh = differenceHigh
        self.extraCalls = extraCalls
        self.spent = spent
        self.text = text
    }
}
