import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct CopilotCLIExtractorTests {
    private let start = line(
        "session.start",
        #""sessionId":"s1","context":{"cwd":"/code/app"},"reasoningEffort":"high""#
    )

    private static func line(_ type: String, _ data: String, id: String = "e") -> String {
        #"{"type":"\#(type)","data":{\#(data)},"id":"\#(id)","timestamp":"2026-06-25T01:50:34.403Z"}"# + "\n"
    }

    private func message(_ id: String, model: String = "gpt-5.4", output: Int = 10, more: String = "") -> String {
        CopilotCLIExtractorTests.line(
            "assistant.message",
            #""messageId":"m\#(id)","apiCallId":"a\#(id)","model":"\#(model)","content":"ok","toolRequests":[],"outputTokens":\#(output)\#(more)"#
        )
    }

    private func shutdown(
        model: String = "gpt-5.4",
        requests: Int,
        input: Int,
        output: Int,
        read: Int = 0,
        write: Int = 0,
        reasoning: Int = 0,
        id: String = "end"
    ) -> String {
        CopilotCLIExtractorTests.line(
            "session.shutdown",
            #""modelMetrics":{"\#(model)":{"requests":{"count":\#(requests),"cost":1},"usage":{"inputTokens":\#(input),"outputTokens":\#(output),"cacheReadTokens":\#(read),"cacheWriteTokens":\#(write),"reasoningTokens":\#(reasoning)}}}"#,
            id: id
        )
    }

    @Test func `a model's calls and tokens add up to what the shutdown says`() {
        let run = ExtractorRun(
            lines: start + message("1") + message("2", output: 20) + message("3", output: 3)
                + shutdown(requests: 3, input: 1000, output: 33, read: 700, write: 101, reasoning: 11),
            of: CopilotCLILogs()
        )
        #expect(run.calls.map(\.id) == ["a1", "a2", "a3"])
        #expect(run.calls.map(\.usage.outputTokens) == [10, 20, 3])
        #expect(
            run.usage
                == Usage(
                    inputTokens: 199,
                    outputTokens: 33,
                    cacheReadTokens: 700,
                    cacheWrite5mTokens: 101,
                    reasoningTokens: 11
                )
        )
        #expect(run.calls.allSatisfy { $0.usage.reasoningTokens <= $0.usage.outputTokens })
        #expect(run.calls.map(\.effort) == [.high, .high, .high])
        #expect(run.strands.map(\.billing) == [.subscription])
    }

    @Test func `requests without a message are calls of their own`() {
        let run = ExtractorRun(
            lines: start + message("1") + shutdown(requests: 3, input: 300, output: 31),
            of: CopilotCLILogs()
        )
        #expect(run.calls.map(\.usage.outputTokens) == [10, 10, 11])
        #expect(run.calls.map(\.usage.inputTokens) == [100, 100, 100])
        #expect(Set(run.calls.map(\.key)).count == 3)
    }

    @Test func `without a shutdown only the output is known`() {
        let run = ExtractorRun(lines: start + message("1"), of: CopilotCLILogs())
        #expect(run.calls.map(\.usage) == [Usage(outputTokens: 10)])
    }

    @Test func `each shutdown covers the messages since the session was entered`() {
        let resume = CopilotCLIExtractorTests.line("session.resume", #""eventCount":4"#)
        let run = ExtractorRun(
            lines: start + message("1") + shutdown(requests: 1, input: 100, output: 10) + resume + message("2")
                + shutdown(requests: 1, input: 50, output: 10, id: "end2"),
            of: CopilotCLILogs()
        )
        #expect(run.calls.map(\.usage.inputTokens) == [100, 50])
        let lost = ExtractorRun(
            lines: start + message("1") + resume + message("2") + shutdown(requests: 1, input: 50, output: 10),
            of: CopilotCLILogs()
        )
        #expect(lost.calls.map(\.usage.inputTokens) == [0, 50])
    }

    @Test func `a shutdown without metrics leaves the responses to the next`() {
        let run = ExtractorRun(
            lines: start + message("1") + CopilotCLIExtractorTests.line("session.shutdown", #""modelMetrics":{}"#)
                + shutdown(requests: 1, input: 100, output: 10),
            of: CopilotCLILogs()
        )
        #expect(run.calls.map(\.usage.inputTokens) == [100])
    }

    @Test func `a call told before its shutdown is told again with its tokens`() {
        let head = start + message("1")
        let first = ExtractorRun(lines: head, of: CopilotCLILogs())
        let second = ExtractorRun(
            lines: shutdown(requests: 1, input: 100, output: 10),
            of: CopilotCLILogs(),
            resuming: first.state,
            at: head.utf8.count
        )
        let whole = ExtractorRun(lines: head + shutdown(requests: 1, input: 100, output: 10), of: CopilotCLILogs())
        #expect(second.calls == whole.calls)
        #expect(first.calls.map(\.key) == whole.calls.map(\.key))
        #expect(second.state == whole.state)
    }

    @Test func `a subagent is a thread, its tokens part of the session's`() {
        let run = ExtractorRun(
            lines: start
                + CopilotCLIExtractorTests.line("subagent.started", #""toolCallId":"t9","agentName":"explore""#)
                + message("1", model: "claude-haiku-4.5", more: #","parentToolCallId":"t9""#)
                + shutdown(model: "claude-haiku-4.5", requests: 1, input: 60, output: 10),
            of: CopilotCLILogs()
        )
        #expect(run.strands.map(\.thread) == [ThreadID(kind: .subagent, name: "t9")])
        #expect(run.strands.map(\.agentType) == ["explore"])
        #expect(run.calls.map(\.model) == [ModelID("claude-haiku-4-5")])
        #expect(run.usage.inputTokens == 60)
    }

    @Test func `tool calls, results and prompts`() throws {
        let tools = #","toolRequests":[{"toolCallId":"t1","name":"view","arguments":{"path":"/a"}}]"#
        let run = ExtractorRun(
            lines: start + CopilotCLIExtractorTests.line("user.message", #""content":"look","attachments":[{}]"#)
                + message("1", more: tools)
                + CopilotCLIExtractorTests.line(
                    "tool.execution_complete",
                    #""toolCallId":"t1","success":false,"error":{"message":"no such file"}"#
                ),
            of: CopilotCLILogs()
        )
        let tool = try #require(run.toolCalls.first)
        #expect(run.calls.first?.stopReason == .toolUse)
        #expect(tool.call == run.calls.first?.key)
        #expect(tool.targetHash == stableHash("/a"))
        #expect(run.arrivals.map(\.kind) == [.prompt, .toolResult])
        #expect(run.arrivals.map(\.attachments) == [1, 0])
        #expect(run.arrivals.last?.isError == true)
        #expect(run.arrivals.last?.tool == tool.key)
    }

    @Test func `absurd metrics neither trap nor make endless calls`() {
        let run = ExtractorRun(
            lines: start + message("1", output: .max) + message("2", output: -4)
                + shutdown(requests: .max, input: .max, output: .max, read: -1, reasoning: .max),
            of: CopilotCLILogs()
        )
        #expect(run.calls.count <= 10_002)
        #expect(run.usage.totalTokens > 0)
    }

    @Test func `what cannot be used is named`() {
        let run = ExtractorRun(
            lines: start + CopilotCLIExtractorTests.line("assistant.message", #""messageId":"m""#)
                + #"{"type":"session.shutdown","data":7}"# + "\n"
                + #"{"type":"session.shutdown","data":{"modelMetrics":[]}}"#
                + "\n",
            of: CopilotCLILogs()
        )
        #expect(run.reasons == ["message without a model"])
    }
}

@Suite(.enabled(if: RealLogs.exist(".copilot"))) struct CopilotCLIRealLogTests {
    @Test func `real sessions give the totals Copilot logged`() throws {
        let runs = try RealLogs.runs(of: CopilotCLILogs()).map(\.run)
        let calls = runs.flatMap(\.calls)
        func usage(of model: String) -> Usage {
            calls.filter { $0.model == ModelID(model) }.reduce(.zero) { $0 + $1.usage }
        }
        #expect(calls.count == 120)
        #expect(
            usage(of: "gpt-5.3-codex-spark")
                == Usage(inputTokens: 12_847 + 12_845 + 12_839, outputTokens: 969, reasoningTokens: 749)
        )
        #expect(
            usage(of: "gpt-5.4-mini")
                == Usage(
                    inputTokens: 15_517 + 15_528 + 15_530 + 686,
                    outputTokens: 144,
                    cacheReadTokens: 14_848,
                    reasoningTokens: 84
                )
        )
        #expect(usage(of: "claude-sonnet-4-6") == Usage(outputTokens: 19_254))
        #expect(usage(of: "claude-opus-4-8") == Usage(outputTokens: 41_776))
    }
}
