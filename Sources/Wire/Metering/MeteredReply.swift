package import Domain

/// What a reply's bytes say of its cost and its fate, as far as they have come.
package struct MeteredReply: Hashable, Sendable {
    /// How the reply begins: nothing is given to the client before that is known, as another upstream may still do it.
    package enum Beginning: Hashable, Sendable {
        /// Only pings and comments so far.
        case nothing
        /// A reply.
        case content
        /// An error, or what is no reply at all.
        case failed
    }

    package enum Ending: Hashable, Sendable {
        /// More must come; at the body's end: it was cut off.
        case open
        /// The model has said why it stopped, but the format's last event is missing.
        case stopped
        /// Ended as its format ends.
        case complete
        /// Ended with an error.
        case failed
    }

    /// The provider's id of the reply.
    package var id: String?
    /// The model that the provider says served it, without decorations.
    package var model: ModelID?
    package var mode = ServingMode.standard
    /// The tokens, as last told; of a stream that is cut off, those of its beginning.
    package var usage: Usage?
    /// Billed attempts and side work besides ``usage``.
    package var earlierAttempts: [Attempt] = []
    package var stopReason = StopReason.unknown
    /// Bytes of text, thinking and tool input.
    package var visibleOutputBytes = 0
    package var beginning = Beginning.nothing
    package var ending = Ending.open
    /// The error it ended with; inside a 200 the status is the one it would have had by itself.
    package var failure: ReplyFailure?

    package init() {}

    /// The error that a reply begins with, in its provider's words; nil for one that has begun well.
    ///
    /// At the body's end also that it was empty, which counts as an overloaded provider.
    package var failureBeforeContent: ReplyFailure? { beginning == .failed ? failure : nil }
}
