import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct QwenCodeExtractorTests {
    private let source = QwenCodeLogs()
    private let path = "-work-app/chats/s1.jsonl"

    private func record(_ type: String, _ more: String, id: String = "u1") -> String {
        #"{"uuid":"\#(id)","sessionId":"s1","timestamp":"2026-02-01T10:00:00.000Z","type":"\#(type)","cwd":"/code/app",\#(more)}"#
            + "\n"
    }

    private func reply(total: Int, more: String = "") -> String {
        record(
            "assistant",
            #""model":"qwen3-coder-plus","message":{"role":"model","parts":[{"text":"hm","thought":true},{"functionCall":{"id":"f1","name":"read_file","args":{"absolute_path":"/a"}}}]},"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":50,"cachedContentTokenCount":600,"thoughtsTokenCount":30,"totalTokenCount":\#(total)}\#(more)"#
        )
    }

    @Test(arguments: [(1080, 80), (1050, 50), (0, 80)])
    func `thoughts are inside the candidates where the total says so`(total: Int, output: Int) {
        let run = ExtractorRun(lines: reply(total: total), of: source, path: path)
        #expect(
            run.calls.map(\.usage) == [
                Usage(inputTokens: 400, outputTokens: output, cacheReadTokens: 600, reasoningTokens: 30)
            ]
        )
        #expect(run.strands.map(\.project) == ["/code/app"])
    }

    @Test func `a branch copies records under their ids`() {
        let original = ExtractorRun(lines: reply(total: 1080), of: source, path: path)
        let branch = ExtractorRun(
            lines: reply(total: 1080, more: #","forkedFrom":{"sessionId":"s0","messageUuid":"u1"}"#),
            of: source,
            path: path
        )
        #expect(branch.calls.map(\.key) == original.calls.map(\.key))
        #expect(branch.strands.map(\.isEcho) == [true])
    }

    @Test func `tool calls and results belong together`() throws {
        let result = record(
            "tool_result",
            #""message":{"parts":[{"functionResponse":{"id":"f1","response":{"error":"no"}}}]},"toolCallResult":{"status":"error"}"#,
            id: "u2"
        )
        let run = ExtractorRun(lines: reply(total: 1080) + result, of: source, path: path)
        let tool = try #require(run.toolCalls.first)
        #expect(tool.targetHash == stableHash("/a"))
        #expect(run.calls.map(\.stopReason) == [.toolUse])
        #expect(run.arrivals.map(\.tool) == [tool.key])
        #expect(run.arrivals.map(\.isError) == [true])
    }

    @Test func `a sidechain is a subagent and its prompt a delegation`() {
        let side = #","agentId":"explore-1","agentName":"Explore","isSidechain":true"#
        let run = ExtractorRun(
            lines: record("user", #""message":{"parts":[{"text":"look"}]}\#(side)"#)
                + reply(total: 1080, more: side)
                + record("user", #""message":{"parts":[{"text":"hi"}]}"#, id: "u3")
                + record("user", #""subtype":"notification","message":{"parts":[{"text":"done"}]}"#, id: "u4"),
            of: source,
            path: path
        )
        #expect(
            run.strands.map(\.thread) == [ThreadID(kind: .subagent, name: "explore-1"), .main]
        )
        #expect(run.strands.first?.agentType == "Explore")
        #expect(run.arrivals.map(\.kind) == [.delegation, .prompt, .context])
    }

    @Test func `the first versions' documents are read as Gemini CLI's`() {
        let document =
            #"{"sessionId":"s1","messages":[{"id":"m","timestamp":"2026-01-15T20:51:52.837Z","type":"qwen","model":"qwen3","tokens":{"input":5,"output":2,"cached":0,"thoughts":0,"total":7}}]}"#
        let run = ExtractorRun(document: document, of: source, path: "hash/chats/session-1.json")
        #expect(run.calls.map(\.usage) == [Usage(inputTokens: 5, outputTokens: 2)])
        #expect(run.strands.map(\.session.agent) == [.qwenCode])
    }

    @Test func `what cannot be used is named, what holds no counts is not a call`() {
        let run = ExtractorRun(
            lines: record("assistant", #""usageMetadata":{"promptTokenCount":5}"#)
                + record("assistant", #""model":"m","message":{"parts":[{"text":"part of a response"}]}"#)
                + record("system", #""subtype":"ui_telemetry","systemPayload":{}"#) + #"{"type":7}"# + "\n[]\n",
            of: source,
            path: path
        )
        #expect(run.reasons == ["response without a model"])
        #expect(run.calls.isEmpty)
    }
}
