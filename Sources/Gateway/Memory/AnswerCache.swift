import Routing

/// What the classifying model said of late, by the question's key.
struct AnswerCache: Sendable {
    private let mostAnswers: Int
    private var answers: [String: Classification] = [:]
    private var older: [String: Classification] = [:]

    init(mostAnswers: Int = 2048) { self.mostAnswers = mostAnswers }

    subscript(key: String) -> Classification? { answers[key] ?? older[key] }

    /// Failures are not kept: the next request may ask again.
    mutating func keep(_ answer: Classification, for key: String) {
        if case .failed = answer { return }
        answers[key] = answer
        guard answers.count >= mostAnswers else { return }
        older = answers
        answers = [:]
    }
}
