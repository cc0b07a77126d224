import Dashboard
import Domain

/// Reports that were made for a page already; each is good until the store holds something else.
actor ReportCache {
    /// What a report was asked for: a page of another day is another question.
    struct Question: Hashable {
        var name: String
        var filter: Filter
        var window: Window
        var day: Day
    }

    private struct Answer {
        var state: String
        var making: Task<any Sendable, any Error>
        /// Nil while it is made.
        var made: (any Sendable)?
    }

    /// Beyond it all are forgotten: nobody looks at so many at once.
    private static let mostKept = 64
    /// So long a page waits for a report that it can do without.
    private static let moment = Duration.milliseconds(20)
    private var answers: [Question: Answer] = [:]
    /// How long the last report of a name took to make.
    private var took: [String: Duration] = [:]

    /// The report as it is for that state of the store, made at most once for all who ask.
    func report<R: Sendable>(
        _ question: Question,
        at state: String,
        make: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        if let report = try await answer(question, at: state, make).value as? R { return report }
        return try await make()
    }

    /// The report where it is made, or will be in a moment; else nil, and it is being made.
    ///
    /// Nobody waits for one that took longer the last time.
    func known<R: Sendable>(
        _ question: Question,
        at state: String,
        make: @escaping @Sendable () async throws -> R
    ) async throws -> R? {
        _ = answer(question, at: state, make)
        let isQuick = took[question.name].map { $0 <= ReportCache.moment } ?? true
        let end = ContinuousClock.now + (isQuick ? ReportCache.moment : .zero)
        while true {
            if let answer = answers[question], answer.state == state, let made = answer.made { return made as? R }
            guard ContinuousClock.now < end else { return nil }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private func answer<R: Sendable>(
        _ question: Question,
        at state: String,
        _ make: @escaping @Sendable () async throws -> R
    ) -> Task<any Sendable, any Error> {
        if let known = answers[question], known.state == state { return known.making }
        if answers.count >= ReportCache.mostKept { answers = [:] }
        // Awaited by whoever asks; one that nobody waits for any more ends by itself and is there for the next.
        let making = Task.detached { () throws -> any Sendable in
            do {
                let began = ContinuousClock.now
                let report = try await make()
                await self.keep(report, as: question, at: state, after: .now - began)
                return report
            } catch {
                await self.forget(question, at: state)
                throw error
            }
        }
        answers[question] = Answer(state: state, making: making)
        return making
    }

    private func keep(_ report: any Sendable, as question: Question, at state: String, after duration: Duration) {
        took[question.name] = duration
        if answers[question]?.state == state { answers[question]?.made = report }
    }

    private func forget(_ question: Question, at state: String) {
        if answers[question]?.state == state { answers[question] = nil }
    }
}
