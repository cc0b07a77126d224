import Domain
import Testing

@testable import Ingestion

/// What agents add by themselves keeps the name they have for it.
@Suite struct LabelTests {
    private func labels(_ run: ExtractorRun) -> [String] {
        run.arrivals.filter { $0.kind == .context }.map(\.label)
    }

    private func claude(_ lines: String...) -> ExtractorRun {
        ExtractorRun(lines: lines.joined(), of: ClaudeCodeLogs())
    }

    @Test(arguments: ["deferred_tools_delta", "skill_listing", "nested_memory", "hook_success", "brand_new_kind"])
    func `an attachment of Claude Code's goes by its type`(type: String) {
        #expect(labels(claude(ClaudeLine.attachment(#"{"type":"\#(type)","content":"x"}"#))) == [type])
    }

    @Test func `a text of Claude Code's own goes by its tag, else by where it is from`() {
        let run = claude(
            ClaudeLine.user(#""<local-command-stdout>x</local-command-stdout>""#),
            ClaudeLine.user(#""<command-name>/clear</command-name>""#),
            ClaudeLine.user(#""done""#, more: #","origin":{"kind":"task-notification"}"#),
            ClaudeLine.user(#""Caveat: x""#, more: #","isMeta":true"#)
        )
        #expect(labels(run) == ["local-command-stdout", "command-name", "task-notification", ""])
    }

    @Test func `a prompt has no label`() {
        #expect(claude(ClaudeLine.user(#""<b> is what?""#)).arrivals.map(\.label) == [""])
    }

    @Test func `where Claude Code compacted is kept as an arrival of nothing`() {
        func boundary(_ subtype: String) -> String {
            #"{"type":"system","subtype":"\#(subtype)","sessionId":"s1","timestamp":"\#(ClaudeLine.time(3))","content":"x"}"#
                + "\n"
        }
        let run = claude(boundary("compact_boundary"), boundary("microcompact_boundary"), boundary("turn_duration"))
        #expect(labels(run) == ["compact_boundary", "microcompact_boundary"])
        #expect(run.arrivals.map(\.bytes) == [0, 0])
    }

    @Test func `Codex's wrappers go by their tag`() {
        func message(_ role: String, _ text: String) -> CodexLine {
            .item(#""type":"message","role":"\#(role)","content":[{"type":"input_text","text":"\#(text)"}]"#)
        }
        let run = rollout(
            .meta(),
            message("developer", "<permissions instructions>x"),
            message("user", #"# AGENTS.md instructions for /code/app\n\nx"#),
            message("user", #"<environment_context>\n  <cwd>/code/app</cwd>"#),
            message("developer", "plain"),
            .event("context_compacted", #""x":1"#)
        )
        #expect(labels(run) == ["permissions", "AGENTS.md", "environment_context", "", "context_compacted"])
    }

    @Test func `Gemini CLI's, Pi's, Copilot CLI's, Qwen Code's and OpenCode's own texts have their names`() {
        let gemini = ExtractorRun(
            document: #"{"sessionId":"s1","messages":[{"id":"m1","type":"user","content":"<session_context>x"}]}"#,
            of: GeminiCLILogs(),
            path: "abc/chats/session-1.json"
        )
        let pi = ExtractorRun(
            lines: #"{"type":"custom_message","customType":"todo","content":"x"}"# + "\n"
                + #"{"type":"branch_summary","summary":"x"}"# + "\n",
            of: PiLogs()
        )
        let copilot = ExtractorRun(
            lines: #"{"type":"system.notification","data":{"content":"x"},"id":"e"}"# + "\n"
                + #"{"type":"user.message","data":{"content":"x","source":"skill"},"id":"f"}"# + "\n",
            of: CopilotCLILogs()
        )
        let qwen = ExtractorRun(
            lines:
                #"{"uuid":"u1","sessionId":"s1","type":"user","subtype":"notification","message":{"parts":[{"text":"x"}]}}"#
                + "\n",
            of: QwenCodeLogs(),
            path: "-code-app/chats/s1.jsonl"
        )
        let openCode = ExtractorRun(
            document: #"""
                {"info":{"id":"ses_1"},"messages":[{"info":{"id":"m1","role":"user","time":{"created":1}},"parts":[{"type":"text","text":"x","synthetic":true}]}]}
                """#,
            of: OpenCodeLogs()
        )
        #expect(labels(gemini) == ["session_context"])
        #expect(labels(pi) == ["todo", "branch_summary"])
        #expect(labels(copilot) == ["system.notification", "skill"])
        #expect(labels(qwen) == ["notification"])
        #expect(labels(openCode) == ["synthetic"])
    }
}
