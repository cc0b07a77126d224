import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct CodexExtractorTests {
    @Test func `cached input is taken out of the input and reasoning stays inside the output`() {
        let run = rollout(.meta(), .context(), .count(total: (1000, 600, 50, 20), last: (1000, 600, 50, 20)))
        #expect(
            run.calls.map(\.usage) == [
                Usage(inputTokens: 400, outputTokens: 50, cacheReadTokens: 600, reasoningTokens: 20)
            ]
        )
        #expect(run.calls.map(\.model) == [ModelID("gpt-5.5")])
        #expect(run.calls.map(\.effort) == [.high])
    }

    @Test func `a token count whose total has not moved is the same response again`() {
        let run = rollout(
            .meta(),
            .context(),
            .count(total: (1000, 0, 50, 0), last: (1000, 0, 50, 0)),
            .context(turn: Turn.second),
            .count(total: (1000, 0, 50, 0), last: (1000, 0, 50, 0)),
            .count(total: (2200, 900, 80, 0), last: (1200, 900, 30, 0))
        )
        #expect(run.calls.map(\.usage.promptTokens) == [1000, 1200])
    }

    @Test func `without the last response's share the running total tells it`() {
        let run = rollout(
            .meta(),
            .context(),
            .count(total: (1000, 100, 50, 0), last: nil),
            .count(total: (2500, 1000, 80, 0), last: nil)
        )
        #expect(run.calls.map(\.usage.promptTokens) == [1000, 1500])
        #expect(run.calls.map(\.usage.cacheReadTokens) == [100, 900])
        #expect(run.calls.map(\.usage.outputTokens) == [50, 30])
    }

    @Test func `a total that goes down is no response of that size`() {
        let run = rollout(
            .meta(),
            .context(),
            .count(total: (300_000, 0, 900, 0), last: (9000, 0, 90, 0)),
            .count(total: (250_000, 0, 700, 0), last: (4000, 0, 40, 0))
        )
        #expect(run.calls.map(\.usage.inputTokens) == [9000, 4000])
    }

    @Test func `an event that only says the window is full is no call`() {
        let run = rollout(
            .meta(),
            .context(),
            .count(total: (1000, 0, 50, 0), last: (1000, 0, 50, 0)),
            .count(total: (0, 0, 0, 0), last: (0, 0, 0, 0))
        )
        #expect(run.calls.count == 1)
    }

    @Test func `a token count without info only tells the limits`() {
        let run = rollout(.meta(), .context(), .limits(plan: "plus"), .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0)))
        #expect(run.calls.count == 1)
        #expect(run.strands.map(\.billing) == [.subscription])
        #expect(run.reasons.isEmpty)
    }

    @Test(arguments: [
        ("plus", Billing.subscription), ("enterprise", .subscription), ("free", .subscription),
        ("self_serve_business_usage_based", .api), ("unknown", .unknown),
    ])
    func `the plan says how calls are paid for`(plan: String, billing: Billing) {
        let run = rollout(.meta(), .context(), .limits(plan: plan), .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0)))
        #expect(run.strands.map(\.billing) == [billing])
    }

    @Test func `a model that is not named is unknown, not a default`() {
        let run = rollout(.meta(), .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0)))
        #expect(run.calls.map(\.model) == [ModelID("unknown")])
    }

    @Test func `settings change model, effort and tier`() {
        let run = rollout(
            .meta(),
            .context(),
            .event(
                "thread_settings_applied",
                #""thread_settings":{"model":"gpt-5.4","service_tier":"priority","reasoning_effort":"low"}"#
            ),
            .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0))
        )
        #expect(run.calls.map(\.model) == [ModelID("gpt-5.4")])
        #expect(run.calls.map(\.effort) == [.low])
        #expect(run.calls.map(\.mode) == [ServingMode(serviceTier: .priority)])
    }

    @Test func `negative and absurd counts neither trap nor reach a sum`() {
        let run = rollout(
            .meta(),
            .context(),
            .count(total: (-5, -7, 3, 0), last: (-5, -7, 3, 0)),
            .count(total: (.max, .max, .max, .max), last: (.max, .max, .max, .max))
        )
        #expect(run.calls.first?.usage == Usage(outputTokens: 3))
        #expect(run.usage.totalTokens > 0)
    }

    @Test func `wrong types are not a call`() {
        let run = ExtractorRun(
            lines: """
                {"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":"many"}}}
                {"type":"event_msg","payload":{"type":"token_count","info":[]}}
                {"type":"event_msg","payload":7}
                {"type":"event_msg","payload":{"type":"token_count","info":{"last_token_usage":{"input_tokens":5}}}}
                [1]
                {"type":"new_kind","payload":{"type":"x"}}

                """,
            of: CodexLogs()
        )
        #expect(run.calls.isEmpty)
        #expect(
            run.reasons == ["token count without usage", "token count without usage", "token count without a time"]
        )
    }

    @Test func `a call stands where its first item does, before the results of its tools`() throws {
        let run = rollout(
            .meta(),
            .context(),
            .prompt("fix it"),
            .item(#""type":"reasoning","summary":[{"type":"summary_text","text":"hm"}],"id":"rs_1""#),
            .item(
                #""type":"function_call","name":"exec_command","arguments":"{\"cmd\":\"ls\"}","call_id":"call_1""#
            ),
            .item(
                #""type":"function_call_output","call_id":"call_1","output":"Chunk ID: a\nProcess exited with code 2\nOutput:\nno""#
            ),
            .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0))
        )
        let call = try #require(run.calls.first)
        let tool = try #require(run.toolCalls.first)
        let result = try #require(run.arrivals.first { $0.kind == .toolResult })
        #expect(call.id == "rs_1")
        #expect(call.stopReason == .toolUse)
        #expect(call.position.offset < result.position.offset)
        #expect(tool.call == call.key)
        #expect(tool.kind == .execute)
        #expect(result.tool == tool.key)
        #expect(result.isError)
    }

    @Test func `a prompt logged as item and as event is one prompt`() {
        let run = rollout(
            .meta(),
            .context(),
            .item(
                ##""type":"message","role":"user","content":[{"type":"input_text","text":"# AGENTS.md instructions for x"}]"##
            ),
            .item(#""type":"message","role":"user","content":[{"type":"input_text","text":"fix the ä\nbug"}]"#),
            .prompt(#"fix the \u00e4\nbug"#),
            .item(#""type":"message","role":"user","content":[{"type":"input_text","text":"again"}]"#),
            .prompt("again"),
            .item(#""type":"message","role":"user","content":[{"type":"input_text","text":"again"}]"#),
            .prompt("again")
        )
        #expect(run.arrivals.map(\.kind) == [.context, .prompt, .prompt, .prompt])
    }

    @Test func `a patch names the first file it is about`() {
        let run = rollout(
            .meta(),
            .context(),
            .item(
                #""type":"custom_tool_call","name":"apply_patch","call_id":"c","input":"*** Begin Patch\n*** Update File: /a/b.swift\n@@\n""#
            ),
            .item(#""type":"function_call","name":"view_image","call_id":"d","arguments":"{\"path\":\"/a/b.swift\"}""#),
            .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0))
        )
        #expect(run.toolCalls.map(\.targetHash) == [stableHash("/a/b.swift"), stableHash("/a/b.swift")])
        #expect(run.toolCalls.map(\.kind) == [.edit, .read])
    }

    @Test func `compaction leaves what the model was left with`() {
        let run = rollout(
            .meta(),
            .line("compacted", #""message":"","replacement_history":[{"type":"message"}]"#)
        )
        #expect(run.arrivals.map(\.kind) == [.compactSummary])
    }

    @Test func `an exec session has no person at it`() {
        let run = rollout(
            .meta(more: #","source":"exec""#),
            .context(),
            .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0))
        )
        #expect(run.strands.map(\.isHeadless) == [true])
        #expect(run.strands.map(\.project) == ["/work/app"])
    }

    @Test func `a usage record and the token count behind it are one call`() {
        let record = Line.line(
            "token_usage_record",
            """
            "thread_id":"\(Thread.parent)","turn_id":"\(Turn.first)","response_id":"resp_1",\
            "usage":{"input_tokens":100,"cached_input_tokens":40,"cache_write_input_tokens":30,"output_tokens":5}
            """
        )
        let run = rollout(.meta(), .context(), record, .count(total: (100, 40, 5, 0), last: (100, 40, 5, 0)))
        #expect(run.calls.map(\.id) == ["resp_1"])
        #expect(
            run.calls.map(\.usage) == [
                Usage(inputTokens: 30, outputTokens: 5, cacheReadTokens: 40, cacheWrite5mTokens: 30)
            ]
        )
        let copy = rollout(.meta(), .context(), .count(total: (100, 40, 5, 0), last: (100, 40, 5, 0)))
        #expect(copy.calls.map(\.key) == run.calls.map(\.key), "a fork copies the count and not the record")
    }
}

/// Splitting a file anywhere must not change what is read from it.
@Suite struct CodexResumeTests {
    static let lines: [Line] = [
        .meta(),
        .event("task_started", #""turn_id":"\#(Turn.first)""#),
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
            "thread_id":"\(Thread.parent)","turn_id":"\(Turn.first)","response_id":"r2",\
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
        let run = ExtractorRun(lines: Line.context().text, of: CodexLogs(), resuming: [1, 2, 3])
        #expect(run.calls.isEmpty)
    }
}

/// Forks and subagents repeat the records of the thread they come from.
@Suite struct CodexReplayTests {
    static let parentsOwn: [Line] = [
        .event("task_started", #""turn_id":"\#(Turn.first)""#),
        .context(),
        .prompt("first"),
        .count(total: (100, 0, 10, 0), last: (100, 0, 10, 0)),
        .count(total: (260, 90, 14, 0), last: (160, 90, 4, 0)),
    ]
    static let parent = rollout([.meta()] + parentsOwn)

    @Test(arguments: [#","forked_from_id":"\#(Thread.parent)""#, Line.spawned])
    func `a child's copies carry the parent's keys and yield to them`(origin: String) {
        let child = rollout(
            [.meta(Thread.child, more: origin), .meta()] + CodexReplayTests.parentsOwn
                + [
                    .event("task_started", #""turn_id":"\#(Turn.child)""#),
                    .context(turn: Turn.child),
                    .prompt("next"),
                    .count(total: (560, 90, 24, 0), last: (300, 0, 10, 0)),
                ]
        )
        let echo = child.strands.filter(\.isEcho)
        let own = child.strands.filter { !$0.isEcho }
        #expect(echo.flatMap(\.calls).map(\.key) == CodexReplayTests.parent.calls.map(\.key))
        #expect(echo.flatMap(\.arrivals).count == 1)
        #expect(own.flatMap(\.calls).map(\.usage.promptTokens) == [300])
        #expect(own.flatMap(\.arrivals).count == 1)
        #expect(distinctCalls([CodexReplayTests.parent, child]).count == 3)
    }

    @Test func `copies without turn ids are known by their thread's origin and its totals`() {
        let own: [Line] = [
            .line("turn_context", #""model":"gpt-5""#, at: 1),
            .count(total: (100, 0, 10, 0), last: (100, 0, 10, 0), at: 1),
        ]
        let parent = rollout([.meta(at: -100)] + own)
        let next = Line.count(total: (400, 0, 20, 0), last: (300, 0, 10, 0), at: 90)
        let fork = #","forked_from_id":"\#(Thread.parent)""#
        let child = rollout([.meta(Thread.child, more: fork, at: 0), .meta(at: 0)] + own + [next])
        let bare = rollout([.meta(Thread.child, more: fork, at: 0)] + own + [next])
        let spawned = rollout([.meta(Thread.child, more: Line.spawned, at: 0)] + own + [next])
        for copy in [child, bare, spawned] {
            #expect(distinctCalls([parent, copy]).count == 2)
            #expect(copy.strands.filter(\.isEcho).flatMap(\.calls).count == 1)
        }
        #expect(child.calls.map(\.key) == bare.calls.map(\.key))
    }

    @Test func `two sessions with the same counts are two calls`() {
        let count = Line.count(total: (100, 0, 10, 0), last: (100, 0, 10, 0))
        let one = rollout(.meta(), .line("turn_context", #""model":"gpt-5""#), count)
        let other = rollout(.meta(Thread.child), .line("turn_context", #""model":"gpt-5""#), count)
        #expect(distinctCalls([one, other]).count == 2)
    }

    @Test func `copies in files that name no thread are known by their time`() {
        let count = Line.count(total: (100, 0, 10, 0), last: nil)
        let one = ExtractorRun(lines: count.text, of: CodexLogs(), path: "2026-parent.jsonl")
        let other = ExtractorRun(lines: count.text, of: CodexLogs(), path: "2026-branch.jsonl")
        #expect(distinctCalls([one, other]).count == 1)
    }

    @Test func `a subagent that first reports where its parent stood has made no call yet`() {
        let child = rollout(
            .meta(Thread.child, more: Line.spawned),
            .event("task_started", #""turn_id":"\#(Turn.child)""#),
            .context(turn: Turn.child),
            .count(total: (9000, 0, 900, 0), last: (160, 90, 4, 0)),
            .item(#""type":"message","role":"assistant","content":[]"#),
            .count(total: (9300, 0, 910, 0), last: (300, 0, 10, 0))
        )
        #expect(child.calls.map(\.usage.promptTokens) == [300])
    }

    @Test func `a subagent is a thread of its parent's session`() {
        let child = rollout(
            .meta(Thread.child, more: Line.spawned),
            .context(turn: Turn.child),
            .prompt("look it up"),
            .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0))
        )
        #expect(child.strands.map(\.session.name) == [Thread.parent])
        #expect(child.strands.map(\.thread) == [ThreadID(kind: .subagent, name: Thread.child)])
        #expect(child.strands.map(\.agentType) == ["explorer"])
        #expect(child.arrivals.map(\.kind) == [.delegation])
    }
}

private enum Thread {
    static let parent = "019ed500-0000-7000-8000-000000000001"
    static let child = "019ed600-0000-7000-8000-000000000002"
}

private enum Turn {
    static let first = "019ed501-0000-7000-8000-000000000003"
    static let second = "019ed502-0000-7000-8000-000000000004"
    static let child = "019ed601-0000-7000-8000-000000000005"
}

private func rollout(_ lines: Line...) -> ExtractorRun { rollout(lines) }

private func rollout(_ lines: [Line]) -> ExtractorRun {
    ExtractorRun(lines: lines.map(\.text).joined(), of: CodexLogs())
}

/// A line of a rollout.
struct Line: Sendable {
    typealias Counts = (input: Int, cached: Int, output: Int, reasoning: Int)

    var text: String

    static let spawned =
        #","source":{"subagent":{"thread_spawn":{"parent_thread_id":"\#(Thread.parent)","depth":1,"agent_role":"explorer"}}}"#

    /// A line written some seconds after noon.
    static func line(_ type: String, _ payload: String, at second: Int = 0) -> Line {
        let time = Timestamp(milliseconds: 1_781_697_600_000 + Int64(second) * 1000)
        return Line(text: #"{"timestamp":"\#(time)","type":"\#(type)","payload":{\#(payload)}}"# + "\n")
    }

    static func meta(_ thread: String = Thread.parent, more: String = "", at second: Int = 0) -> Line {
        line("session_meta", #""id":"\#(thread)","cwd":"/work/app","model_provider":"openai"\#(more)"#, at: second)
    }

    static func context(turn: String = Turn.first) -> Line {
        line("turn_context", #""turn_id":"\#(turn)","model":"gpt-5.5","effort":"high""#)
    }

    static func item(_ payload: String) -> Line { line("response_item", payload) }

    static func event(_ type: String, _ payload: String, at second: Int = 0) -> Line {
        line("event_msg", #""type":"\#(type)",\#(payload)"#, at: second)
    }

    static func prompt(_ text: String) -> Line { event("user_message", #""message":"\#(text)","images":[]"#) }

    static func limits(plan: String) -> Line {
        event("token_count", #""info":null,"rate_limits":{"plan_type":"\#(plan)"}"#)
    }

    static func count(total: Counts, last: Counts?, at second: Int = 0) -> Line {
        func usage(_ counts: Counts) -> String {
            """
            {"input_tokens":\(counts.input),"cached_input_tokens":\(counts.cached),"output_tokens":\(counts.output),\
            "reasoning_output_tokens":\(counts.reasoning),"total_tokens":\(counts.input &+ counts.output)}
            """
        }
        let last = last.map { #","last_token_usage":\#(usage($0))"# } ?? ""
        return event("token_count", #""info":{"total_token_usage":\#(usage(total))\#(last)}"#, at: second)
    }
}
