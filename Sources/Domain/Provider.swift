/// Whose API a server speaks; the raw value is its name in `[[upstream]]`.
package enum Provider: String, CaseIterable, Sendable, Codable {
    case anthropic
    case openAI = "openai"
}

/// The API a request is written in, and its reply.
package enum APIFormat: String, CaseIterable, Sendable, Codable {
    /// Anthropic's `POST /v1/messages`.
    case messages
    /// OpenAI's `POST /v1/chat/completions`.
    case chatCompletions = "chat-completions"
    /// OpenAI's `POST /v1/responses`.
    case responses

    package var provider: Provider {
        switch self {
        case .messages: .anthropic
        case .chatCompletions, .responses: .openAI
        }
    }

    /// The path it is asked at.
    package var path: String {
        switch self {
        case .messages: "/v1/messages"
        case .chatCompletions: "/v1/chat/completions"
        case .responses: "/v1/responses"
        }
    }
}
