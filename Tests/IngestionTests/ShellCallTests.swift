import Domain
import Testing

@testable import Ingestion

/// One command as each agent logs it.
@Suite struct ShellCallTests {
    private static let command = #"cd /code/app && go test -run \"A b\" ./... 2>&1 | tail -5"#

    private static func claude(_ input: String, tool: String = "Bash") -> ExtractorRun {
        let content = #"[{"type":"tool_use","id":"t1","name":"\#(tool)","input":{\#(input)}}]"#
        return ExtractorRun(lines: ClaudeLine.reply(content: content), of: ClaudeCodeLogs())
    }

    private static func codex(_ arguments: String, tool: String = "exec_command") -> ExtractorRun {
        rollout(
            .meta(),
            .context(),
            .item(#""type":"function_call","call_id":"t1","name":"\#(tool)","arguments":"\#(arguments.escaped)""#),
            .count(total: (10, 0, 5, 0), last: (10, 0, 5, 0))
        )
    }

    private static let runs: [ExtractorRun] = [
        claude(#""command":"\#(command)","description":"Run tests","timeout":5000"#),
        codex(#"{"cmd":"\#(command)","workdir":"/code/app","yield_time_ms":1000}"#),
        codex(#"{"command":["bash","-lc","\#(command)"],"workdir":"/code/app"}"#, tool: "shell"),
        codex(#"{"command":"\#(command)"}"#, tool: "shell_command"),
        ExtractorRun(
            lines: #"""
                {"type":"session.start","data":{"sessionId":"s1","context":{"cwd":"/code/app"}},"id":"e","timestamp":"2026-06-25T01:50:34.403Z"}
                {"type":"assistant.message","data":{"apiCallId":"a1","model":"gpt-5.4","content":"","toolRequests":[{"toolCallId":"t1","name":"bash","arguments":{"command":"\#(command)","description":"x"}}]},"id":"f","timestamp":"2026-06-25T01:50:35.403Z"}

                """#,
            of: CopilotCLILogs()
        ),
        ExtractorRun(
            lines: #"""
                {"type":"session","id":"s1","timestamp":"2026-01-01T10:00:00.000Z","cwd":"/code/app"}
                {"type":"message","id":"e1","message":{"role":"assistant","provider":"openai","model":"m1","content":[{"type":"toolCall","id":"t1","name":"bash","arguments":{"command":"\#(command)","timeout":9}}],"usage":{"input":10,"output":20},"timestamp":1767261601000}}

                """#,
            of: PiLogs()
        ),
        ExtractorRun(
            lines: #"""
                {"uuid":"u1","sessionId":"s1","timestamp":"2026-02-01T10:00:00.000Z","type":"assistant","cwd":"/code/app","model":"qwen3-coder-plus","message":{"role":"model","parts":[{"functionCall":{"id":"f1","name":"run_shell_command","args":{"command":"\#(command)","is_background":false}}}]},"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}}

                """#,
            of: QwenCodeLogs(),
            path: "-code-app/chats/s1.jsonl"
        ),
        ExtractorRun(
            document: #"""
                {"info":{"id":"ses_1","directory":"/code/app","time":{"created":1767261500000}},"messages":[{"info":{"id":"m1","sessionID":"ses_1","role":"assistant","modelID":"m","providerID":"p","finish":"stop","time":{"created":1767261601000},"tokens":{"input":10,"output":20}},"parts":[{"type":"tool","callID":"t1","tool":"bash","state":{"status":"completed","input":{"command":"\#(command)"},"output":""}}]}]}
                """#,
            of: OpenCodeLogs()
        ),
        ExtractorRun(
            document: #"""
                {"id":"T-1","env":{"initial":{"trees":[{"uri":"file:///code/app"}]}},"messages":[{"role":"assistant","messageId":1,"content":[{"type":"tool_use","id":"t1","name":"Bash","input":{"cmd":"\#(command)"}}],"usage":{"model":"m","inputTokens":10,"outputTokens":1,"timestamp":"2026-01-19T11:42:10.652Z"}}]}
                """#,
            of: AmpLogs()
        ),
    ]

    @Test func `every agent's shell calls are told by their command`() {
        for (place, run) in ShellCallTests.runs.enumerated() {
            #expect(run.toolCalls.map(\.command) == ["go test"], "\(place)")
            #expect(run.toolCalls.map(\.action) == [.test], "\(place)")
        }
    }

    @Test func `the same command is the same action whoever ran it`() {
        #expect(Set(ShellCallTests.runs.flatMap(\.toolCalls).map(\.actionHash)).count == 1)
    }

    @Test(arguments: [
        #"["rg","`hunter2`"]"#, #"["grep","it's; hunter2 x"]"#, #"["grep","a\\","; hunter2"]"#,
        #"["grep","\n","hunter2"]"#,
        #"["grep","","\u0027; hunter2"]"#, #"["grep","$(hunter2)"]"#, #"["grep","a\u003bhunter2"]"#,
    ])
    func `a program's arguments are no commands, whatever signs they hold`(arguments: String) {
        let run = ShellCallTests.codex(#"{"command":\#(arguments)}"#, tool: "shell")
        #expect(run.toolCalls.map(\.command) == [arguments.contains("rg") ? "rg" : "grep"])
    }

    @Test func `Gemini does not log its folder, so a change of it is kept`() {
        let arguments = #"{"command":"\#(ShellCallTests.command)"}"#
        let run = ExtractorRun(
            document: #"""
                {"sessionId":"s1","messages":[{"id":"m1","timestamp":"2026-01-15T20:51:52.837Z","type":"gemini","content":"","model":"g","tokens":{"input":1,"output":1},"toolCalls":[{"id":"t1","name":"run_shell_command","args":\#(arguments)}]}]}
                """#,
            of: GeminiCLILogs(),
            path: "abc/chats/session-1.json"
        )
        #expect(run.toolCalls.map(\.command) == ["go test"])
        #expect(run.toolCalls.map(\.actionHash) != ShellCallTests.runs[0].toolCalls.map(\.actionHash))
    }

    @Test func `a folder the tool was given tells two commands apart`() {
        let here = ShellCallTests.codex(#"{"cmd":"make","workdir":"/code/app"}"#)
        let there = ShellCallTests.codex(#"{"cmd":"make","workdir":"/code/app/sub"}"#)
        #expect(here.toolCalls[0].actionHash != there.toolCalls[0].actionHash)
        #expect(
            here.toolCalls[0].actionHash == ShellCallTests.codex(#"{"cmd":"make"}"#).toolCalls[0].actionHash
        )
    }

    @Test func `arguments in an array are a command line`() {
        let run = ShellCallTests.codex(#"{"command":["git","commit","-m","it is; done"]}"#, tool: "shell")
        #expect(run.toolCalls.map(\.command) == ["git commit"])
    }

    @Test func `the first shell tool had an action instead of arguments`() {
        let run = rollout(
            .meta(),
            .context(),
            .item(
                #""type":"local_shell_call","call_id":"t1","action":{"type":"exec","command":["bash","-lc","ls -la"],"working_directory":"/code/app"}"#
            ),
            .count(total: (10, 0, 5, 0), last: (10, 0, 5, 0))
        )
        #expect(run.toolCalls.map(\.command) == ["ls"])
        #expect(run.toolCalls.map(\.action) == [.list])
    }

    @Test func `a response cut off between two looks at its file keeps its command`() {
        let head = [
            CodexLine.meta(), .context(),
            .item(#""type":"function_call","call_id":"t1","name":"exec_command","arguments":"{\"cmd\":\"ls\"}""#),
        ]
        let first = rollout(head)
        let last = ExtractorRun(
            lines: CodexLine.count(total: (10, 0, 5, 0), last: (10, 0, 5, 0)).text,
            of: CodexLogs(),
            resuming: first.state,
            at: 1000
        )
        #expect(last.toolCalls.map(\.command) == ["ls"])
        #expect(last.toolCalls.map(\.action) == [.list])
    }

    @Test func `PowerShell's commands are told as well`() {
        let run = ShellCallTests.claude(#""command":"Set-Location C:\\code; Get-Content a.txt""#, tool: "PowerShell")
        #expect(run.toolCalls.map(\.command) == ["Get-Content"])
        #expect(run.toolCalls.map(\.action) == [.readFile])
    }

    @Test(arguments: [
        ("Read", ActionKind.readFile), ("Edit", .edit), ("Grep", .search), ("WebFetch", .fetch), ("Task", .delegate),
        ("TodoWrite", .plan), ("mcp__github__create_issue", .writeGit), ("Frobnicate", .other),
    ])
    func `another tool's calls are told by its name and keep the hash of their input`(tool: String, action: ActionKind)
    {
        let one = ShellCallTests.claude(#""file_path":"/a","command":"ls""#, tool: tool)
        let other = ShellCallTests.claude(#""file_path":"/b","command":"ls""#, tool: tool)
        #expect(one.toolCalls.map(\.action) == [action])
        #expect(one.toolCalls.map(\.command) == [""])
        #expect(one.toolCalls[0].actionHash != other.toolCalls[0].actionHash)
    }
}

extension String {
    /// As it stands inside a JSON string.
    fileprivate var escaped: String {
        reduce(into: "") { text, character in
            if character == "\"" || character == "\\" { text.append("\\") }
            text.append(character)
        }
    }
}
