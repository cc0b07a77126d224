import Domain
import Providers
import Wire

extension Endpoint {
    init?(_ head: HTTPRequestHead) {
        let method: String
        switch head.method {
        case .get: method = "GET"
        case .head: method = "HEAD"
        case .post: method = "POST"
        case .other: return nil
        }
        self.init(method: method, target: head.path)
    }

    /// Whose error shape a client of a path expects, known endpoint or not.
    static func errorFormat(of head: HTTPRequestHead) -> APIFormat {
        if head.path.hasPrefix("/v1/messages") || head.fields.contains("anthropic-version") { return .messages }
        return head.isPath("/v1/responses") ? .responses : .chatCompletions
    }
}
