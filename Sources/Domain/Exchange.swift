/// One request through the gateway: who asked for what, what was decided, what served it and what it came to.
///
/// Written in two halves, ``Exchange/Intent`` before its first byte goes to a provider and ``Exchange/Outcome`` when it
/// is over, so that a request is never lost: an intent without an outcome was interrupted.
package struct Exchange: Hashable, Sendable {
    package var intent: Intent
    /// Nil where the gateway ended before the request did.
    package var outcome: Outcome?

    package init(intent: Intent, outcome: Outcome? = nil) {
        self.intent = intent
        self.outcome = outcome
    }

    package struct Intent: Hashable, Sendable {
        /// Unique over all runs of the gateway.
        package var id: String
        package var time: Timestamp
        /// Kept without ``RequestFacts/Sender/headers``.
        package var sender: RequestFacts.Sender
        /// How it will be paid: a subscription's token came with it, or a key; unknown where none did.
        package var billing: Billing
        package var format: APIFormat
        package var decision: Decision
        /// How hard the client asks the model to think, where it says so; a conversion may come only near it.
        package var effort: Effort?
        /// The name of the `[[upstream]]` it goes to first.
        package var upstream: String
        /// The format that upstream is asked in.
        package var upstreamFormat: APIFormat
        package var requestBytes: Int
        /// Hex SHA-256 of the body as the client sent it, where it is kept (`[capture] content`).
        package var content: String?

        package init(
            id: String,
            time: Timestamp,
            sender: RequestFacts.Sender,
            billing: Billing = .unknown,
            format: APIFormat,
            decision: Decision,
            effort: Effort? = nil,
            upstream: String,
            upstreamFormat: APIFormat,
            requestBytes: Int,
            content: String? = nil
        ) {
            self.id = id
            self.time = time
            self.sender = sender
            self.billing = billing
            self.format = format
            self.decision = decision
            self.effort = effort
            self.upstream = upstream
            self.upstreamFormat = upstreamFormat
            self.requestBytes = requestBytes
            self.content = content
        }
    }

    package struct Outcome: Hashable, Sendable {
        /// How it went; the raw value stands in the ledger.
        package enum Ending: String, CaseIterable, Sendable, Codable {
            case finished
            /// The provider answered with an error, which the client was given.
            case failed
            /// The client left before the reply was whole.
            case clientLeft = "client-left"
            /// The provider's reply broke off.
            case truncated
            /// The gateway ended first: what the provider served is not known.
            case interrupted
            /// Stopped before anything was sent, such as by a budget.
            case refused
        }

        package var ending: Ending
        package var time: Timestamp
        /// The upstream that answered in the end, after failover.
        package var upstream: String
        /// The status the client was given.
        package var status: Int
        /// The provider's id of the reply (`message.id`, `chatcmpl-…`, `resp_…`), as the client was given it.
        package var replyID: String?
        /// The provider's id of the request (`request-id`, `x-request-id`).
        package var requestID: String?
        /// The model that the provider says served it.
        package var model: ModelID
        package var mode: ServingMode
        /// Nil where the provider did not say.
        package var usage: Usage?
        /// What the requested model would have been billed, with the prompt cache it would have had; nil where it
        /// served itself and nothing else was billed.
        package var counterfactualUsage: Usage?
        /// Billed attempts besides the one in ``usage``.
        package var earlierAttempts: [Attempt]
        package var stopReason: StopReason
        /// Requests sent upstream for it.
        package var attempts: Int
        /// From the client's last byte to the first of the reply.
        package var firstByteMilliseconds: Int?
        /// Bytes of text, thinking and tool input in the reply.
        package var visibleOutputBytes: Int
        /// What conversions of the request and its reply dropped by rule, how often; the kinds stand in
        /// `Docs/Formats.md`.
        package var dropped: [String: Int]

        package init(
            ending: Ending,
            time: Timestamp,
            upstream: String,
            status: Int,
            replyID: String? = nil,
            requestID: String? = nil,
            model: ModelID,
            mode: ServingMode = .standard,
            usage: Usage? = nil,
            counterfactualUsage: Usage? = nil,
            earlierAttempts: [Attempt] = [],
            stopReason: StopReason = .unknown,
            attempts: Int = 1,
            firstByteMilliseconds: Int? = nil,
            visibleOutputBytes: Int = 0,
            dropped: [String: Int] = [:]
        ) {
            self.ending = ending
            self.time = time
            self.upstream = upstream
            self.status = status
            self.replyID = replyID
            self.requestID = requestID
            self.model = model
            self.mode = mode
            self.usage = usage
            self.counterfactualUsage = counterfactualUsage
            self.earlierAttempts = earlierAttempts
            self.stopReason = stopReason
            self.attempts = attempts
            self.firstByteMilliseconds = firstByteMilliseconds
            self.visibleOutputBytes = visibleOutputBytes
            self.dropped = dropped
        }
    }
}
