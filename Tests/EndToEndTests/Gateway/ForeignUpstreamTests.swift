import Foundation
import TestSupport
import Testing

/// LiteLLM's proxy as the upstream: a server that speaks both APIs and is not ours.
@Suite struct ForeignUpstreamTests {
    private struct Greeting: Decodable {
        var name: String
        var text: String?
        var wrong: String?
    }

    @Test func `another gateway behind ours answers in each API`() async throws {
        let litellm = try await PythonClients.agents.program("litellm")
        let python = try await PythonClients.sdks.program("python")
        let user = try User()
        let port = try freePort()
        let upstream = try Started(
            litellm,
            ["--config", PythonClients.folder + "/litellm.yaml", "--host", "127.0.0.1", "--port", String(port)],
            user: user,
            environment: ["LITELLM_LOCAL_MODEL_COST_MAP": "True"]
        )
        try await upstream.listens(on: port)
        let gateway = try ServedGateway(before: "http://127.0.0.1:\(port)", key: "sk-litellm-test", user: user)
        let address = try await gateway.listening()
        let answer = try await Started(
            python,
            [PythonClients.folder + "/sdk_greetings.py", address.url, "claude-haiku-4-5", "gpt-5.4-mini"],
            user: user
        ).end()
        _ = try await gateway.stop()
        upstream.send(SIGKILL)
        _ = try await upstream.end()
        let greetings = try answer.output.split(separator: "\n").map {
            try JSONDecoder().decode(Greeting.self, from: Data($0.utf8))
        }
        #expect(greetings.count == 12, "\(answer.trouble)")
        // To a request for a stream, LiteLLM's canned models answer Anthropic's API with a whole message and OpenAI's
        // Responses with an error, and both are passed on as they are.
        let ownTrouble = ["messages on claude-haiku-4-5, streamed", "responses on gpt-5.4-mini, streamed"]
        for greeting in greetings where !ownTrouble.contains(greeting.name) {
            #expect(
                greeting.text == "Good morning from a gateway that is not ours.",
                "\(greeting.name): \(greeting.wrong ?? "")"
            )
        }
    }
}
