import Domain
import Foundation
import Ingestion
import JSONText
import Testing

/// Requests of Codex's, built again from its rollouts.
@Suite struct CodexTranscriptTests {
    private static let meta = CodexLine.meta(more: #","cli_version":"0.142.4","base_instructions":{"text":"Be good."}"#)

    private static func said(_ text: String) -> CodexLine {
        .item(#""type":"message","role":"user","content":[{"type":"input_text","text":"\#(text)"}]"#)
    }

    private static func ran(_ command: String, call: String) -> CodexLine {
        .item(
            #""type":"function_call","name":"exec_command","call_id":"\#(call)","arguments":"{\"cmd\":\"\#(command)\"}""#
        )
    }

    private static func result(_ call: String, _ output: String = "ok") -> CodexLine {
        .item(#""type":"function_call_output","call_id":"\#(call)","output":"\#(output)""#)
    }

    private static func count(_ number: Int) -> CodexLine {
        .count(total: (100 * number * number, 0, 10 * number, 0), last: (100 * number, 0, 10, 0))
    }

    private static let conversation: [CodexLine] = [
        meta, .context(), said("first"), ran("ls", call: "c1"), result("c1"), count(1),
        .item(#""type":"reasoning","summary":[],"encrypted_content":"x""#), ran("make", call: "c2"),
        ran("make test", call: "c3"), result("c2"), result("c3", "Process exited with code 1"), count(2), count(2),
        .item(#""type":"message","role":"assistant","content":[{"type":"output_text","text":"Done."}]"#), count(3),
    ]

    private static func transcript(_ lines: [CodexLine]) -> CodexTranscript {
        CodexTranscript(log: Array(lines.map(\.text).joined().utf8))
    }

    private static func steps(_ lines: [CodexLine]) -> [RecordedStep] {
        transcript(lines).steps(of: SessionID(agent: .codex, name: "s"))
    }

    private static func input(of step: String, in lines: [CodexLine]) -> [JSONTree] {
        let rebuilt = transcript(lines).rebuiltRequest(of: step, sha256: { _ in "" })
        return rebuilt.flatMap { JSONTree(bytes: $0.body) }?["input"]?.elements ?? []
    }

    @Test func `a step is what a response did, with the id that its call has in the ledger`() {
        let steps = Self.steps(Self.conversation)
        #expect(steps.map(\.id) == rollout(Self.conversation).calls.map(\.id))
        #expect(steps.map { $0.actions.map(\.tool) } == [["exec_command"], ["exec_command", "exec_command"], []])
        #expect(steps.map(\.followsError) == [false, false, true])
        #expect(steps.map(\.place) == [0, 1, 2])
        #expect(steps[0].upcoming.first?.count == 2)
        #expect(steps[2].text == "Done.")
        #expect(steps.allSatisfy { $0.model == ModelID("gpt-5.5") && $0.folder == "/code/app" })
    }

    @Test func `a request holds what came before the step, and nothing of the step itself`() {
        let input = Self.input(of: "c2", in: Self.conversation)
        #expect(input.map { $0["type"]?.text } == ["message", "function_call", "function_call_output"])
        #expect(input.last?["call_id"]?.text == "c1")
        #expect(Self.input(of: "c1", in: Self.conversation).count == 1)
    }

    @Test func `instructions are the log's, tools what the calls show`() throws {
        let rebuilt = try #require(Self.transcript(Self.conversation).rebuiltRequest(of: "c1", sha256: { _ in "" }))
        let request = try #require(JSONTree(bytes: rebuilt.body))
        #expect(rebuilt.fidelity == .inferred)
        #expect(rebuilt.format == .responses)
        #expect(request["instructions"]?.text == "Be good.")
        #expect(request["reasoning"]?["effort"]?.text == "high")
        let tool = try #require(request["tools"]?.elements?.first)
        #expect(tool["name"]?.text == "exec_command")
        #expect(tool["parameters"]?["required"]?.elements?.compactMap(\.text) == ["cmd"])
    }

    @Test(arguments: [("0.142.4", Fidelity.recaptured), ("0.142.5", .inferred)])
    func `tools are those of an installed Codex of the very version`(version: String, fidelity: Fidelity) throws {
        let caught =
            #"{"tools":[{"type":"function","name":"exec_command","description":"Runs"},{"type":"web_search"}]}"#
        let prompt = try #require(StandingPrompt(responses: Array(caught.utf8), version: version))
        let transcript = Self.transcript(Self.conversation)
        let rebuilt = try #require(transcript.rebuiltRequest(of: "c1", with: prompt, sha256: { _ in "" }))
        let tools = try #require(JSONTree(bytes: rebuilt.body)?["tools"]?.elements)
        #expect(transcript.fidelity(of: "c1", with: prompt) == fidelity)
        #expect(rebuilt.fidelity == fidelity)
        #expect(tools.count == 1)
        #expect(tools[0]["description"]?.text == (fidelity == .recaptured ? "Runs" : nil))
        // Kept beside the replies, it is the same again.
        #expect(StandingPrompt(kept: prompt.bytes)?.bytes == prompt.bytes)
    }

    @Test func `a tool of a group and one that takes text are called as the ledger has them`() {
        let lines: [CodexLine] = [
            Self.meta, .context(), Self.said("first"),
            .item(#""type":"function_call","namespace":"mcp__wiki","name":"ask","call_id":"c1","arguments":"{}""#),
            .item(#""type":"custom_tool_call","name":"apply_patch","call_id":"c2","input":"*** Begin Patch""#),
            Self.count(1),
        ]
        let actions = Self.steps(lines).first?.actions ?? []
        #expect(actions.map(\.tool) == ["mcp__wiki__ask", "apply_patch"])
        #expect(actions.last?.input == #"{"input":"*** Begin Patch"}"#)
    }

    @Test func `where the log names the provider's response, the step is known by that, as in the gateway's copies`() {
        let usage =
            #""response_id":"resp_1","turn_id":"\#(CodexTurnIDs.first)","usage":{"input_tokens":100,"output_tokens":10}"#
        let lines: [CodexLine] = [
            Self.meta, .context(), Self.said("first"), Self.ran("ls", call: "c1"), Self.result("c1"),
            .line("token_usage_record", usage), Self.count(1), Self.ran("make", call: "c2"), Self.result("c2"),
            Self.count(2),
        ]
        #expect(Self.steps(lines).map(\.id) == ["resp_1", "c2"])
        #expect(rollout(lines).calls.map(\.id) == ["resp_1", "c2"])
    }

    @Test func `what an interrupted response showed is no part of the next`() {
        let lines: [CodexLine] = [
            Self.meta, .context(), Self.said("first"), Self.ran("ls", call: "c1"), Self.result("c1"),
            .event("turn_aborted", #""reason":"interrupted""#),
            .event("task_started", #""turn_id":"\#(CodexTurnIDs.second)""#), Self.said("go on"),
            Self.ran("make", call: "c2"), Self.result("c2"), Self.count(1),
        ]
        #expect(Self.steps(lines).map(\.id) == ["c2"])
        #expect(Self.steps(lines).first?.actions.count == 1)
        #expect(Self.input(of: "c2", in: lines).count == 4)
    }

    @Test func `a call that was never answered is answered, a result without its call left out`() {
        let lines: [CodexLine] = [
            Self.meta, .context(), Self.said("first"), Self.ran("ls", call: "c1"), Self.count(1), Self.result("c9"),
            Self.said("go on"), Self.ran("make", call: "c2"), Self.result("c2"), Self.count(2),
        ]
        let input = Self.input(of: "c2", in: lines)
        #expect(input.map { $0["call_id"]?.text } == [nil, "c1", "c1", nil])
        #expect(input[2]["output"]?.text == "aborted")
    }

    @Test func `after a compaction only what it left is sent`() {
        let left =
            #""message":"","replacement_history":[{"type":"message","role":"user","content":[]},{"type":"compaction"}]"#
        let lines =
            Array(Self.conversation.prefix(6)) + [.line("compacted", left), Self.said("next")]
            + [Self.ran("make", call: "c7"), Self.result("c7"), Self.count(2)]
        #expect(Self.input(of: "c7", in: lines).map { $0["role"]?.text } == ["user", "user"])
    }

    private static let logs =
        (FileManager.default.enumerator(atPath: RealLogs.home + "/.codex")?
        .compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".jsonl") }

    @Test(.enabled(if: !logs.isEmpty, "no shared data"), arguments: logs)
    func `every call of a real log is a step, and its request has a result for every call`(log: String) throws {
        let path = RealLogs.home + "/.codex/" + log
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let transcript = CodexTranscript(log: Array(bytes))
        let steps = transcript.steps(of: SessionID(agent: .codex, name: log))
        let calls = try ExtractorRun(file: log, below: RealLogs.home + "/.codex", of: CodexLogs()).calls
        #expect(Set(calls.map(\.id)).subtracting(steps.map(\.id)).isEmpty)
        for step in steps.enumerated().filter({ $0.offset % 20 == 0 }).map(\.element) {
            let rebuilt = try #require(transcript.rebuiltRequest(of: step.id, sha256: { _ in "" }))
            let input = try #require(JSONTree(bytes: rebuilt.body)?["input"]?.elements)
            let called = input.filter { $0["type"]?.text?.hasSuffix("_call") == true }.compactMap {
                $0["call_id"]?.text
            }
            let answered = input.filter { $0["type"]?.text?.hasSuffix("_output") == true }
                .compactMap { $0["call_id"]?.text }
            #expect(Set(called) == Set(answered))
            #expect(called.count == answered.count)
            #expect(!called.contains(step.id))
        }
    }
}
