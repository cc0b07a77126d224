import Analysis
import Domain
import Testing

/// Advice names the files and commands of the agents it is for.
@Suite struct AgentWordsTests {
    private func advice(to agents: Agent...) throws -> String {
        let result = analyse(agents.map { .carrying($0.rawValue, agent: $0) })
        return try #require(result.findings(of: "context-resend").only).action.text
    }

    @Test(
        arguments: [
            (.claudeCode, "CLAUDE.md", "/clear or /compact."), (.codex, "AGENTS.md", "/new or /compact."),
            (.copilotCLI, "AGENTS.md", "/clear or /compact."), (.geminiCLI, "GEMINI.md", "/clear or /compress."),
            (.openCode, "AGENTS.md", "/new or /compact."), (.pi, "AGENTS.md", "/new or /compact."),
            (.amp, "AGENTS.md", "a new thread or a handoff."), (.qwenCode, "QWEN.md", "/clear or /compress."),
        ] as [(Agent, String, String)]
    )
    func `each agent has its own`(agent: Agent, file: String, command: String) throws {
        let text = try advice(to: agent)
        #expect(text.contains("(in \(file))"))
        #expect(text.contains("done with, \(command)"))
    }

    @Test func `several agents are told apart`() throws {
        let text = try advice(to: .claudeCode, .geminiCLI, .qwenCode, .codex)
        #expect(text.contains("(in CLAUDE.md or AGENTS.md or GEMINI.md or QWEN.md)"))
        #expect(
            text.contains(
                "/clear or /compact in Claude Code, /new or /compact in Codex, "
                    + "/clear or /compress in Gemini CLI and Qwen Code."
            )
        )
    }
}
