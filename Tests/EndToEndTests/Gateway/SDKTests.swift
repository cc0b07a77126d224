import Foundation
import Testing

/// The official Python SDKs of both providers hold conversations with tools through the running binary.
@Suite struct SDKTests {
    private struct Turn: Decodable {
        var name: String
        var wrong: String?
    }

    @Test func `the SDKs complete tool use in each API, streaming and not, with either provider`() async throws {
        let python = try await PythonClients.sdks.program("python")
        let gateway = try await ServedGateway()
        let address = try await gateway.listening()
        let script = PythonClients.folder + "/sdk_turns.py"
        let models = ["--anthropic", "claude-haiku-4-5", "--openai", "gpt-5.4-mini"]
        let answer = try await Started(python, [script, address.url] + models, user: gateway.user).end()
        let received = try gateway.received()
        let left = try await gateway.stop()
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(left.status == 0, "\(left.trouble)")
        let turns = try answer.output.split(separator: "\n").map {
            try JSONDecoder().decode(Turn.self, from: Data($0.utf8))
        }
        #expect(turns.count == 12)
        for turn in turns { #expect(turn.wrong == nil, "\(turn.name)") }
        #expect(received.count == 24)
        // Whatever form they took on the way, answers to tool calls name the calls that the provider made.
        #expect(received.flatMap(\.unknownCalls).isEmpty)
        for request in received {
            let isAnthropic = request.body.model.hasPrefix("claude")
            #expect((request.path.hasPrefix("/v1/messages")) == isAnthropic, "\(request.path) \(request.body.model)")
        }
    }
}
