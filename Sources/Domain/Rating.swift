/// How well a model did on a step of a session, as its user's own history says: what a router learns from.
///
/// The text is not in it: the prompt is read back from the agent's log, or from a copy of the request.
package struct Rating: Hashable, Sendable {
    /// Who says so.
    package enum Source: String, CaseIterable, Sendable, Codable {
        /// A replayed step was compared with what was done in fact.
        case replay
        /// Through the gateway a stronger model was asked for after it, or was not.
        case escalation
        /// A rule that sends such work to it was kept, or taken back.
        case rule
    }

    /// The provider's id of the reply to the step, as the agent logged it (``Call/id``).
    package var call: String
    package var model: ModelID
    /// From 0, useless, to 1, as good as the model that was asked for.
    package var score: Double
    package var source: Source
    package var time: Timestamp

    package init(call: String, model: ModelID, score: Double, source: Source, time: Timestamp) {
        self.call = call
        self.model = model
        self.score = score
        self.source = source
        self.time = time
    }
}
