import Domain
import NIOCore
import Testing

@testable import Gateway
@testable import Providers

@Suite struct CredentialTests {
    private struct Seen {
        var reply: RawClient.Reply
        var anthropic: [String]
        var openAI: [String]
        var exchange: Exchange?
    }

    private func ask(
        _ fields: [String],
        key: Upstream.Credential = .passThrough,
        app: @escaping @Sendable (Secret) -> GatewayLedger.AppAnswer = { _ in .noApps },
        path: String = "/v1/messages",
        body: String = Sample.request
    ) async throws -> Seen {
        let anthropic = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let openAI = try await ScriptedUpstream { _ in [.send(Sample.reply(200, "{}"))] }
        let gateway = try await RunningGateway.start(
            [.anthropic(anthropic.url, credential: key), .openAI(openAI.url, credential: key)],
            app: app
        )
        let request = RawClient.post(path, body, port: gateway.port, fields: fields)
        let reply = try #require(try await RawClient.exchange(port: gateway.port, [request]).first)
        await gateway.stop()
        await anthropic.stop()
        await openAI.stop()
        return Seen(
            reply: reply,
            anthropic: anthropic.seen.map(\.head),
            openAI: openAI.seen.map(\.head),
            exchange: gateway.ledger.exchanges.first
        )
    }

    private static let mine = Upstream.Credential.key(Secret("sk-ant-mine"))
    private static let apps: @Sendable (Secret) -> GatewayLedger.AppAnswer = {
        $0.value == "sk-suffice-ci" ? .known(name: "ci", models: ["claude-*"]) : .unknown
    }

    @Test(arguments: [
        "x-api-key: sk-ant-api03-k", "authorization: Bearer sk-ant-api03-k", "authorization: Bearer sk-ant-oat01-t",
    ])
    func `pitfalls 1 and 2: a client's credential passes through in its own carrier`(field: String) async throws {
        let seen = try await ask([field, "anthropic-beta: oauth-2025-04-20"])
        #expect(seen.reply.status == 200)
        #expect(seen.anthropic.first?.contains(field) == true)
        #expect(seen.anthropic.first?.contains("anthropic-beta: oauth-2025-04-20") == true)
        #expect(seen.exchange?.intent.billing == (field.contains("oat") ? .subscription : .api))
    }

    @Test func `pitfall 2: a subscription's token is never swapped for a key`() async throws {
        let seen = try await ask(["authorization: Bearer sk-ant-oat01-t"], key: Self.mine)
        #expect(seen.reply.status == 401)
        #expect(seen.anthropic.isEmpty)
        #expect(seen.openAI.isEmpty)
    }

    @Test func `pitfall 2: a subscription's token never goes to another provider`() async throws {
        let seen = try await ask(
            ["authorization: Bearer sk-ant-oat01-t"],
            path: "/v1/chat/completions",
            body: #"{"model":"gpt-5.5","messages":[]}"#
        )
        #expect(seen.openAI.isEmpty)
        #expect(seen.reply.status != 200)
    }

    @Test func `a local key is exchanged for the user's own and goes nowhere`() async throws {
        let seen = try await ask(["authorization: Bearer sk-suffice-ci"], key: Self.mine, app: Self.apps)
        #expect(seen.reply.status == 200)
        #expect(seen.anthropic.first?.contains("x-api-key: sk-ant-mine") == true)
        #expect(seen.anthropic.first?.contains("suffice") == false)
        #expect(seen.exchange?.intent.sender.app == "ci")
    }

    @Test func `a local key beside a subscription names the app, and only the token goes on`() async throws {
        let seen = try await ask(
            ["x-api-key: sk-suffice-ci", "authorization: Bearer sk-ant-oat01-t"],
            app: Self.apps
        )
        #expect(seen.reply.status == 200)
        #expect(seen.anthropic.first?.contains("authorization: Bearer sk-ant-oat01-t") == true)
        #expect(seen.anthropic.first?.contains("suffice") == false)
        #expect(seen.exchange?.intent.sender.app == "ci")
    }

    @Test(arguments: [[], ["x-api-key: sk-suffice-other"], ["x-api-key: anything"]])
    func `once there are apps, a client without one of their keys gets a 401`(fields: [String]) async throws {
        let seen = try await ask(fields, key: Self.mine, app: Self.apps)
        #expect(seen.reply.status == 401)
        #expect(seen.reply.text.contains("authentication_error"))
        #expect(seen.anthropic.isEmpty)
    }

    @Test func `an app may use its own models alone`() async throws {
        let seen = try await ask(
            ["authorization: Bearer sk-suffice-ci"],
            key: Self.mine,
            app: Self.apps,
            path: "/v1/chat/completions",
            body: #"{"model":"gpt-5.5","messages":[]}"#
        )
        #expect(seen.reply.status == 403)
        #expect(seen.openAI.isEmpty)
    }

    @Test(arguments: [[], ["x-api-key: dummy"]])
    func `before the first app, any client of this machine uses the user's keys`(fields: [String]) async throws {
        let seen = try await ask(fields, key: Self.mine)
        #expect(seen.reply.status == 200)
        #expect(seen.anthropic.first?.contains("x-api-key: sk-ant-mine") == true)
        #expect(seen.anthropic.first?.contains("dummy") == false)
    }
}
