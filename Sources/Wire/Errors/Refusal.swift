package import Domain

/// A request that the gateway answers itself, without asking a provider.
package enum Refusal: Hashable, Sendable {
    /// A budget is spent; the text says which and until when.
    case budgetSpent(String)
    /// The key is none that this gateway has given out.
    case unknownKey
    case modelNotAllowed(String)
    case unknownPath(String)
    case bodyTooLarge(limit: Int)
    /// The request cannot be read or served; the text says why.
    case badRequest(String)
    case forbidden(String)
    /// No upstream answered.
    case noUpstream(String)
    case timedOut(String)

    package var failure: ReplyFailure {
        switch self {
        case .budgetSpent(let text): ReplyFailure(.rateLimit, text)
        case .unknownKey:
            ReplyFailure(.authentication, "the gateway takes known keys alone; make one with: suffice apps add NAME")
        case .modelNotAllowed(let model): ReplyFailure(.permission, "this key may not use the model \(model)")
        case .unknownPath(let path): ReplyFailure(.notFound, "the gateway does not serve \(path)")
        case .bodyTooLarge(let limit): ReplyFailure(.requestTooLarge, "the request is larger than \(limit) bytes")
        case .badRequest(let text): ReplyFailure(.invalidRequest, text)
        case .forbidden(let text): ReplyFailure(.permission, text)
        case .noUpstream(let text): ReplyFailure(.overloaded, text)
        case .timedOut(let text): ReplyFailure(.timeout, text)
        }
    }

    /// The status and body for a client of a format, and what it is told of trying again.
    ///
    /// SDKs and agents try a 429 again and again unless `x-should-retry` says not to.
    package func reply(
        in format: APIFormat,
        requestID: String? = nil
    ) -> (status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        var failure = failure.told(by: .anthropic, to: format.provider)
        var headers = [(name: "content-type", value: "application/json")]
        if case .budgetSpent = self {
            headers.append((name: "x-should-retry", value: "false"))
            if format.provider == .openAI {
                failure.type = ErrorKind.billing.openAIType
                failure.code = ErrorKind.billing.openAICode
            }
        }
        if case .unknownPath = self { failure.code = nil }
        return (failure.status, headers, failure.body(in: format, requestID: requestID))
    }
}
