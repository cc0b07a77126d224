import Domain
import JSONText
import NIOCore
import Routing
import Testing

@testable import Gateway
@testable import Providers

@Suite struct ConversionTests {
    private static let chatReply =
        #"{"id":"chatcmpl-7","object":"chat.completion","created":1,"model":"gpt-5.5","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":12}}}"#

    private static func chunk(_ delta: String, finish: String = "null") -> String {
        Sample.chunk(
            #"data: {"id":"chatcmpl-8","object":"chat.completion.chunk","created":1,"model":"gpt-5.5","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}],"usage":null}"#
                + "\n\n"
        )
    }

    private static let usageChunk = Sample.chunk(
        #"data: {"id":"chatcmpl-8","object":"chat.completion.chunk","created":1,"model":"gpt-5.5","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5}}"#
            + "\n\n"
    )
    private static let chatStream =
        Sample.streamHead + chunk(#"{"role":"assistant","content":"Hel"}"#) + chunk(#"{"content":"lo"}"#)
        + chunk("{}", finish: #""stop""#) + usageChunk + Sample.chunk("data: [DONE]\n\n") + "0\r\n\r\n"

    /// A request of a Messages client that a rule sends to OpenAI.
    private func ask(
        _ body: String,
        _ steps: [ScriptedUpstream.Step]
    ) async throws -> (reply: RawClient.Reply, outcome: Exchange.Outcome, sent: ScriptedUpstream.Seen) {
        let upstream = try await ScriptedUpstream { _ in steps }
        var policy = RoutingPolicy()
        policy.rules = [RouteRule(when: .init(model: "claude-*"), use: .model(ModelID("gpt-5.5")))]
        let gateway = try await RunningGateway.start(
            [
                .anthropic("http://127.0.0.1:1", credential: .key(Secret("sk-ant-mine"))),
                .openAI(upstream.url, credential: .key(Secret("sk-mine"))),
            ],
            policy: policy
        )
        let request = RawClient.post(
            "/v1/messages",
            body,
            port: gateway.port,
            fields: ["anthropic-version: 2023-06-01", "anthropic-beta: x"]
        )
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        let exchange = try #require(try await gateway.ledger.exchanges(1).first)
        await gateway.stop()
        await upstream.stop()
        return (reply, try #require(exchange.outcome), try #require(upstream.seen.first))
    }

    @Test func `a whole reply comes back in the client's format, at the model that served`() async throws {
        let seen = try await ask(Sample.request, [.send(Sample.reply(200, Self.chatReply))])
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text.contains(#""type":"message""#))
        #expect(seen.reply.text.contains("Hello"))
        #expect(seen.reply.text.contains(#""model":"claude-opus-4-8""#))
        #expect(seen.reply["x-suffice-model"] == "gpt-5.5")
        #expect(seen.sent.head.hasPrefix("POST /v1/chat/completions "))
        #expect(seen.sent.head.contains("authorization: Bearer sk-mine\r\n"))
        #expect(!seen.sent.head.contains("anthropic"))
        #expect(seen.outcome.model == ModelID("gpt-5.5"))
        #expect(seen.outcome.usage == Usage(inputTokens: 8, outputTokens: 5, cacheReadTokens: 12))
        #expect(seen.outcome.replyID == "msg_7")
    }

    @Test func `what a conversion drops stands in the ledger, of request and reply`() async throws {
        let body = Sample.request.replacing(#""max_tokens""#, with: #""top_k":3,"unknown":1,"max_tokens""#)
        let reply = Self.chatReply.replacing(#""finish_reason""#, with: #""logprobs":{"content":[]},"finish_reason""#)
        let seen = try await ask(body, [.send(Sample.reply(200, reply))])
        #expect(seen.outcome.dropped == ["sampling": 1, "unknown-field": 1, "log-probabilities": 1])
        let streamed = try await ask(
            Sample.streamRequest.replacing(#""max_tokens""#, with: #""top_k":3,"max_tokens""#),
            [.send(Self.chatStream)]
        )
        #expect(streamed.outcome.dropped == ["sampling": 1])
        #expect(try await ask(Sample.request, [.send(Sample.reply(200, Self.chatReply))]).outcome.dropped.isEmpty)
    }

    @Test func `a stream comes back in the client's format, from its first event to its last`() async throws {
        let seen = try await ask(Sample.streamRequest, [.send(Self.chatStream)])
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text.hasPrefix("event: message_start\n"))
        #expect(seen.reply.text.contains("event: message_stop\n"))
        #expect(seen.reply.isWhole)
        #expect(seen.outcome.ending == .finished)
        #expect(seen.outcome.usage?.outputTokens == 5)
    }

    @Test func `pitfall 12: a converted stream that breaks off ends with an error event`() async throws {
        let begun = Sample.streamHead + Self.chunk(#"{"role":"assistant","content":"Hel"}"#)
        let seen = try await ask(Sample.streamRequest, [.send(begun), .pause(.milliseconds(50)), .close])
        #expect(seen.reply.text.contains("event: error"))
        #expect(!seen.reply.text.contains("message_stop"))
        #expect(seen.outcome.ending == .truncated)
    }

    @Test func `pitfall 16: an error comes back in the client's shape`() async throws {
        let error = #"{"error":{"message":"slow down","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#
        let seen = try await ask(Sample.request, [.send(Sample.reply(429, error, ["retry-after: 3"]))])
        #expect(seen.reply.status == 429)
        #expect(seen.reply.text.contains(#""type":"rate_limit_error""#))
        #expect(seen.reply["retry-after"] == "3")
    }

    @Test func `what cannot be converted stays with the model that was asked for`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        var policy = RoutingPolicy()
        policy.rules = [RouteRule(when: .init(model: "claude-*"), use: .model(ModelID("gpt-5.5")))]
        let gateway = try await RunningGateway.start(
            [
                .anthropic(upstream.url, credential: .key(Secret("sk-ant-mine"))),
                .openAI("http://127.0.0.1:1", credential: .key(Secret("sk-mine"))),
            ],
            policy: policy
        )
        let warming = #"{"model":"claude-opus-4-8","max_tokens":0,"messages":[{"role":"user","content":"Hi"}]}"#
        let request = RawClient.post("/v1/messages", warming, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.status == 200)
        #expect(reply["x-suffice-model"] == "claude-opus-4-8")
        #expect(reply["x-suffice-decision"]?.hasPrefix("incapable") == true)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `usage that only the gateway asked for is withheld from the client, and metered`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Self.chatStream)] }
        let gateway = try await RunningGateway.start([.openAI(upstream.url)])
        let body = #"{"model":"gpt-5.5","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#
        let request = RawClient.post("/v1/chat/completions", body, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(upstream.seen.first.map { String(decoding: $0.body, as: UTF8.self).contains("include_usage") } == true)
        #expect(!reply.text.contains("prompt_tokens"))
        #expect(reply.text.hasSuffix("data: [DONE]\n\n"))
        let outcome = try #require(try await gateway.ledger.exchanges(1).first?.outcome)
        #expect(outcome.usage == Usage(inputTokens: 20, outputTokens: 5))
        await gateway.stop()
        await upstream.stop()
    }
}
