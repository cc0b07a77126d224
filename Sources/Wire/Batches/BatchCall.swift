package import Domain

/// One HTTP request to the part of a provider's API that takes many requests at once, answers within a day, and asks half
/// the price: Anthropic's Message Batches and OpenAI's Batch API.
///
/// Ids that providers gave out are put into paths; ``BatchState`` only lets through those that can stand there.
package struct BatchCall: Hashable, Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    package var method: Method
    /// With its query.
    package var path: String
    package var contentType: String?
    package var body: [UInt8]

    init(_ method: Method, _ path: String, contentType: String? = nil, body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.contentType = contentType
        self.body = body
    }

    /// The batches of the account, newest first; `after` is the last of the page before.
    package static func list(of provider: Provider, limit: Int, after: String? = nil) -> BatchCall {
        let cursor = after.map { "&\(provider == .anthropic ? "after_id" : "after")=\($0)" } ?? ""
        return BatchCall(.get, "\(root(of: provider))?limit=\(limit)\(cursor)")
    }

    package static func state(of id: String, at provider: Provider) -> BatchCall {
        BatchCall(.get, "\(root(of: provider))/\(id)")
    }

    /// Ends a batch early; what was answered by then is answered, and billed.
    package static func cancel(_ id: String, at provider: Provider) -> BatchCall {
        BatchCall(.post, "\(root(of: provider))/\(id)/cancel")
    }

    /// What came of an ended batch: a line a request, in any order, in as many files as there are.
    package static func results(of state: BatchState, at provider: Provider) -> [BatchCall] {
        switch provider {
        // Not at the batch's `results_url`: the key goes to nobody but the server that is known.
        case .anthropic: [BatchCall(.get, "\(root(of: provider))/\(state.id)/results")]
        case .openAI: state.files.map { BatchCall(.get, "/v1/files/\($0)/content") }
        }
    }

    /// Removes what an ended batch leaves at OpenAI, which keeps uploaded requests for good; Anthropic's go by themselves.
    package static func cleaning(up state: BatchState, at provider: Provider) -> [BatchCall] {
        provider == .anthropic ? [] : (state.uploads + state.files).map { BatchCall(.delete, "/v1/files/\($0)") }
    }

    private static func root(of provider: Provider) -> String {
        provider == .anthropic ? "/v1/messages/batches" : "/v1/batches"
    }
}
