import Domain
import NIOCore
import Testing

@testable import Gateway
@testable import Providers

@Suite struct FailoverTests {
    /// One request through a gateway with two upstreams, the first of which does as told.
    private func relay(
        _ steps: [ScriptedUpstream.Step],
        second: [ScriptedUpstream.Step] = [.send(Sample.stream)]
    ) async throws -> (reply: RawClient.Reply, outcome: Exchange.Outcome, asked: [Int]) {
        let first = try await ScriptedUpstream { _ in steps }
        let other = try await ScriptedUpstream { _ in second }
        // A weight of 0 is chosen only where nothing else is left.
        let gateway = try await RunningGateway.start([
            .anthropic(first.url, name: "a", weight: 1), .anthropic(other.url, name: "b", weight: 0),
        ])
        let request = RawClient.post("/v1/messages", Sample.streamRequest, port: gateway.port)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        let exchange = try #require(try await gateway.ledger.exchanges(1).first)
        await gateway.stop()
        await first.stop()
        await other.stop()
        return (reply, try #require(exchange.outcome), [first.seen.count, other.seen.count])
    }

    @Test(arguments: [
        [ScriptedUpstream.Step.reset], [.send(Sample.reply(429, "{}", ["retry-after: 1"]))],
        [.send(Sample.reply(500, "{}"))], [.send(Sample.reply(529, Sample.overloaded))],
        [.send(Sample.streamHead + Sample.chunk(Sample.event("error", Sample.overloaded)))],
        [.send(Sample.streamHead + "0\r\n\r\n")], [.send(Sample.streamHead), .close],
    ])
    func `pitfalls 13 and 14: what fails before the first byte goes to another upstream, once`(
        steps: [ScriptedUpstream.Step]
    ) async throws {
        let seen = try await relay(steps)
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text == Sample.events.joined())
        #expect(seen.outcome.upstream == "b")
        #expect(seen.outcome.attempts == 2)
        #expect(seen.asked == [1, 1])
    }

    @Test(arguments: [400, 401, 413])
    func `a request that is at fault itself is not sent again`(status: Int) async throws {
        let seen = try await relay([.send(Sample.reply(status, Sample.overloaded))])
        #expect(seen.reply.status == status)
        #expect(seen.asked == [1, 0])
    }

    @Test func `nothing is retried after the first byte`() async throws {
        let seen = try await relay([
            .send(Sample.streamHead + Sample.chunk(Sample.events[0])), .pause(.milliseconds(50)), .reset,
        ])
        #expect(seen.reply.text.contains("event: error"))
        #expect(seen.outcome.ending == .truncated)
        #expect(seen.asked == [1, 0])
    }

    @Test func `the second upstream's error is passed on`() async throws {
        let seen = try await relay([.reset], second: [.send(Sample.reply(529, Sample.overloaded))])
        #expect(seen.reply.status == 529)
        #expect(seen.reply.text == Sample.overloaded)
        #expect(seen.outcome.attempts == 2)
    }

    @Test func `a kept connection that the upstream closed is replaced without a word`() async throws {
        // Replies to the first request and closes on the second, as a provider does whose keep-alive has run out.
        let upstream = try await ScriptedUpstream { number in
            number == 1 ? [.close] : [.send(Sample.reply(200, Sample.message))]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let replies = try await RawClient.exchange(port: gateway.port, [request, request], replies: 2)
        #expect(replies.map(\.status) == [200, 200])
        #expect(upstream.seen.count == 3)
        let exchanges = try await gateway.ledger.exchanges(2)
        #expect(exchanges.map { $0.outcome?.attempts } == [1, 2])
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `a request that a kept connection had for long before it closed is not sent again`() async throws {
        let upstream = try await ScriptedUpstream { number in
            number == 1 ? [.pause(.milliseconds(1200)), .close] : [.send(Sample.reply(200, Sample.message))]
        }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let replies = try await RawClient.exchange(port: gateway.port, [request, request], replies: 2)
        #expect(replies.map(\.status) == [200, 502])
        #expect(upstream.seen.count == 2)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func `a connection is given up before the upstream says that it will`() async throws {
        let reply = Sample.reply(200, Sample.message, ["keep-alive: max=100, timeout=1"])
        let upstream = try await ScriptedUpstream { _ in [.send(reply)] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)])
        let request = RawClient.post("/v1/messages", Sample.request, port: gateway.port)
        let replies = try await RawClient.exchange(port: gateway.port, [request])
        #expect(replies.map(\.status) == [200])
        try await eventually { upstream.open == 0 }
        await gateway.stop()
        await upstream.stop()
    }
}
