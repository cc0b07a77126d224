import Domain
import Testing

@testable import Wire

private func failure(_ body: String, status: Int, of provider: Provider) -> ReplyFailure {
    Array(body.utf8).withUnsafeBytes { ReplyFailure(status: status, body: $0, of: provider) }
}

@Suite struct ErrorTests {
    /// Kind; Anthropic's status and type; OpenAI's status, type and code.
    private static let table: [(ErrorKind, Int, String, Int, String, String?)] = [
        (.invalidRequest, 400, "invalid_request_error", 400, "invalid_request_error", nil),
        (.authentication, 401, "authentication_error", 401, "authentication_error", "invalid_api_key"),
        (.billing, 402, "billing_error", 429, "insufficient_quota", "insufficient_quota"),
        (.permission, 403, "permission_error", 403, "permission_error", nil),
        (.notFound, 404, "not_found_error", 404, "invalid_request_error", "model_not_found"),
        (.conflict, 409, "conflict_error", 409, "invalid_request_error", nil),
        (.requestTooLarge, 413, "request_too_large", 413, "invalid_request_error", nil),
        (.rateLimit, 429, "rate_limit_error", 429, "rate_limit_error", "rate_limit_exceeded"),
        (.api, 500, "api_error", 500, "server_error", "server_error"),
        (.timeout, 504, "timeout_error", 504, "server_error", nil),
        (.overloaded, 529, "overloaded_error", 503, "server_error", "server_is_overloaded"),
    ]

    @Test func `every kind of error is in the table`() {
        #expect(Self.table.map(\.0) == ErrorKind.allCases)
    }

    @Test(arguments: table.indices)
    func `pitfall 16: an error is told to the other provider's clients in its words, and back`(row: Int) {
        let (kind, status, type, openAIStatus, openAIType, code) = Self.table[row]
        let anthropic = ReplyFailure(status: status, type: type, message: "why")
        let openAI = ReplyFailure(status: openAIStatus, type: openAIType, message: "why", code: code)
        #expect(anthropic.kind == kind)
        #expect(openAI.kind == kind)
        #expect(anthropic.told(by: .anthropic, to: .openAI) == openAI)
        #expect(openAI.told(by: .openAI, to: .anthropic) == anthropic)
        #expect(anthropic.told(by: .anthropic, to: .anthropic) == anthropic)
    }

    @Test(arguments: [
        (
            #"{"error":{"message":"m","type":"invalid_request_error","param":null,"code":null}}"#, 401,
            ErrorKind.authentication
        ),
        (#"{"error":{"message":"m","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#, 429, .rateLimit),
        (#"{"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}}"#, 429, .billing),
        (#"{"error":"m"}"#, 503, .overloaded),
        ("<html>Bad Gateway</html>", 502, .api),
        ("", 529, .overloaded),
        ("null", 418, .invalidRequest),
    ])
    func `an error's kind is told by its code, its type and its status`(body: String, status: Int, kind: ErrorKind) {
        let read = failure(body, status: status, of: .openAI)
        #expect(read.kind == kind)
        #expect(read.status == status)
        #expect(!read.message.isEmpty)
    }

    @Test func `a spend limit of Anthropic's is out of credit to OpenAI's clients`() {
        let read = failure(
            #"{"type":"error","error":{"type":"rate_limit_error","message":"m","details":{"error_code":"enforced_spend_limit_reached"}}}"#,
            status: 429,
            of: .anthropic
        )
        #expect(read.told(by: .anthropic, to: .openAI).code == "insufficient_quota")
    }

    @Test func `pitfall 16: a conversation that is too long is said so in the words that agents know`() {
        let openAI = failure(
            #"{"error":{"message":"Your input exceeds the context window.","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
            status: 400,
            of: .openAI
        )
        #expect(
            openAI.told(by: .openAI, to: .anthropic).message
                == "prompt is too long: Your input exceeds the context window."
        )
        let anthropic = failure(
            #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 3 tokens > 2 maximum"}}"#,
            status: 400,
            of: .anthropic
        )
        #expect(anthropic.told(by: .anthropic, to: .openAI).code == "context_length_exceeded")
    }

    @Test func `pitfall 15: a spent budget is a 429 that nobody tries again`() {
        let (status, headers, body) = Refusal.budgetSpent("the day's budget of $5 is spent").reply(in: .messages)
        #expect(status == 429)
        #expect(headers.contains { $0 == ("x-should-retry", "false") })
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"type":"error","error":{"type":"rate_limit_error","message":"the day's budget of $5 is spent"}}"#
        )
        let openAI = Refusal.budgetSpent("spent").reply(in: .responses)
        #expect(openAI.status == 429)
        #expect(openAI.headers.contains { $0 == ("x-should-retry", "false") })
        #expect(
            String(decoding: openAI.body, as: UTF8.self)
                == #"{"error":{"message":"spent","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#
        )
    }

    @Test(arguments: [
        (Refusal.unknownKey, 401, "authentication_error"), (.unknownPath("/v2"), 404, "not_found_error"),
        (.bodyTooLarge(limit: 10), 413, "request_too_large"), (.badRequest("no"), 400, "invalid_request_error"),
        (.forbidden("no"), 403, "permission_error"), (.modelNotAllowed("x"), 403, "permission_error"),
        (.noUpstream("none"), 529, "overloaded_error"), (.timedOut("late"), 504, "timeout_error"),
    ])
    func `the gateway's own refusals have the client's shape`(refusal: Refusal, status: Int, type: String) {
        let messages = refusal.reply(in: .messages, requestID: "req_1")
        #expect(messages.status == status)
        let text = String(decoding: messages.body, as: UTF8.self)
        #expect(text.hasPrefix("{\"type\":\"error\",\"error\":{\"type\":\"\(type)\""))
        #expect(text.hasSuffix(#""request_id":"req_1"}"#))
        let chat = String(decoding: refusal.reply(in: .chatCompletions).body, as: UTF8.self)
        #expect(chat.hasPrefix(#"{"error":{"message":"#))
    }

    @Test func `pitfall 12: a relayed response that breaks off ends as the one that began`() {
        var meter = UsageMeter(format: .responses, isStream: true)
        let created =
            #"{"type":"response.created","response":{"id":"resp_1","created_at":17,"model":"gpt"},"sequence_number":4}"#
        stream(created)[0].withUnsafeBytes { _ = meter.read($0) }
        let ending = String(decoding: meter.ending(with: ReplyFailure(.timeout, "late")), as: UTF8.self)
        #expect(
            ending.hasPrefix(
                """
                event: response.failed
                data: {"type":"response.failed","sequence_number":5,"response":{"id":"resp_1","object":"response","created_at":17,
                """
            )
        )
    }

    @Test(arguments: APIFormat.allCases)
    func `pitfall 12: what ends a broken stream is read as an error`(format: APIFormat) {
        let broken = ReplyFailure(.overloaded, "gone").told(by: .anthropic, to: format.provider)
        let reply = metered([broken.ending(in: format)], format)
        #expect(reply.ending == .failed)
        #expect(reply.failure?.message == "gone")
        #expect(reply.failure?.kind == .overloaded)
    }
}
