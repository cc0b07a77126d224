package import Domain
import Statistics

/// `[routing] cascade`: which models are tried before the one asked for, and when.
package struct CascadePolicy: Hashable, Sendable {
    package enum When: String, CaseIterable, Sendable, Codable {
        /// Where no rule, phase or pattern knows the request.
        case unsure
        /// Wherever a conversation's model is open and no rule or phase speaks; patterns are not asked.
        case open
    }

    /// In the order they are asked; more than ``Cascade/mostEscalations`` are too many.
    package var models: [ModelID]
    package var when: When
    /// Judges and thresholds found from results; nil: an answer is doubted only for what is wrong for certain.
    package var fitted: FittedCascade?

    package init(models: [ModelID], when: When = .unsure, fitted: FittedCascade? = nil) {
        self.models = models
        self.when = when
        self.fitted = fitted
    }

    /// The judges speak only of the chain they were fitted on, or of its beginning.
    func step(trying models: [ModelID], before last: ModelID, escalationsAllowed: Int) -> TryThenJudge {
        if let fitted, fitted.judgesAnswersAlone, fitted.cascade.last == last,
            fitted.cascade.attempts.prefix(models.count).map(\.model) == models
        {
            return TryThenJudge(
                cascade: fitted.cascade.limited(toEscalations: models.count),
                judges: Array(fitted.judges.prefix(models.count)),
                escalationsAllowed: escalationsAllowed
            )
        }
        let attempts = models.map { Cascade.Attempt(model: $0, acceptedGain: 0) }
        return TryThenJudge(
            cascade: Cascade(attempts: attempts, last: last),
            escalationsAllowed: escalationsAllowed
        )
    }
}

extension FittedCascade {
    /// Its judges look at nothing but the answer and the prompt's text, as a gateway has them.
    package var judgesAnswersAlone: Bool {
        judges.count == cascade.attempts.count
            && judges.allSatisfy { $0.regression.coefficients.count == AnswerFeatures.names.count }
    }
}
