package import Domain

/// What routing says of one request.
package struct Routed: Hashable, Sendable {
    /// Where a request stands in its conversation, which says whether its model is open.
    package enum Moment: String, CaseIterable, Sendable, Codable {
        /// The first request of a session's main thread, or of a client that names no session.
        case first
        /// The first request of a subagent.
        case subagentStart = "subagent-start"
        /// A call the agent makes on the side, such as for a title; it leaves the conversation as it was.
        case background
        /// The conversation begins anew with its summary.
        case compacted
        /// The provider has forgotten the conversation's prompt.
        case cacheExpired = "cache-expired"
        /// Any other: the conversation stays on its model.
        case continuing
    }

    package var decision: Decision
    package var moment: Moment
    /// The phase the header names, or the one the request looks like; where neither, that of the conversation.
    package var phase: Phase?
    /// Whose model serves the request, and whose was asked for.
    package var provider: Provider?
    var requestedProvider: Provider?
    /// Whether the client marks places for the prompt cache; nil where the body was not looked at.
    var marksCache: Bool?
    /// Of the prompt, what the model asked for may have in its cache.
    var warmTokens = 0
    /// What following the decision may lose; nil where it takes nothing to another model.
    package var exposure: Exposure?

    package init(decision: Decision, moment: Moment, phase: Phase? = nil) {
        self.decision = decision
        self.moment = moment
        self.phase = phase
    }
}

/// Decided, or one question or one answer short of it.
package enum RoutingStep: Hashable, Sendable {
    case decided(Routed)
    /// Ask the classifying model, then call ``Router/decide(_:in:at:escalated:classified:)``; where that cannot be done
    /// at all, go by `otherwise`.
    case needsClassifier(ClassifierQuestion, otherwise: Routed)
    /// Ask cheaper models first and judge what they say; where that cannot be done, go by `otherwise`.
    case tryThenJudge(TryThenJudge, otherwise: Routed)
}

/// How often a stronger model was already asked in place of one that did not do.
package struct EscalationCount: Hashable, Sendable {
    /// In this session, subagents included.
    package var session: Int
    /// For this ticket, over all sessions.
    package var ticket: Int

    package init(session: Int = 0, ticket: Int = 0) {
        self.session = session
        self.ticket = ticket
    }

    package static let none = EscalationCount()
}
