package import Domain

/// What the gateway keeps of a conversation from one request to the next: one value for each session and subagent.
///
/// Make it with the first request's reply: `Conversation(routed)`, then ``record(_:promptBytes:usage:at:)``.
package struct Conversation: Hashable, Sendable {
    /// The model its client asks for.
    package private(set) var requested: ModelID
    /// The model it is on, or, where decisions are only observed, would be on.
    package private(set) var chosen: ModelID

    package init(_ first: Routed) {
        requested = first.decision.requested
        chosen = first.decision.chosen
    }

    /// Takes in a request and its reply; answers what the requested model would have been billed, with the prompt cache
    /// it would have had, or nil where it served itself.
    ///
    /// The bytes are the body's as the client sent it, the usage is as billed (nil where the provider did not say), the
    /// time is when the request came in.
    @discardableResult
    package mutating func record(
        _ routed: Routed,
        promptBytes: Int,
        usage: Usage?,
        at time: Timestamp
    ) -> Usage? { nil }
}
