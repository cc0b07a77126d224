import Testing

@testable import Ingestion

@Suite struct ClaudeCodeLogsTests {
    private let desktop = "/h/Library/Application Support/Claude/local-agent-mode-sessions"

    @Test func `sessions lie in the home, in the configuration folder and with the desktop app`() {
        #expect(
            ClaudeCodeLogs().roots(in: Places(home: "/h", environment: [:]))
                == ["/h/.config/claude/projects", "/h/.claude/projects", desktop]
        )
        #expect(
            ClaudeCodeLogs().roots(in: Places(home: "/h", environment: ["XDG_CONFIG_HOME": "/x"]))
                == ["/x/claude/projects", "/h/.claude/projects", desktop]
        )
    }

    @Test func `its own variable names folders, or their projects, one or several`() {
        let places = Places(home: "/h", environment: ["CLAUDE_CONFIG_DIR": "/a, ~/b,/c/projects"])
        #expect(ClaudeCodeLogs().roots(in: places) == ["/a/projects", "/h/b/projects", "/c/projects", desktop])
    }

    @Test(arguments: [
        ("p/s1.jsonl", true), ("p/s1/subagents/agent-a1.jsonl", true), ("p/agent-a1.jsonl", true),
        ("p/s1/subagents/workflows/wf_1/agent-a1.jsonl", true), ("p/s1/tool-results/x.txt", false),
        ("p/memory.md", false), ("p/s1.json", false),
    ])
    func `every JSON lines file is a log`(path: String, isLog: Bool) {
        #expect((ClaudeCodeLogs().layout(of: path, under: "/h/.claude/projects") != nil) == isLog)
    }

    @Test(arguments: [("a/b/.claude/projects/p/s1.jsonl", true), ("a/b/audit.jsonl", false)])
    func `of the desktop app's folders only the projects are`(path: String, isLog: Bool) {
        #expect((ClaudeCodeLogs().layout(of: path, under: desktop) != nil) == isLog)
    }
}
