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
            .context(turn: CodexTurnIDs.second),
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
        #expect(run.strands.map(\.project) == ["/code/app"])
    }

    @Test func `a usage record and the token count behind it are one call`() {
        let record = CodexLine.line(
            "token_usage_record",
            """
            "thread_id":"\(CodexThreadIDs.parent)","turn_id":"\(CodexTurnIDs.first)","response_id":"resp_1",\
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
