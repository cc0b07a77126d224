import Domain
import NIOCore
import Testing

@testable import Gateway
@testable import Providers

/// The fault matrix: what an upstream may do wrong, and what then reaches the client and the ledger.
@Suite struct FaultTests {
    /// One request through a gateway with one upstream that does as told.
    private func relay(
        _ steps: [ScriptedUpstream.Step],
        stream: Bool,
        limits: GatewayLimits = .quick
    ) async throws -> (reply: RawClient.Reply, exchange: Exchange, upstream: ScriptedUpstream) {
        let upstream = try await ScriptedUpstream { _ in steps }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)], limits: limits)
        let request = RawClient.post(
            "/v1/messages?beta=true",
            stream ? Sample.streamRequest : Sample.request,
            port: gateway.port,
            fields: ["x-api-key: sk-ant-api03-x", "anthropic-version: 2023-06-01"]
        )
        let replies = try await RawClient.exchange(port: gateway.port, [request])
        let exchanges = try await gateway.ledger.exchanges(1)
        await gateway.stop()
        await upstream.stop()
        #expect(gateway.ledger.intents.count == 1)
        #expect(exchanges.count == 1)
        return (try #require(replies.first), try #require(exchanges.first), upstream)
    }

    private func outcome(_ exchange: Exchange) throws -> Exchange.Outcome { try #require(exchange.outcome) }

    private func isError(_ text: String, _ type: String) -> Bool {
        text.contains(#""type":"error""#) && text.contains(#""type":"\#(type)""#)
    }

    @Test func `a whole reply is passed on to the byte and metered`() async throws {
        let seen = try await relay([.send(Sample.reply(200, Sample.message, ["request-id: req_1"]))], stream: false)
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text == Sample.message)
        #expect(seen.reply["request-id"] == "req_1")
        #expect(seen.reply["x-suffice-decision"] != nil)
        #expect(seen.reply["x-suffice-model"] == "claude-opus-4-8")
        let outcome = try outcome(seen.exchange)
        #expect(outcome.ending == .finished)
        #expect(outcome.usage == Usage(inputTokens: 8, outputTokens: 3))
        #expect(outcome.replyID == "msg_1")
        #expect(outcome.requestID == "req_1")
        #expect(seen.upstream.seen.first.map { String(decoding: $0.body, as: UTF8.self) } == Sample.request)
        #expect(seen.upstream.seen.first?.head.hasPrefix("POST /v1/messages?beta=true HTTP/1.1\r\n") == true)
        #expect(seen.upstream.seen.first?.head.contains("x-api-key: sk-ant-api03-x") == true)
    }

    @Test func `a stream is passed on to the byte and metered`() async throws {
        let seen = try await relay([.send(Sample.stream)], stream: true)
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text == Sample.events.joined())
        #expect(seen.reply.isWhole)
        let outcome = try outcome(seen.exchange)
        #expect(outcome.ending == .finished)
        #expect(outcome.usage == Usage(inputTokens: 8, outputTokens: 3))
        #expect(outcome.stopReason == .endTurn)
    }

    @Test func `an upstream that refuses connections is a 502 in the client's shape`() async throws {
        // A port that was free a moment ago may be another test's by now; this one is nobody's (RFC 1078).
        let gateway = try await RunningGateway.start([.anthropic("http://127.0.0.1:1")])
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.status == 502)
        #expect(reply.text.contains(#""type":"error""#))
        let exchange = try #require(try await gateway.ledger.exchanges(1).first)
        #expect(exchange.outcome?.ending == .failed)
        #expect(exchange.outcome?.usage == nil)
        await gateway.stop()
    }

    @Test(arguments: [
        [ScriptedUpstream.Step.reset], [.close], [.send("HTTP/1.1 200 OK\r\ncontent-ty"), .reset],
        [.send("HTTP/1.1 200 OK\r\ncontent-ty"), .close], [.send("garbage, and no HTTP at all\r\n\r\n"), .close],
        [.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n")],
    ])
    func `an upstream that breaks off before or in the head is a 502`(steps: [ScriptedUpstream.Step]) async throws {
        let seen = try await relay(steps, stream: true)
        #expect(seen.reply.status == 502)
        #expect(seen.reply.text.contains(#""type":"error""#))
        #expect(try outcome(seen.exchange).ending == .failed)
        #expect(seen.upstream.seen.count == 1)
    }

    @Test(arguments: [ScriptedUpstream.Step.reset, .close])
    func `pitfall 12: a stream that breaks off in the middle of an event ends with an error event`(
        end: ScriptedUpstream.Step
    ) async throws {
        let begun = Sample.streamHead + Sample.chunk(Sample.events[0]) + Sample.chunk("event: content_block_st")
        let seen = try await relay([.send(begun), .pause(.milliseconds(50)), end], stream: true)
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text.hasPrefix(Sample.events[0]))
        #expect(seen.reply.text.contains("event: error\ndata: "))
        #expect(seen.reply.text.hasSuffix("\n\n"))
        let outcome = try outcome(seen.exchange)
        #expect(outcome.ending == .truncated)
        #expect(outcome.usage == Usage(inputTokens: 8, outputTokens: 1))
        #expect(seen.upstream.seen.count == 1)
    }

    @Test func `pitfall 12: a stream without its last event ends with an error event`() async throws {
        let most = Sample.events.dropLast(2).map(Sample.chunk).joined()
        let seen = try await relay([.send(Sample.streamHead + most + "0\r\n\r\n")], stream: true)
        #expect(seen.reply.text.contains("event: error"))
        #expect(seen.reply.isWhole)
        #expect(try outcome(seen.exchange).ending == .truncated)
    }

    @Test func `pitfall 13: an error inside a 200 is given its own status`() async throws {
        let stream =
            Sample.streamHead + Sample.chunk(Sample.ping) + Sample.chunk(Sample.event("error", Sample.overloaded))
            + "0\r\n\r\n"
        let seen = try await relay([.send(stream)], stream: true)
        #expect(seen.reply.status == 529)
        #expect(isError(seen.reply.text, "overloaded_error"))
        #expect(try outcome(seen.exchange).ending == .failed)
    }

    @Test func `pitfall 13: an empty stream is a 529`() async throws {
        let seen = try await relay([.send(Sample.streamHead + "0\r\n\r\n")], stream: true)
        #expect(seen.reply.status == 529)
        #expect(isError(seen.reply.text, "overloaded_error"))
    }

    @Test func `a character cut in two at any chunk edge arrives whole`() async throws {
        let bytes = Array(Sample.events.joined().utf8)
        var stream = Array(Sample.streamHead.utf8)
        for byte in bytes { stream += Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8) }
        stream += Array("0\r\n\r\n".utf8)
        let seen = try await relay([.sendBytes(stream)], stream: true)
        #expect(seen.reply.body == bytes)
        #expect(try outcome(seen.exchange).usage == Usage(inputTokens: 8, outputTokens: 3))
    }

    @Test(arguments: [400, 401, 403, 404, 413, 429, 500, 503, 529])
    func `pitfalls 14 and 16: an error reply is passed on as it came`(status: Int) async throws {
        let body = #"{"type":"error","error":{"type":"x","message":"thinking signature"},"request_id":"req_9"}"#
        let fields = [
            "retry-after: 7", "retry-after-ms: 7000", "x-should-retry: true",
            "anthropic-ratelimit-unified-5h-utilization: 0.9",
        ]
        let seen = try await relay([.send(Sample.reply(status, body, fields))], stream: true)
        #expect(seen.reply.status == status)
        #expect(seen.reply.text == body)
        #expect(seen.reply["retry-after"] == "7")
        #expect(seen.reply["retry-after-ms"] == "7000")
        #expect(seen.reply["x-should-retry"] == "true")
        #expect(seen.reply["anthropic-ratelimit-unified-5h-utilization"] == "0.9")
        let outcome = try outcome(seen.exchange)
        #expect(outcome.ending == .failed)
        #expect(outcome.status == status)
        #expect(seen.upstream.seen.count == 1)
    }

    @Test func `a reply that never comes is a 504 in time, and the upstream is cancelled`() async throws {
        var limits = GatewayLimits.quick
        limits.upstream.firstByte = .milliseconds(300)
        let seen = try await relay([.pause(.seconds(30)), .close], stream: true, limits: limits)
        #expect(seen.reply.status == 504)
        #expect(isError(seen.reply.text, "timeout_error"))
        #expect(seen.upstream.cancelled == 1)
    }

    @Test func `a stream that falls silent for ever is ended with an error event`() async throws {
        var limits = GatewayLimits.quick
        limits.upstream.idle = .milliseconds(300)
        let steps: [ScriptedUpstream.Step] = [
            .send(Sample.streamHead + Sample.chunk(Sample.events[0])), .pause(.seconds(30)), .close,
        ]
        let seen = try await relay(steps, stream: true, limits: limits)
        #expect(seen.reply.text.contains("event: error"))
        #expect(try outcome(seen.exchange).ending == .truncated)
        #expect(seen.upstream.cancelled == 1)
    }

    @Test func `pitfall 18: a silent stream is kept alive with pings`() async throws {
        var limits = GatewayLimits.quick
        limits.silence = .milliseconds(100)
        let steps: [ScriptedUpstream.Step] = [
            .send(Sample.streamHead + Sample.chunk(Sample.events[0])), .pause(.milliseconds(900)),
            .send(Sample.events.dropFirst().map(Sample.chunk).joined() + "0\r\n\r\n"),
        ]
        let seen = try await relay(steps, stream: true, limits: limits)
        #expect(seen.reply.text.contains("event: ping"))
        #expect(seen.reply.text.hasSuffix(Sample.events.dropFirst().joined()))
        #expect(try outcome(seen.exchange).ending == .finished)
    }

    @Test func `a whole reply that breaks off is not made to look whole`() async throws {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n"
        let seen = try await relay([.send(head + "{\"id\":"), .pause(.milliseconds(50)), .close], stream: false)
        #expect(!seen.reply.isWhole)
        #expect(try outcome(seen.exchange).ending == .truncated)
    }

    @Test(arguments: [nil, "message_start"])
    func `pitfall 28: a client that leaves cancels the upstream, and what was used is kept`(
        after: String?
    ) async throws {
        let first: [ScriptedUpstream.Step] =
            after == nil ? [] : [.send(Sample.streamHead + Sample.chunk(Sample.events[0]))]
        let upstream = try await ScriptedUpstream { _ in first + [.pause(.seconds(30)), .close] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages", Sample.streamRequest, port: gateway.port)
        if after == nil {
            let client = try await RawClient.connect(port: gateway.port)
            try await client.channel.executeThenClose { _, outbound in
                try await outbound.write(ByteBuffer(string: request))
                try await eventually { upstream.seen.count == 1 }
            }
        } else {
            try await RawClient.leave(port: gateway.port, request, after: after)
        }
        let outcome = try outcome(try #require(try await gateway.ledger.exchanges(1).first))
        #expect(outcome.ending == .clientLeft)
        #expect(outcome.usage == (after == nil ? nil : Usage(inputTokens: 8, outputTokens: 1)))
        try await eventually { upstream.cancelled == 1 }
        await gateway.stop()
        await upstream.stop()
    }
}
