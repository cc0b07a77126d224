package import Domain

/// What to do next with one request in a cascade; the gateway performs it and tells what came of it.
///
/// Nothing goes to the client before ``Action/give(attempt:)``, so that an answer which will not do leaves no trace. Where
/// no escalation is allowed, the last model is asked at once: an answer that would be doubted and given all the same helps
/// nobody. An answer that was doubted is better than none, so that it is given where all models behind it fail.
package struct CascadePlan: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// Ask this model, and hold its answer back.
        case ask(ModelID, attempt: Int)
        /// Judge this attempt's answer: it will do where at most so much is expected to be gained.
        case judge(attempt: Int, acceptedGain: Double)
        /// Give this attempt's answer to the client; nothing is left to do.
        case give(attempt: Int)
        /// No model answered; give the last one's error to the client.
        case fail
        /// An event that cannot come now; do nothing.
        case none
    }

    private enum State: Hashable {
        case ready
        case asking(Int)
        case judging(Int)
        case finished
    }

    private let cascade: Cascade
    private var state = State.ready
    /// The last attempt that has an answer, however it was judged.
    private var held: Int?
    /// How many times a stronger model was asked.
    package private(set) var escalations = 0

    /// `escalationsAllowed` is what the limits of the session and the ticket leave.
    package init(_ cascade: Cascade, escalationsAllowed: Int = Cascade.mostEscalations) {
        self.cascade = cascade.limited(toEscalations: escalationsAllowed)
    }

    package mutating func begin() -> Action {
        guard state == .ready else { return .none }
        return ask(0)
    }

    /// The model asked has answered in full.
    package mutating func answered() -> Action {
        guard case .asking(let attempt) = state else { return .none }
        held = attempt
        guard attempt < cascade.attempts.count else {
            state = .finished
            return .give(attempt: attempt)
        }
        state = .judging(attempt)
        return .judge(attempt: attempt, acceptedGain: cascade.attempts[attempt].acceptedGain)
    }

    /// The model asked gave no answer: an error, a timeout, or a broken stream.
    package mutating func failed() -> Action {
        guard case .asking(let attempt) = state else { return .none }
        if attempt < cascade.attempts.count { return escalate(from: attempt) }
        state = .finished
        return held.map { .give(attempt: $0) } ?? .fail
    }

    package mutating func judged(accepts: Bool) -> Action {
        guard case .judging(let attempt) = state else { return .none }
        guard !accepts else {
            state = .finished
            return .give(attempt: attempt)
        }
        return escalate(from: attempt)
    }

    private mutating func escalate(from attempt: Int) -> Action {
        escalations += 1
        return ask(attempt + 1)
    }

    private mutating func ask(_ attempt: Int) -> Action {
        state = .asking(attempt)
        return .ask(cascade.models[attempt], attempt: attempt)
    }
}
