import Domain
import NIOCore
import Routing
import Testing

@testable import Gateway
@testable import Providers

@Suite struct ServingTests {
    private func get(_ path: String, port: Int, method: String = "GET", _ fields: String = "") -> String {
        "\(method) \(path) HTTP/1.1\r\nhost: localhost:\(port)\r\n\(fields)\r\n"
    }

    @Test func `health and the bare host answer at once`() async throws {
        let gateway = try await RunningGateway.start([])
        let requests = [get("/health", port: gateway.port), get("/", port: gateway.port, method: "GET")]
        let replies = try await RawClient.exchange(port: gateway.port, requests, replies: 2)
        #expect(replies.map(\.status) == [200, 200])
        await gateway.stop()
    }

    @Test func `pitfall 27: an upgrade of responses is a quick 404`() async throws {
        let gateway = try await RunningGateway.start([])
        let request = get("/v1/responses", port: gateway.port, "connection: Upgrade\r\nupgrade: websocket\r\n")
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.status == 404)
        #expect(reply.text.contains(#""error""#))
        await gateway.stop()
    }

    @Test func `requests sent ahead are answered in their order`() async throws {
        let upstream = try await ScriptedUpstream { number in
            [.pause(.milliseconds(number == 0 ? 80 : 1)), .send(Sample.reply(200, #"{"n":\#(number)}"#))]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let replies = try await RawClient.exchange(port: gateway.port, [request + request + request], replies: 3)
        #expect(replies.map(\.text) == [#"{"n":0}"#, #"{"n":1}"#, #"{"n":2}"#])
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `a body in chunks, split anywhere, arrives whole`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let body = Sample.request
        let middle = body.index(body.startIndex, offsetBy: 30)
        let request =
            "POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:\(gateway.port)\r\ncontent-type: application/json\r\n"
            + "transfer-encoding: chunked\r\n\r\n" + Sample.chunk(String(body[..<middle]))
            + Sample.chunk(String(body[middle...])) + "0\r\n\r\n"
        let reply = try #require(try await RawClient.exchange(port: gateway.port, request.map(String.init)).first)
        #expect(reply.status == 200)
        #expect(upstream.seen.first.map { String(decoding: $0.body, as: UTF8.self) } == body)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `a client that waits to be told to go on is told`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post(
            "/v1/messages",
            Sample.request,
            port: gateway.port,
            fields: ["expect: 100-continue"]
        )
        let replies = try await RawClient.exchange(port: gateway.port, [request], replies: 2)
        #expect(replies.map(\.status) == [100, 200])
        #expect(upstream.seen.first?.head.contains("expect") == false)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `pitfall 4: another model is put into the body, and no other byte changes`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        var policy = RoutingPolicy()
        policy.rules = [RouteRule(when: .init(path: "/v1/messages"), use: .model(ModelID("claude-haiku-4-5")))]
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)], policy: policy)
        let body = #"{ "z":1.50, "model" : "claude-opus-4-8","messages":[ ],  "max_tokens":5 }"#
        let request = RawClient.post("/v1/messages", body, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply["x-suffice-model"] == "claude-haiku-4-5")
        #expect(reply["x-suffice-decision"]?.hasPrefix("rule") == true)
        #expect(
            upstream.seen.first.map { String(decoding: $0.body, as: UTF8.self) }
                == body.replacing("claude-opus-4-8", with: "claude-haiku-4-5")
        )
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `replies are asked for plain, and one that comes packed is passed on as it is, unmetered`() async throws
    {
        let packed = "\u{1f}not what it says"
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, packed, ["content-encoding: gzip"]))]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post(
            "/v1/messages",
            Sample.request,
            port: gateway.port,
            fields: ["accept-encoding: gzip, br, zstd"]
        )
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.text == packed && reply["content-encoding"] == "gzip")
        let heads = upstream.seen.map { $0.head.lowercased() }
        #expect(heads.count == 1)
        #expect(heads.allSatisfy { $0.contains("\r\naccept-encoding: identity\r\n") && !$0.contains("zstd") })
        #expect(try await gateway.ledger.exchanges(1).first?.outcome?.usage == nil)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `the effort asked for stands in the ledger, of a pinned conversation too`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let requests = ["high", "low"].map { effort in
            RawClient.post(
                "/v1/messages",
                Sample.request.dropLast() + #","output_config":{"effort":"\#(effort)"}}"#,
                port: gateway.port,
                fields: ["x-claude-code-session-id: s"]
            )
        }
        _ = try await RawClient.exchange(port: gateway.port, requests, replies: 2)
        #expect(gateway.ledger.intents.map(\.effort) == [.high, .low])
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `pitfall 19: a count of tokens goes to Anthropic as it is, and is a 404 without it`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, #"{"input_tokens":7}"#))] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages/count_tokens?beta=true", Sample.request, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.text == #"{"input_tokens":7}"#)
        #expect(gateway.ledger.intents.isEmpty)
        await gateway.stop()
        await upstream.stop()
        let without = try await RunningGateway.start([])
        let other = RawClient.post("/v1/messages/count_tokens", Sample.request, port: without.port)
        #expect(try await RawClient.exchange(port: without.port, [other]).first?.status == 404)
        await without.stop()
    }

    @Test func `pitfalls 29 and 30: no reply is ever given twice, however alike two requests are`() async throws {
        let upstream = try await ScriptedUpstream { number in
            [.send(Sample.reply(200, Sample.message.replacing("msg_1", with: "msg_\(number)")))]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let replies = try await RawClient.exchange(port: gateway.port, [request, request], replies: 2)
        #expect(Set(replies.map(\.text)).count == 2)
        #expect(upstream.seen.count == 2)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `pitfall 15: a spent budget is a 429 that says not to try again`() async throws {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let gateway = try await RunningGateway.start(
            [.anthropic(upstream.url)],
            reserve: { _, _ in .spent("app:ci is spent") }
        )
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.status == 429)
        #expect(reply["x-should-retry"] == "false")
        #expect(reply.text.contains("app:ci is spent"))
        #expect(upstream.seen.isEmpty)
        #expect(gateway.ledger.exchanges.first?.outcome?.ending == .refused)
        await gateway.stop()
        await upstream.stop()
    }

    @Test(arguments: ["[]", "{}", #"{"model":"a","model":"b"}"#, #"{"model":7}"#, "{", ""])
    func `a body that is no request is a 400 in the client's shape`(body: String) async throws {
        let gateway = try await RunningGateway.start([.anthropic("http://127.0.0.1:1")])
        let request = RawClient.post("/v1/messages", body, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.status == 400)
        #expect(reply.text.contains("invalid_request_error"))
        await gateway.stop()
    }

    @Test func `settings are replaced without dropping a connection`() async throws {
        let first = try await ScriptedUpstream { _ in [.send(Sample.reply(200, #"{"n":1}"#))] }
        let second = try await ScriptedUpstream { _ in [.send(Sample.reply(200, #"{"n":2}"#))] }
        let gateway = try await RunningGateway.start([.anthropic(first.url)])
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let client = try await RawClient.connect(port: gateway.port)
        try await client.channel.executeThenClose { inbound, outbound in
            var reader = ReplyReader()
            var texts: [String] = []
            try await outbound.write(ByteBuffer(string: request))
            for try await bytes in inbound {
                reader.bytes.append(contentsOf: bytes.readableBytesView)
                guard let reply = reader.next() else { continue }
                texts.append(reply.text)
                if texts.count == 2 { break }
                await gateway.server.apply(RunningGateway.configuration([.anthropic(second.url)]))
                try await outbound.write(ByteBuffer(string: request))
            }
            #expect(texts == [#"{"n":1}"#, #"{"n":2}"#])
        }
        await gateway.stop()
        await first.stop()
        await second.stop()
    }

    @Test func `running streams end before the gateway stops`() async throws {
        let upstream = try await ScriptedUpstream { _ in
            [
                .send(Sample.streamHead + Sample.chunk(Sample.events[0])), .pause(.milliseconds(400)),
                .send(Sample.events.dropFirst().map(Sample.chunk).joined() + "0\r\n\r\n"),
            ]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages", Sample.streamRequest, port: gateway.port)
        async let replies = RawClient.exchange(port: gateway.port, [request])
        try await eventually { upstream.seen.count == 1 }
        await gateway.stop()
        let reply = try #require(try await replies.first)
        #expect(reply.isWhole)
        #expect(reply.text == Sample.events.joined())
        #expect(gateway.ledger.exchanges.first?.outcome?.ending == .finished)
        await upstream.stop()
    }

    @Test func `a slow client slows the provider, and gets every byte in the end`() async throws {
        let text = String(repeating: "x", count: 60_000)
        let piece = Sample.chunk(Sample.event("content_block_delta", text))
        let pieces = 800
        let upstream = try await ScriptedUpstream { _ in
            [.send(Sample.streamHead + Sample.chunk(Sample.events[0]))] + Array(repeating: .send(piece), count: pieces)
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let client = try await RawClient.connect(port: gateway.port)
        let request = RawClient.post("/v1/messages", Sample.streamRequest, port: gateway.port)
        try await client.channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            try await eventually { upstream.seen.count == 1 }
            // Nothing is read yet: what the provider can get rid of is what sockets and the gateway's bounds hold.
            let half = pieces * 60_000 / 2
            try await eventually { upstream.unsent > half }
            var (last, rests) = (-1, 0)
            try await eventually {
                rests = upstream.unsent == last ? rests + 1 : 0
                last = upstream.unsent
                return rests == 20
            }
            #expect(upstream.unsent > half)
            var total = 0
            for try await bytes in inbound {
                total += bytes.readableBytes
                if total > pieces * 60_000 { break }
            }
            #expect(total > pieces * 60_000)
        }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `500 streams at once all arrive whole, and the ledger knows each`() async throws {
        let upstream = try await ScriptedUpstream { _ in
            [
                .send(Sample.streamHead + Sample.chunk(Sample.events[0])), .pause(.milliseconds(300)),
                .send(Sample.events.dropFirst().map(Sample.chunk).joined() + "0\r\n\r\n"),
            ]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let port = gateway.port
        let request = RawClient.post("/v1/messages", Sample.streamRequest, port: port)
        let whole = try await withThrowingTaskGroup(of: Bool.self) { tasks in
            for _ in 0..<500 {
                tasks.addTask {
                    let reply = try await RawClient.exchange(port: port, [request]).first
                    return reply?.isWhole == true && reply?.text == Sample.events.joined()
                }
            }
            return try await tasks.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(whole == 500)
        let exchanges = try await gateway.ledger.exchanges(500)
        #expect(Set(exchanges.map(\.intent.id)).count == 500)
        #expect(exchanges.allSatisfy { $0.outcome?.ending == .finished && $0.outcome?.usage?.outputTokens == 3 })
        #expect(upstream.seen.count == 500)
        await gateway.stop()
        await upstream.stop()
    }
}
