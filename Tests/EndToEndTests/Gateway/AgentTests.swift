import Foundation
import TestSupport
import Testing

/// A real agent does a piece of work through the running binary.
@Suite struct AgentTests {
    @Test(arguments: [
        ("anthropic/claude-haiku-4-5", "claude-haiku-4-5"), ("anthropic/claude-sonnet-4-6", "gpt-5.4-mini"),
        ("openai/gpt-5.4-mini", "gpt-5.4-mini"), ("openai/gpt-5.5", "claude-haiku-4-5"),
    ])
    func `an agent runs its commands on the model that was chosen`(asked: String, served: String) async throws {
        let agent = try await PythonClients.agents.program("mini")
        let model = asked.split(separator: "/").last.map(String.init) ?? ""
        let gateway = try await ServedGateway(
            """
            [[route]]
            when = { model = "\(model)" }
            use = "\(served)"

            """
        )
        let address = try await gateway.listening()
        let work = gateway.user.folder.path + "/work"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        let answer = try await Started(
            "/bin/sh",
            [
                "-c", "cd '\(work)' && exec '\(agent)' --model '\(asked)' --task 'Greet.' --yolo --exit-immediately",
            ],
            user: gateway.user,
            environment: [
                "ANTHROPIC_API_KEY": "sk-ant-api03-test", "OPENAI_API_KEY": "sk-test",
                "ANTHROPIC_BASE_URL": address.url, "OPENAI_BASE_URL": address.url + "/v1",
                "OPENAI_API_BASE": address.url + "/v1", "MSWEA_CONFIGURED": "true",
                "MSWEA_COST_TRACKING": "ignore_errors", "LITELLM_LOCAL_MODEL_COST_MAP": "True",
                "MSWEA_GLOBAL_CONFIG_DIR": gateway.user.folder.path + "/mini",
            ]
        ).end()
        let received = try gateway.received()
        _ = try await gateway.stop()
        #expect(answer.status == 0, "\(answer.output)\n\(answer.trouble)")
        #expect(try String(contentsOfFile: work + "/greeting.txt", encoding: .utf8) == "hello\n")
        #expect(received.count == 2)
        #expect(received.allSatisfy { $0.body.model == served && $0.unknownCalls.isEmpty })
    }
}
