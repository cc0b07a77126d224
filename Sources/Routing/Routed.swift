package import Domain

/// What routing says of one request.
package struct Routed: Hashable, Sendable {
    /// Where a request stands in its conversation, which says whether its model is open.
    package enum Moment: String, CaseIterable, Sendable, Codable {
        /// The first request of a session's main thread, or of a client that names no session.
        case first
        /// The first request of a subagent.
        case subagentStart = "subagent-start"
        /// A call the agent makes on the side, such as for a title; it belongs to no conversation.
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

    package init(decision: Decision, moment: Moment, phase: Phase? = nil) {
        self.decision = decision
        self.moment = moment
        self.phase = phase
    }
}

/// Decided, or one question short of it.
package enum RoutingStep: Hashable, Sendable {
    case decided(Routed)
    /// Ask the classifying model, then call ``Router/decide(_:in:at:classified:)``; where that cannot be done at all,
    /// go by `otherwise`.
    case needsClassifier(ClassifierQuestion, otherwise: Routed)
}
