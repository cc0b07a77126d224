package import Domain

/// What a client asks for by method and path; the query (`?beta=true`) changes nothing.
package enum Endpoint: Hashable, Sendable {
    case generate(APIFormat)
    /// How many tokens a prompt comes to. Only a provider's real count may answer: without one it is a 404, upon which
    /// the client estimates; never 0.
    case countTokens
    case models
    case model(id: String)
    case health

    /// Nil for anything else, which is a 404; so is a `GET` on `/v1/responses`, by which Codex tries a WebSocket first.
    ///
    /// - Parameters:
    ///   - method: in capitals.
    ///   - target: the path as it stands in the request's first line.
    package init?(method: String, target: String) {
        let bytes = target.utf8
        let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.endIndex
        var bare = target[..<end]
        if bare.utf8.count > 1, bare.utf8.last == UInt8(ascii: "/") { bare.removeLast() }
        switch (method, bare) {
        case ("POST", "/v1/messages"): self = .generate(.messages)
        case ("POST", "/v1/chat/completions"): self = .generate(.chatCompletions)
        case ("POST", "/v1/responses"): self = .generate(.responses)
        case ("POST", "/v1/messages/count_tokens"): self = .countTokens
        case ("GET", "/v1/models"): self = .models
        case ("GET", "/health"), ("HEAD", "/health"): self = .health
        case ("GET", _) where bare.hasPrefix("/v1/models/"):
            self = .model(id: String(bare.dropFirst("/v1/models/".count)))
        default: return nil
        }
    }
}
