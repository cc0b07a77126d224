package import Domain

extension ReplyFailure {
    /// An error of the gateway's own, in Anthropic's words until it is written for a client.
    package init(_ kind: ErrorKind, _ message: String) {
        self.init(status: kind.messagesStatus, type: kind.messagesType, message: message)
    }

    /// What sort of error it is, whichever provider said it: by its code or type where they are telling, else by its
    /// status.
    package var kind: ErrorKind {
        let word = code.flatMap { ErrorKind(word: $0) } ?? ErrorKind(word: type)
        // Many errors are called an invalid request or a server's error whose status says more.
        if let word, word != .invalidRequest, word != .api { return word }
        return ErrorKind(status: status) ?? word ?? .api
    }

    /// The same error as the other provider would put it; unchanged for the provider that said it.
    ///
    /// Agents make room when they are told so in their provider's own words: the conversation that is too long has
    /// those of the client's side.
    package func told(by other: Provider, to provider: Provider) -> ReplyFailure {
        guard other != provider else { return self }
        let kind = kind
        var told = ReplyFailure(status: status, type: "", message: message)
        switch provider {
        case .anthropic:
            told.type = kind.messagesType
            told.status = kind.messagesStatus
            if code == ReplyFailure.contextCode, !message.hasPrefix(ReplyFailure.tooLong) {
                told.message = "\(ReplyFailure.tooLong): \(message)"
            }
        case .openAI:
            told.type = kind.openAIType
            told.code = kind.openAICode
            told.status = kind.openAIStatus
            if message.hasPrefix(ReplyFailure.tooLong) { told.code = ReplyFailure.contextCode }
        }
        return told
    }

    /// Whether the provider could not take an earlier thought of the model's for its own: a signature that is invalid
    /// in Anthropic's words, or what OpenAI cannot decrypt.
    package var refusesThoughts: Bool {
        if code == "invalid_encrypted_content" { return true }
        let words = message.lowercased()
        return words.contains("signature") && words.contains("thinking")
    }

    /// OpenAI's code for a conversation that does not fit the model's window.
    private static let contextCode = "context_length_exceeded"
    /// How Anthropic begins to say the same.
    private static let tooLong = "prompt is too long"
}

extension ErrorKind {
    /// A provider's type or code.
    init?(word: String) {
        switch word {
        case "invalid_request_error", "invalid_prompt", "context_length_exceeded": self = .invalidRequest
        case "authentication_error", "invalid_api_key": self = .authentication
        case "billing_error", "insufficient_quota", "billing_hard_limit_reached", "enforced_spend_limit_reached",
            "contract_spend_limit_reached":
            self = .billing
        case "permission_error", "request_forbidden", "insufficient_permissions": self = .permission
        case "not_found_error", "model_not_found": self = .notFound
        case "conflict_error": self = .conflict
        case "request_too_large": self = .requestTooLarge
        case "rate_limit_error", "rate_limit_exceeded", "requests", "tokens": self = .rateLimit
        case "api_error", "server_error", "internal_server_error": self = .api
        case "timeout_error": self = .timeout
        case "overloaded_error", "server_is_overloaded", "slow_down": self = .overloaded
        default: return nil
        }
    }

    /// What a status says by itself; nil for one that is no error.
    init?(status: Int) {
        switch status {
        case 401: self = .authentication
        case 402: self = .billing
        case 403: self = .permission
        case 404: self = .notFound
        case 408, 504: self = .timeout
        case 409: self = .conflict
        case 413: self = .requestTooLarge
        case 429: self = .rateLimit
        case 503, 529: self = .overloaded
        case 400..<500: self = .invalidRequest
        case 500..<600: self = .api
        default: return nil
        }
    }
}
