import Domain
import NIOCore
import Testing

@testable import Gateway
@testable import Providers

@Suite struct SecurityTests {
    /// What a gateway answers to bytes, and whether anything went upstream.
    private func answer(
        origins: Set<String> = [],
        limits: GatewayLimits = .quick,
        _ pieces: (Int) -> [String]
    ) async throws -> (reply: RawClient.Reply, forwarded: Int) {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)], limits: limits, origins: origins)
        let replies = try await RawClient.exchange(port: gateway.port, pieces(gateway.port))
        await gateway.stop()
        await upstream.stop()
        return (try #require(replies.first), upstream.seen.count)
    }

    private func post(_ port: Int, _ fields: [String], host: String? = nil) -> String {
        RawClient.post("/v1/messages", Sample.request, port: port, fields: fields, host: host)
    }

    @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:1", "127.0.0.1", ""])
    func `pitfall 33: any Host but the gateway's own is refused`(host: String) async throws {
        let seen = try await answer { [post($0, [], host: host)] }
        #expect(seen.reply.status == 421)
        #expect(seen.forwarded == 0)
    }

    @Test(arguments: ["https://evil.example", "http://localhost:4142.evil.example", "null", ""])
    func `pitfall 33: an Origin that is not listed is refused`(origin: String) async throws {
        let seen = try await answer(origins: ["http://localhost:4142"]) { [post($0, ["origin: \(origin)"])] }
        #expect(seen.reply.status == 403)
        #expect(seen.forwarded == 0)
    }

    @Test func `pitfall 33: a listed Origin is let in`() async throws {
        let seen = try await answer(origins: ["http://localhost:4142"]) {
            [post($0, ["origin: http://localhost:4142"])]
        }
        #expect(seen.reply.status == 200)
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "text/plain; application/json"])
    func `pitfall 33: a POST that is not JSON is refused`(type: String) async throws {
        let seen = try await answer { port in
            [
                "POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:\(port)\r\ncontent-type: \(type)\r\n"
                    + "content-length: \(Sample.request.utf8.count)\r\n\r\n" + Sample.request
            ]
        }
        #expect(seen.reply.status == 415)
        #expect(seen.forwarded == 0)
    }

    @Test(arguments: [
        "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "content-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        "content-length: 5, 5\r\n\r\nhello", "content-length: +5\r\n\r\nhello",
        "transfer-encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "transfer-encoding : chunked\r\n\r\n0\r\n\r\n", "x: a\r\n b\r\ncontent-length: 0\r\n\r\n",
        "host: other\r\ncontent-length: 0\r\n\r\n",
        "x: a\nb: c\r\n\r\n", "transfer-encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
    ])
    func `pitfall 33: what two readers may read in two ways is refused`(rest: String) async throws {
        let seen = try await answer { port in
            ["POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:\(port)\r\ncontent-type: application/json\r\n" + rest]
        }
        #expect(seen.reply.status == 400)
        #expect(seen.reply["connection"] == "close")
        #expect(seen.forwarded == 0)
    }

    @Test func `pitfall 17: hop-by-hop fields are dropped both ways`() async throws {
        let upstream = try await ScriptedUpstream { _ in
            [
                .send(
                    Sample.reply(
                        200,
                        Sample.message,
                        [
                            "connection: x-hop", "x-hop: 1", "keep-alive: timeout=5", "proxy-authenticate: x",
                            "x-kept: 1",
                        ]
                    )
                )
            ]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let fields = [
            "Connection: keep-alive, x-mine", "x-mine: 1", "te: trailers", "proxy-authorization: x", "upgrade: h2c",
            "accept-encoding: gzip", "x-suffice-project: secret", "Anthropic-Beta: a,b", "x-unknown: 1",
        ]
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port, fields: fields)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        let names = Set(reply.fields.map { $0.name.lowercased() })
        #expect(names.isDisjoint(with: ["x-hop", "keep-alive", "proxy-authenticate", "connection"]))
        #expect(reply["x-kept"] == "1")
        let head = try #require(upstream.seen.first?.head)
        let sent = head.lowercased()
        for name in [
            "x-mine", "te:", "proxy-authorization", "upgrade", "x-suffice", "gzip", "127.0.0.1:\(gateway.port)",
        ] {
            #expect(!sent.contains(name), "\(name)")
        }
        // Pitfall 3: what is not known is passed on as it is, in its own spelling.
        #expect(head.contains("Anthropic-Beta: a,b\r\n"))
        #expect(head.contains("x-unknown: 1\r\n"))
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `a head that does not come is given up`() async throws {
        var limits = GatewayLimits.quick
        limits.head = .milliseconds(300)
        let seen = try await answer(limits: limits) { _ in ["POST /v1/mess"] }
        #expect(seen.reply.status == 408)
    }

    @Test func `a body that does not come is given up`() async throws {
        var limits = GatewayLimits.quick
        limits.body = .milliseconds(300)
        let seen = try await answer(limits: limits) { [String(post($0, []).dropLast(3))] }
        #expect(seen.reply.status == 408)
        #expect(seen.forwarded == 0)
    }

    @Test(arguments: [false, true])
    func `a body beyond the limit is a 413 in the client's shape`(chunked: Bool) async throws {
        var limits = GatewayLimits.quick
        limits.bodyBytes = 1000
        let body = String(repeating: "x", count: 1001)
        let seen = try await answer(limits: limits) { port in
            guard chunked else { return [RawClient.post("/v1/messages", body, port: port)] }
            return [
                "POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:\(port)\r\ncontent-type: application/json\r\n"
                    + "transfer-encoding: chunked\r\n\r\n" + Sample.chunk(body)
            ]
        }
        #expect(seen.reply.status == 413)
        #expect(seen.reply.text.contains("request_too_large"))
        #expect(seen.forwarded == 0)
    }

    @Test func `a redirect is passed on and never followed`() async throws {
        let other = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let upstream = try await ScriptedUpstream { _ in
            [.send(Sample.reply(307, "{}", ["location: \(other.url)/v1/messages"]))]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post(
            "/v1/messages",
            Sample.request,
            port: gateway.port,
            fields: ["x-api-key: sk-ant-1"]
        )
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        #expect(reply.status == 307)
        #expect(other.seen.isEmpty)
        await gateway.stop()
        await upstream.stop()
        await other.stop()
    }
}
