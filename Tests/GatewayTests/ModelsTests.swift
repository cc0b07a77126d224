import Domain
import JSONText
import NIOCore
import Routing
import Testing

@testable import Gateway
@testable import Providers

@Suite struct ModelsTests {
    private static let anthropicsOwn = #"{"data":[{"id":"claude-of-tomorrow","type":"model"}],"has_more":false}"#

    /// What a client gets of `/v1/models`, and how often the first upstream was asked.
    private func models(
        _ upstreams: (String) -> [Upstream],
        policy: RoutingPolicy = RoutingPolicy(),
        app: GatewayLedger.AppAnswer = .noApps,
        path: String = "/v1/models?limit=1000",
        _ fields: [String] = ["anthropic-version: 2023-06-01"],
        within timeLimit: TimeAmount = .seconds(60),
        upstream steps: [ScriptedUpstream.Step] = [.send(Sample.reply(200, Self.anthropicsOwn))]
    ) async throws -> (reply: RawClient.Reply, ids: [String], asked: Int) {
        let upstream = try await ScriptedUpstream { _ in steps }
        var limits = GatewayLimits.quick
        limits.models = timeLimit
        let gateway = try await RunningGateway.start(
            upstreams(upstream.url),
            policy: policy,
            limits: limits,
            app: { _ in app }
        )
        let request =
            "GET \(path) HTTP/1.1\r\nhost: localhost:\(gateway.port)\r\n"
            + fields.map { $0 + "\r\n" }.joined() + "\r\n"
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        await gateway.stop()
        #expect(gateway.ledger.intents.isEmpty)
        let asked = upstream.seen.count
        await upstream.stop()
        let ids = reply.text.matches(of: #/"id":"([^"]*)"/#).map { String($0.output.1) }
        return (reply, ids, asked)
    }

    @Test func `pitfall 20: where one provider is all there is, its own list is passed on as it is`() async throws {
        let seen = try await models { [.anthropic($0)] }
        #expect(seen.reply.text == Self.anthropicsOwn)
        #expect(seen.asked == 1)
    }

    @Test(arguments: [
        [ScriptedUpstream.Step.reset], [.send(Sample.reply(529, Sample.overloaded))], [.send(Sample.reply(404, "{}"))],
        [.pause(.seconds(60)), .close],
    ])
    func `pitfall 20: a provider that has no answer in time leaves the gateway's own list`(
        steps: [ScriptedUpstream.Step]
    ) async throws {
        let seen = try await models({ [.anthropic($0)] }, within: .seconds(1), upstream: steps)
        #expect(seen.reply.status == 200)
        #expect(seen.reply.text.contains(#""has_more":false"#))
        #expect(seen.ids.contains("claude-opus-4-8"))
        #expect(seen.ids.allSatisfy { $0.hasPrefix("claude") })
    }

    @Test func `a provider that refuses the credential is heard`() async throws {
        let seen = try await models({ [.anthropic($0)] }, upstream: [.send(Sample.reply(401, "{}"))])
        #expect(seen.reply.status == 401)
    }

    @Test func `pitfall 20: aliases come first, in the shape that the client reads`() async throws {
        var policy = RoutingPolicy()
        policy.aliases = [ModelID("claude-house"): ModelID("gpt-5.5"), ModelID("own"): ModelID("model-of-mine")]
        let upstreams: (String) -> [Upstream] = {
            [
                .anthropic($0, credential: .key(Secret("sk-ant-mine")), models: ["claude-*"]),
                .openAI($0, credential: .key(Secret("sk-mine"))),
            ]
        }
        let claudes = try await models(upstreams, policy: policy)
        #expect(claudes.ids.first == "claude-house")
        #expect(claudes.ids.contains("claude-opus-4-8") && claudes.ids.contains("gpt-5.5"))
        #expect(!claudes.ids.contains("own"))
        #expect(claudes.asked == 0)
        #expect(claudes.reply.text.contains(#""display_name":"claude-house""#))
        let others = try await models(upstreams, policy: policy, [])
        #expect(others.reply.text.hasPrefix(#"{"object":"list","#))
        #expect(others.ids.contains("own"))
        #expect(others.ids.filter { $0 != "own" } == claudes.ids)
    }

    @Test func `a model of a provider without an upstream is not offered, nor one that is retired`() async throws {
        let seen = try await models { [.anthropic($0), .anthropic($0, name: "few", models: ["claude-haiku-*"])] }
        #expect(!seen.ids.isEmpty)
        #expect(seen.ids.allSatisfy { $0.hasPrefix("claude") })
        #expect(!seen.ids.contains("claude-2"))
    }

    @Test func `an app sees the models it may use, and those that an upstream spells out`() async throws {
        let seen = try await models(
            {
                [
                    .anthropic(
                        $0,
                        credential: .key(Secret("k")),
                        models: ["claude-haiku-4-5", "claude-mine", "claude-o*"]
                    )
                ]
            },
            app: .known(name: "ci", models: ["claude-haiku-4-5", "claude-mine"]),
            ["anthropic-version: 2023-06-01", "x-api-key: sk-suffice-00"]
        )
        #expect(seen.ids == ["claude-haiku-4-5", "claude-mine"])
    }

    @Test func `one model is the provider's to tell, or an alias's`() async throws {
        var policy = RoutingPolicy()
        let passed = try await models({ [.anthropic($0)] }, path: "/v1/models/claude-opus-4-8")
        #expect(passed.asked == 1)
        let unknown = try await models(
            { [.anthropic($0)] },
            path: "/v1/models/claude-opus-4-8",
            upstream: [.send(Sample.reply(404, "{}"))]
        )
        #expect(unknown.reply.status == 404)
        policy.aliases = [ModelID("claude-house"): ModelID("claude-opus-4-8")]
        let alias = try await models({ [.anthropic($0)] }, policy: policy, path: "/v1/models/claude-house")
        #expect(alias.ids == ["claude-house"])
        #expect(alias.asked == 0)
    }
}
