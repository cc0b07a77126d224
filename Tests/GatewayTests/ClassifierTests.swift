import Domain
import NIOCore
import Routing
import Synchronization
import Testing

@testable import Gateway
@testable import Providers

@Suite struct ClassifierTests {
    private static let question =
        #"{"model":"claude-opus-4-8","max_tokens":100,"messages":[{"role":"user","content":"Think about whether our parser should recover from errors."}]}"#

    /// Requests of a client on the user's key, past an upstream that answers the classifier's question as told.
    private func ask(
        answering word: [ScriptedUpstream.Step],
        credential: Upstream.Credential = .key(Secret("sk-ant-mine")),
        fields: [String] = [],
        times: Int = 1
    ) async throws -> (replies: [RawClient.Reply], classifier: Int, requests: Int, exchanges: [Exchange]) {
        let classifier = try await ScriptedUpstream { _ in word }
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.classifier = .init(model: ModelID("claude-haiku-4-5"), timeoutMilliseconds: 300)
        let gateway = try await RunningGateway.start(
            [
                .anthropic(classifier.url, name: "cheap", credential: credential, models: ["claude-haiku-4-5"]),
                .anthropic(upstream.url, name: "all", credential: credential, models: ["claude-opus-*"]),
            ],
            policy: policy
        )
        var replies: [RawClient.Reply] = []
        for _ in 0..<times {
            let request = RawClient.post("/v1/messages", Self.question, port: gateway.port, fields: fields)
            replies += try await RawClient.exchange(port: gateway.port, [request])
        }
        await gateway.stop()
        await classifier.stop()
        await upstream.stop()
        let exchanges = gateway.ledger.state.withLock { $0.exchanges }
        return (replies, classifier.seen.count, upstream.seen.count, exchanges)
    }

    private func answer(_ word: String) -> String {
        Sample.reply(200, Sample.message.replacing("Héllo", with: word))
    }

    @Test func `a request that is called complex stays, and the answer is remembered`() async throws {
        let seen = try await ask(answering: [.send(answer("COMPLEX"))], times: 2)
        #expect(seen.replies.map { $0["x-suffice-model"] } == ["claude-opus-4-8", "claude-opus-4-8"])
        #expect(seen.replies.first?["x-suffice-decision"]?.hasPrefix("classifier") == true)
        #expect(seen.classifier == 1)
        #expect(seen.requests == 2)
        // The question is billed, and stands in the ledger.
        #expect(seen.exchanges.count == 3)
        let question = try #require(seen.exchanges.first { $0.intent.upstream == "cheap" })
        #expect(question.intent.decision.requested == ModelID("claude-haiku-4-5"))
        #expect(question.outcome?.ending == .finished)
        #expect(question.outcome?.usage == Usage(inputTokens: 8, outputTokens: 3))
    }

    @Test(arguments: [
        [ScriptedUpstream.Step.pause(.seconds(30)), .close], [.reset], [.send(Sample.reply(500, "{}"))],
        [.send(Sample.reply(200, "garbage"))],
    ])
    func `a classifier that does not answer in time and as asked leaves the model`(
        steps: [ScriptedUpstream.Step]
    ) async throws {
        let seen = try await ask(answering: steps)
        #expect(seen.replies.first?.status == 200)
        #expect(seen.replies.first?["x-suffice-model"] == "claude-opus-4-8")
        #expect(seen.replies.first?["x-suffice-decision"]?.hasPrefix("classifier-failed") == true)
    }

    @Test func `pitfall 2: a client's own credential is never spent on the classifier`() async throws {
        let seen = try await ask(
            answering: [.send(answer("SIMPLE"))],
            credential: .passThrough,
            fields: ["authorization: Bearer sk-ant-oat01-t"]
        )
        #expect(seen.replies.first?.status == 200)
        #expect(seen.classifier == 0)
    }
}
