import Domain
import NIOCore
import Routing
import Testing

@testable import Gateway
@testable import Providers

/// What the gateway changes in a body that keeps its format, as the upstream gets it.
@Suite struct BodyEditTests {
    /// What reaches the one upstream of each request of a session, in order; a rule sends each to a model.
    private func sent(
        _ bodies: [String],
        to model: String? = nil,
        upstreams: (String) -> [Upstream] = { [.anthropic($0)] }
    ) async throws -> [String] {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        var policy = RoutingPolicy()
        if let model { policy.rules = [RouteRule(when: .init(), use: .model(ModelID(model)))] }
        let gateway = try await RunningGateway.start(upstreams(upstream.url), policy: policy)
        let requests = bodies.map {
            RawClient.post(
                "/v1/messages",
                $0,
                port: gateway.port,
                fields: ["x-api-key: sk-ant-api03-x", "anthropic-version: 2023-06-01", "x-claude-code-session-id: s"]
            )
        }
        for request in requests {
            let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
            #expect(reply.status == 200, "\(reply.text)")
        }
        await gateway.stop()
        await upstream.stop()
        return upstream.seen.map { String(decoding: $0.body, as: UTF8.self) }
    }

    private static let attribution = #"{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1; cch=1;"},"#

    private func request(model: String, system: String = "", tokens: Int = 100) -> String {
        #"{"model":"\#(model)","max_tokens":\#(tokens),"system":[\#(system){"type":"text","text":"Be brief."}],"#
            + #""messages":[{"role":"user","content":"Hi"}]}"#
    }

    @Test func `pitfall 8: the attribution block stays for Claude`() async throws {
        let body = request(model: "claude-opus-4-8", system: Self.attribution)
        #expect(try await sent([body]) == [body])
    }

    @Test func `pitfall 8: the attribution block is taken out for models that are not Claude`() async throws {
        let body = request(model: "qwen3-coder", system: Self.attribution)
        #expect(try await sent([body]) == [request(model: "qwen3-coder")])
    }

    @Test func `pitfall 7: where the model that would do writes less than is asked for, the requested one serves`()
        async throws
    {
        let body = request(model: "claude-opus-4-8", tokens: 128_000)
        #expect(try await sent([body], to: "claude-haiku-4-5") == [body])
        let short = request(model: "claude-opus-4-8", tokens: 64_000)
        let changed = request(model: "claude-haiku-4-5", tokens: 64_000)
        #expect(try await sent([short], to: "claude-haiku-4-5") == [changed])
    }

    @Test func `pitfall 6: thoughts that another provider wrote do not come back to Anthropic`() async throws {
        let thought = #"{"type":"thinking","thinking":"hm","signature":""},"#
        let body = { (thought: String) in
            #"{"model":"claude-opus-4-8","max_tokens":100,"messages":[{"role":"user","content":"Hi"},"#
                + #"{"role":"assistant","content":[\#(thought){"type":"text","text":"Hello"}]},"#
                + #"{"role":"user","content":"And?"}]}"#
        }
        let mixed = try await sent([body(thought)]) { [.anthropic($0), .openAI("http://127.0.0.1:1")] }
        #expect(mixed == [body("")])
        // A conversation that Anthropic alone served is not looked at.
        let first = Sample.request
        let own = try await sent([first, body(thought)]) { [.anthropic($0), .openAI("http://127.0.0.1:1")] }
        #expect(own == [first, body(thought)])
    }
}
