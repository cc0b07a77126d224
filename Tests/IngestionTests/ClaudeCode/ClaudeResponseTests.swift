import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct ClaudeResponseTests {
    private func run(_ lines: String...) -> ExtractorRun { ExtractorRun(lines: lines.joined(), of: ClaudeCodeLogs()) }

    @Test func `a response logged as three lines is one call with its last usage`() throws {
        let run = run(
            ClaudeLine.reply(
                at: 1,
                usage: ClaudeLine.output(1),
                stop: nil,
                content: #"[{"type":"thinking","thinking":"hm"}]"#
            ),
            ClaudeLine.reply(
                at: 2,
                usage: ClaudeLine.output(1),
                stop: nil,
                content: #"[{"type":"text","text":"abc"}]"#
            ),
            ClaudeLine.reply(
                at: 3,
                usage: ClaudeLine.output(90),
                stop: "tool_use",
                content: #"[{"type":"tool_use","id":"t1","name":"Read","input":{"file_path":"/a"}}]"#
            )
        )
        let call = try #require(run.calls.first)
        #expect(run.calls.count == 1)
        #expect(call.usage == Usage(inputTokens: 1, outputTokens: 90))
        #expect(call.visibleOutputBytes == 2 + 3 + #"{"file_path":"/a"}"#.utf8.count)
        #expect(call.stopReason == .toolUse)
        #expect(!call.outputIsLowerBound)
        #expect(call.time.description == "2026-06-03T10:00:01Z", "the first line's")
        #expect(call.position.offset == 0)
        #expect(run.toolCalls.map(\.call) == [call.key])
        #expect(run.reasons.isEmpty)
    }

    @Test func `output that never got a stop reason is a lower bound, estimated from what is visible`() throws {
        let text = String(repeating: "x", count: 360)
        let run = run(
            ClaudeLine.reply(usage: ClaudeLine.output(2), stop: nil, content: #"[{"type":"text","text":"\#(text)"}]"#),
            ClaudeLine.reply(usage: ClaudeLine.output(2), stop: nil, content: #"[{"type":"text","text":"\#(text)"}]"#)
        )
        let call = try #require(run.calls.first)
        #expect(call.usage.outputTokens == 2, "counted as logged")
        #expect(call.outputIsLowerBound)
        #expect(call.estimatedOutputTokens == 200)
    }

    @Test func `the agent's own notices are no calls`() {
        let run = run(
            ClaudeLine.reply(model: "<synthetic>", more: #","isApiErrorMessage":true,"error":"rate_limit""#),
            ClaudeLine.reply(request: nil, model: "<synthetic>", usage: ClaudeLine.output(0))
        )
        #expect(run.calls.isEmpty)
        #expect(run.reasons.isEmpty)
    }

    @Test func `the mark of the million-token window is no part of a model's name`() {
        #expect(run(ClaudeLine.reply(model: "claude-opus-4-8[1m]")).calls.map(\.model) == [ModelID("claude-opus-4-8")])
    }

    @Test(arguments: [
        (#""model":"claude-opus-4-8""#, #""model":null"#, "assistant record without a model"),
        (#""model":"claude-opus-4-8""#, #""model":"""#, "assistant record without a model"),
        (#""id":"msg_1""#, #""id":null"#, "assistant record without a message id"),
        (#""id":"msg_1""#, #""id":"""#, "assistant record without a message id"),
        (#""timestamp":"2026-06-03T10:00:00.000Z""#, #""timestamp":null"#, "assistant record without a time"),
        (#""timestamp":"2026-06-03T10:00:00.000Z""#, #""timestamp":"today""#, "assistant record without a time"),
    ])
    func `what a call cannot do without is named`(member: String, replacement: String, reason: String) {
        let line = ClaudeLine.reply().replacing(member, with: replacement)
        let run = run(line, ClaudeLine.reply("msg_2"))
        #expect(run.reasons == [reason])
        #expect(run.calls.map(\.id) == ["msg_2"], "the rest is kept")
    }

    @Test(arguments: [
        "cwd", "requestId", "sessionId", "version", "isSidechain", "agentId", "effort", "entrypoint", "isMeta",
    ])
    func `a null among the line's members loses no call`(name: String) {
        let spelled = ClaudeLine.reply()
        let line = spelled.replacing(#"{"type":"assistant""#, with: #"{"\#(name)":null,"type":"assistant""#)
        #expect(run(line).calls.map(\.usage) == run(spelled).calls.map(\.usage))
        let usage = ClaudeLine.output(5, #","speed":null,"service_tier":null,"inference_geo":null,"iterations":null"#)
        #expect(run(ClaudeLine.reply(usage: usage)).calls.map(\.usage.outputTokens) == [5])
    }

    @Test func `null content and null blocks lose no call`() {
        #expect(run(ClaudeLine.reply(content: "null")).calls.count == 1)
        #expect(run(ClaudeLine.reply(content: "[null,7,[],{}]")).calls.count == 1)
        #expect(run(ClaudeLine.reply(more: #","toolUseResult":null,"message2":null"#)).calls.count == 1)
    }

    @Test(arguments: [
        ("end_turn", StopReason.endTurn), ("tool_use", .toolUse), ("max_tokens", .maxTokens), ("refusal", .refusal),
        ("model_context_window_exceeded", .maxTokens), ("stop_sequence", .stopSequence), ("pause_turn", .pauseTurn),
        ("something_new", .unknown),
    ])
    func `the reason it stopped is kept`(name: String, reason: StopReason) {
        #expect(run(ClaudeLine.reply(stop: name)).calls.map(\.stopReason) == [reason])
    }

    @Test func `effort, the way it was run and why the cache was missed are kept`() {
        let diagnostics = #","diagnostics":{"cache_miss_reason":{"type":"expired"}}}"#
        let line = ClaudeLine.reply(more: #","effort":"high","entrypoint":"sdk-cli""#)
            .replacing("}},", with: "}\(diagnostics),")
        let run = run(line)
        #expect(run.calls.map(\.effort) == [.high])
        #expect(run.calls.map(\.cacheMissReason) == ["expired"])
        #expect(run.strands.map(\.isHeadless) == [true])
        #expect(run.strands.map(\.project) == ["/code/app"])
    }

    @Test func `a tool call is known by its id, its action by name and input`() throws {
        func tool(_ id: String, _ name: String, _ input: String) -> String {
            #"{"type":"tool_use","id":"\#(id)","name":"\#(name)","input":\#(input)}"#
        }
        let input = #"{"file_path":"/a","limit":3}"#
        let content = [tool("t1", "Read", input), tool("t2", "Read", input), tool("t3", "Edit", input)]
        let tools = run(ClaudeLine.reply(content: "[" + content.joined(separator: ",") + "]")).toolCalls
        try #require(tools.count == 3)
        #expect(tools.map(\.name) == ["Read", "Read", "Edit"])
        #expect(tools.map(\.kind) == [.read, .read, .edit])
        #expect(tools[0].actionHash == tools[1].actionHash)
        #expect(tools[0].actionHash != tools[2].actionHash)
        #expect(tools[0].key == stableHash("t1"))
        #expect(tools[0].targetHash == stableHash("/a"))
        #expect(tools[0].inputBytes == input.utf8.count)
    }

    @Test func `lines of other kinds and kinds to come are no trouble`() {
        let kinds = [
            "system", "summary", "ai-title", "queue-operation", "file-history-snapshot", "mode", "not-yet-known",
        ]
        let lines = kinds.map { #"{"type":"\#($0)","message":{"usage":{}},"data":[],"sessionId":"s1"}"# + "\n" }
        let run = ExtractorRun(
            lines: lines.joined() + "{}\n[]\n7\n\"x\"\nnull\n" + #"{"type":7,"message":"x"}"# + "\n"
                + ClaudeLine.reply(),
            of: ClaudeCodeLogs()
        )
        #expect(run.calls.count == 1)
        #expect(run.reasons.isEmpty)
    }

    @Test func `other progress echoes no call`() {
        let line = ClaudeLine.progress().replacing("agent_progress", with: "bash_progress")
        #expect(run(line).calls.isEmpty)
    }
}
