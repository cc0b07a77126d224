package import Domain

/// What a model answered, in no provider's format.
package struct ModelReply: Hashable, Sendable {
    /// The provider's own id (`msg_…`, `chatcmpl-…`, `resp_…`).
    package var id: String
    /// The model that the provider says served it.
    package var model: String
    package var parts: [Part]
    package var stop: Stop
    package var usage: Usage?
    package var mode: ServingMode

    package init(
        id: String,
        model: String,
        parts: [Part] = [],
        stop: Stop = Stop(.unknown),
        usage: Usage? = nil,
        mode: ServingMode = .standard
    ) {
        self.id = id
        self.model = model
        self.parts = parts
        self.stop = stop
        self.usage = usage
        self.mode = mode
    }

    /// Why the model stopped.
    package struct Stop: Hashable, Sendable {
        package var reason: StopReason
        /// Which of the client's stop sequences it was.
        package var sequence: String?

        package init(_ reason: StopReason, sequence: String? = nil) {
            self.reason = reason
            self.sequence = sequence
        }
    }
}

/// What happens in a streamed reply, in no provider's format.
///
/// Parts may be open at once (OpenAI's parallel tool calls); their index says which is meant.
package enum ReplyEvent: Hashable, Sendable {
    case started(id: String, model: String)
    case partStarted(index: Int, PartStart)
    case delta(index: Int, Delta)
    case partEnded(index: Int)
    /// The tokens so far: each replaces the one before.
    case usage(Usage, ServingMode)
    case stopped(ModelReply.Stop)
    /// The provider broke off with an error, or without a word.
    case failed(ReplyFailure)

    package enum PartStart: Hashable, Sendable {
        case text
        case thinking
        case redactedThinking(data: String)
        case toolUse(id: String, name: String)
        case refusal
    }

    package enum Delta: Hashable, Sendable {
        case text(String)
        case thinking(String)
        case signature(String)
        /// More of the JSON text of a tool's arguments, cut anywhere.
        case arguments([UInt8])
        case refusal(String)
    }
}

/// An error that a provider reports, or that the gateway has to report for it.
package struct ReplyFailure: Hashable, Sendable, Error {
    /// The status it would have had as a reply of its own.
    package var status: Int
    /// The provider's word for it, such as `overloaded_error`.
    package var type: String
    package var message: String
    package var code: String?

    package init(status: Int, type: String, message: String, code: String? = nil) {
        self.status = status
        self.type = type
        self.message = message
        self.code = code
    }
}
