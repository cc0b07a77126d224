package import Statistics

/// Says, without asking a model, how much better a stronger model would have done than the answer at hand.
///
/// Ridge regression of (stronger's score - this answer's score) on features of the answer and of the prompt. Above a
/// threshold, see ``Cascade``, the next model is asked.
package struct AnswerJudge: Hashable, Sendable, Codable {
    package let regression: LeaveOneOutRidge

    /// What a judge learns from: an answer, and how much the stronger model gained on it.
    package struct Row: Hashable, Sendable {
        package var answer: AnswerFeatures
        /// The prompt's surface features, or none; as many for all rows and for all questions later.
        package var prompt: [Double]
        /// The stronger model's score less the answer's.
        package var gain: Double

        package init(answer: AnswerFeatures, prompt: [Double] = [], gain: Double) {
            self.answer = answer
            self.prompt = prompt
            self.gain = gain
        }
    }

    /// Fewer teach chance.
    package static let fewestRows = 50

    /// Nil with too few rows, or where they do not fit each other.
    package init?(fitting rows: [Row]) {
        guard rows.count >= Self.fewestRows,
            let regression = LeaveOneOutRidge(
                features: rows.map { $0.answer.values + $0.prompt },
                targets: rows.map(\.gain)
            )
        else { return nil }
        self.regression = regression
    }

    /// What the stronger model is expected to gain, in the scores' unit.
    package func expectedGain(over answer: AnswerFeatures, prompt: [Double] = []) -> Double {
        regression.prediction(for: answer.values + prompt)
    }
}
