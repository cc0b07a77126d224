import Domain
import Testing

@testable import Ingestion

/// Splitting a file anywhere must not change what is read from it.
@Suite struct CodexResumeTests {
    static let lines: [CodexLine] = [
        .meta(),
        .event("task_started", #""turn_id":"\#(CodexTurnIDs.first)""#),
        .context(),
        .prompt("one"),
        .item(#""type":"message","role":"assistant","content":[{"type":"output_text","text":"I look"}],"id":"msg_1""#),
        .item(#""type":"function_call","name":"exec_command","arguments":"{}","call_id":"call_1""#),
        .item(#""type":"web_search_call","status":"completed","action":{"type":"search","query":"x"}"#),
        .item(#""type":"function_call_output","call_id":"call_1","output":"fine""#),
        .count(total: (100, 0, 10, 0), last: (100, 0, 10, 0)),
        .count(total: (100, 0, 10, 0), last: (100, 0, 10, 0)),
        .line(
            "token_usage_record",
            """
            "thread_id":"\(CodexThreadIDs.parent)","turn_id":"\(CodexTurnIDs.first)","response_id":"r2",\
            "usage":{"input_tokens":160,"cached_input_tokens":90,"output_tokens":4}
            """
        ),
        .count(total: (260, 90, 14, 0), last: (160, 90, 4, 0)),
        .event("thread_settings_applied", #""thread_settings":{"model":"gpt-5.4","service_tier":"fast"}"#),
        .limits(plan: "pro"),
        .count(total: (460, 90, 24, 0), last: nil),
    ]

    @Test(arguments: 0...lines.count)
    func `a file read in two pieces gives what it gives in one go`(split: Int) {
        let text = CodexResumeTests.lines.map(\.text)
        let head = text[..<split].joined()
        let whole = ExtractorRun(lines: text.joined(), of: CodexLogs())
        let first = ExtractorRun(lines: head, of: CodexLogs())
        let second = ExtractorRun(
            lines: text[split...].joined(),
            of: CodexLogs(),
            resuming: first.state,
            at: head.utf8.count
        )
        #expect(first.calls + second.calls == whole.calls)
        #expect(first.toolCalls + second.toolCalls == whole.toolCalls)
        #expect(first.arrivals + second.arrivals == whole.arrivals)
        #expect(second.state == whole.state)
        #expect(whole.calls.map(\.usage.promptTokens) == [100, 160, 200])
        #expect(whole.calls.map(\.usage.webSearchRequests) == [1, 0, 0])
        #expect(whole.calls.last?.mode == ServingMode(isFast: true))
    }

    @Test func `a state of no known form starts afresh`() {
        let run = ExtractorRun(lines: CodexLine.context().text, of: CodexLogs(), resuming: [1, 2, 3])
        #expect(run.calls.isEmpty)
    }
}
