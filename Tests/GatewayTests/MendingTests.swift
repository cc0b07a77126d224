import Domain
import Testing

@testable import Gateway
@testable import Providers

@Suite struct MendingTests {
    private static let thoughtful =
        #"{"model":"claude-opus-4-8","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"b","signature":"c"},{"type":"text","text":"d"}]},{"role":"user","content":"e"}]}"#
    private static let stripped =
        #"{"model":"claude-opus-4-8","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"text","text":"d"}]},{"role":"user","content":"e"}]}"#
    private static let invalidSignature =
        #"{"type":"error","error":{"type":"invalid_request_error","message":"messages.1.content.0: Invalid `signature` in `thinking` block"}}"#

    private func relay(
        _ body: String,
        path: String = "/v1/messages",
        _ replies: String...
    ) async throws -> (reply: RawClient.Reply, outcome: Exchange.Outcome, sent: [String]) {
        let upstream = try await ScriptedUpstream { [.send(replies[min($0, replies.count - 1)])] }
        let other = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let gateway = try await RunningGateway.start([
            path == "/v1/messages" ? .anthropic(upstream.url) : .openAI(upstream.url),
            .anthropic(other.url, name: "other", weight: 0),
        ])
        let request = RawClient.post(path, body, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        let exchange = try #require(try await gateway.ledger.exchanges(1).first)
        await gateway.stop()
        await upstream.stop()
        #expect(other.seen.isEmpty)
        await other.stop()
        let sent = upstream.seen.map { String(decoding: $0.body, as: UTF8.self) }
        return (reply, try #require(exchange.outcome), sent)
    }

    @Test func `pitfall 6: thoughts with an invalid signature are taken out for one more try on the same account`()
        async throws
    {
        let seen = try await relay(
            Self.thoughtful,
            Sample.reply(400, Self.invalidSignature),
            Sample.reply(200, Sample.message)
        )
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text == Sample.message)
        #expect(seen.sent == [Self.thoughtful, Self.stripped])
        #expect(seen.outcome.attempts == 2)
        #expect(seen.outcome.ending == .finished)
        #expect(seen.outcome.usage?.outputTokens == 3)
    }

    @Test func `pitfall 6: OpenAI's reasoning that cannot be decrypted is taken out too`() async throws {
        let undecipherable =
            #"{"error":{"message":"The encrypted content could not be verified.","type":"invalid_request_error","param":null,"code":"invalid_encrypted_content"}}"#
        let seen = try await relay(
            #"{"model":"gpt-5.5","input":[{"type":"reasoning","id":"r","summary":[],"encrypted_content":"c"},{"role":"user","content":"a"}]}"#,
            path: "/v1/responses",
            Sample.reply(400, undecipherable),
            Sample.reply(200, #"{"id":"resp_1","object":"response","status":"completed","output":[]}"#)
        )
        #expect(seen.reply.status == 200)
        #expect(seen.sent.last == #"{"model":"gpt-5.5","input":[{"role":"user","content":"a"}]}"#)
    }

    @Test func `a second refusal gives the client the first, which is about what it sent`() async throws {
        let other = Self.invalidSignature.replacing(
            "Invalid `signature` in `thinking` block",
            with: "Expected thinking"
        )
        let seen = try await relay(
            Self.thoughtful,
            Sample.reply(400, Self.invalidSignature, ["request-id: req_first"]),
            Sample.reply(400, other)
        )
        #expect(seen.reply.status == 400)
        #expect(seen.reply.text == Self.invalidSignature)
        #expect(seen.reply["request-id"] == "req_first")
        #expect(seen.outcome.attempts == 2)
        #expect(seen.outcome.ending == .failed)
    }

    @Test(arguments: [
        (Self.thoughtful, #"{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens is bad"}}"#),
        (Sample.request, Self.invalidSignature), (Self.thoughtful, "no JSON"), (Self.thoughtful, ""),
    ])
    func `pitfall 16: any other refusal goes to the client as it came, at once`(body: String, error: String)
        async throws
    {
        let seen = try await relay(body, Sample.reply(400, error))
        #expect(seen.reply.status == 400)
        #expect(seen.reply.text == error)
        #expect(seen.sent == [body])
        #expect(seen.outcome.attempts == 1)
    }

    @Test func `a long refusal is not held`() async throws {
        let long = String(repeating: "x", count: 100_000)
        let seen = try await relay(Self.thoughtful, Sample.reply(400, long))
        #expect(seen.reply.text == long)
        #expect(seen.sent.count == 1)
    }
}
