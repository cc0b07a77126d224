/// A sort of error that both providers have a word and a status for; the table stands in `Docs/Formats.md`.
package enum ErrorKind: CaseIterable, Sendable {
    case invalidRequest
    case authentication
    /// The account is out of credit; waiting does not help.
    case billing
    case permission
    case notFound
    case conflict
    case requestTooLarge
    case rateLimit
    case api
    case timeout
    case overloaded

    /// Anthropic's `error.type`.
    package var messagesType: String {
        switch self {
        case .invalidRequest: "invalid_request_error"
        case .authentication: "authentication_error"
        case .billing: "billing_error"
        case .permission: "permission_error"
        case .notFound: "not_found_error"
        case .conflict: "conflict_error"
        case .requestTooLarge: "request_too_large"
        case .rateLimit: "rate_limit_error"
        case .api: "api_error"
        case .timeout: "timeout_error"
        case .overloaded: "overloaded_error"
        }
    }

    /// The status that Anthropic answers with.
    package var messagesStatus: Int {
        switch self {
        case .invalidRequest: 400
        case .authentication: 401
        case .billing: 402
        case .permission: 403
        case .notFound: 404
        case .conflict: 409
        case .requestTooLarge: 413
        case .rateLimit: 429
        case .api: 500
        case .timeout: 504
        case .overloaded: 529
        }
    }

    /// OpenAI's `error.type`.
    package var openAIType: String {
        switch self {
        case .invalidRequest, .notFound, .conflict, .requestTooLarge: "invalid_request_error"
        case .authentication: "authentication_error"
        case .billing: "insufficient_quota"
        case .permission: "permission_error"
        case .rateLimit: "rate_limit_error"
        case .api, .timeout, .overloaded: "server_error"
        }
    }

    /// OpenAI's `error.code`, where it has one.
    package var openAICode: String? {
        switch self {
        case .authentication: "invalid_api_key"
        case .billing: "insufficient_quota"
        case .notFound: "model_not_found"
        case .rateLimit: "rate_limit_exceeded"
        case .overloaded: "server_is_overloaded"
        case .api: "server_error"
        case .invalidRequest, .permission, .conflict, .requestTooLarge, .timeout: nil
        }
    }

    /// The status that OpenAI answers with.
    package var openAIStatus: Int {
        switch self {
        case .billing: 429
        case .overloaded: 503
        default: messagesStatus
        }
    }
}
