package import Domain
internal import JSONText

/// Why a model stopped, in each format's words; the table stands in `Docs/Formats.md`.
extension StopReason {
    /// Anthropic's `stop_reason`.
    init(messages name: RawText) {
        self =
            switch name.count {
            case 8 where name.is("tool_use"): .toolUse
            case 8 where name.is("end_turn"): .endTurn
            case 10 where name.is("max_tokens"): .maxTokens
            case 29 where name.is("model_context_window_exceeded"): .maxTokens
            case 13 where name.is("stop_sequence"): .stopSequence
            case 7 where name.is("refusal"): .refusal
            case 10 where name.is("pause_turn"): .pauseTurn
            default: .unknown
            }
    }

    /// The `finish_reason` of a chat completion; whether it holds tool calls counts for more than what it says of them.
    init(chatCompletion name: RawText, hasToolCalls: Bool) {
        self =
            switch name.count {
            case 4 where name.is("stop"): hasToolCalls ? .toolUse : .endTurn
            case 10 where name.is("tool_calls"), 13 where name.is("function_call"): hasToolCalls ? .toolUse : .endTurn
            case 6 where name.is("length"): .maxTokens
            case 14 where name.is("content_filter"): .refusal
            default: hasToolCalls ? .toolUse : .unknown
            }
    }

    /// The `incomplete_details.reason` of a response.
    init(incompleteResponse reason: RawText?) {
        guard let reason else {
            self = .maxTokens
            return
        }
        self = reason.is("content_filter") ? .refusal : .maxTokens
    }

    /// Anthropic's word for it.
    package var messagesName: StaticString {
        switch self {
        case .toolUse: "tool_use"
        case .maxTokens: "max_tokens"
        case .stopSequence: "stop_sequence"
        case .refusal: "refusal"
        case .pauseTurn: "pause_turn"
        case .endTurn, .unknown, .error: "end_turn"
        }
    }

    /// The word of Chat Completions for it; a refusal that stands in the reply in words is a normal end there.
    package func chatCompletionName(isWorded: Bool) -> StaticString {
        switch self {
        case .toolUse: "tool_calls"
        case .maxTokens: "length"
        case .refusal: isWorded ? "stop" : "content_filter"
        case .stopSequence, .pauseTurn, .endTurn, .unknown, .error: "stop"
        }
    }

    /// The `incomplete_details.reason` of a response that stopped so; nil where it is complete, as it is with a refusal
    /// that stands in the reply in words.
    package func incompleteReason(isWorded: Bool) -> StaticString? {
        switch self {
        case .maxTokens: "max_output_tokens"
        case .refusal: isWorded ? nil : "content_filter"
        case .toolUse, .stopSequence, .pauseTurn, .endTurn, .unknown, .error: nil
        }
    }
}
