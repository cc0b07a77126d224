import Domain
import Testing

@testable import Ingestion

@Suite struct ClaudeUsageTests {
    private func calls(_ usages: String...) -> [Call] {
        ExtractorRun(lines: usages.map { ClaudeLine.reply(usage: $0) }.joined(), of: ClaudeCodeLogs()).calls
    }

    @Test func `cache writes are split by how long they live`() {
        #expect(
            calls(ClaudeLine.usage).map(\.usage) == [
                Usage(
                    inputTokens: 10,
                    outputTokens: 20,
                    cacheReadTokens: 30,
                    cacheWrite5mTokens: 15,
                    cacheWrite1hTokens: 25
                )
            ]
        )
    }

    @Test(arguments: [
        (#","cache_creation_input_tokens":40"#, 40, 0),
        (#","cache_creation_input_tokens":40,"cache_creation":null"#, 40, 0),
        (#","cache_creation":{"ephemeral_1h_input_tokens":25},"cache_creation_input_tokens":40"#, 15, 25),
        (#","cache_creation_input_tokens":40,"cache_creation":{"ephemeral_1h_input_tokens":40}"#, 0, 40),
        (#","cache_creation":{"ephemeral_5m_input_tokens":7,"ephemeral_1h_input_tokens":8}"#, 7, 8),
    ])
    func `the flat count of old versions lived five minutes, and is not counted beside the split`(
        fields: String,
        fiveMinutes: Int,
        anHour: Int
    ) {
        let usage = calls(ClaudeLine.output(1, fields))[0].usage
        #expect(usage.cacheWrite5mTokens == fiveMinutes)
        #expect(usage.cacheWrite1hTokens == anHour)
    }

    @Test(arguments: [
        ("", ServingMode.standard), (#","speed":"standard","service_tier":"standard","inference_geo":"""#, .standard),
        (#","inference_geo":"not_available""#, .standard), (#","speed":"fast""#, ServingMode(isFast: true)),
        (#","inference_geo":"us""#, ServingMode(isUSOnly: true)),
        (#","service_tier":"batch""#, ServingMode(serviceTier: .batch)),
        (#","service_tier":"priority""#, ServingMode(serviceTier: .priority)),
        (
            #","service_tier":"flex","speed":"fast","inference_geo":"us""#,
            ServingMode(serviceTier: .flex, isFast: true, isUSOnly: true)
        ),
    ])
    func `what changes the price is kept`(fields: String, mode: ServingMode) {
        #expect(calls(ClaudeLine.output(1, fields)).map(\.mode) == [mode])
    }

    /// The first lines of a response say `"speed":null`; the one with the final usage says how it was served.
    @Test func `the final usage says how a response was served`() {
        let mode = ServingMode(serviceTier: .priority, isFast: true, isUSOnly: true)
        let first = ClaudeLine.output(2, #","speed":null,"service_tier":"standard","inference_geo":"not_available""#)
        let last = ClaudeLine.output(90, #","speed":"fast","service_tier":"priority","inference_geo":"us""#)
        #expect(calls(first, first, last).map(\.mode) == [mode])
        #expect(calls(last, first).map(\.mode) == [mode])
    }

    @Test func `web searches are counted`() {
        let usage = ClaudeLine.output(1, #","server_tool_use":{"web_search_requests":3,"web_fetch_requests":9}"#)
        #expect(calls(usage).map(\.usage.webSearchRequests) == [3])
    }

    private static let refused =
        #"{"type":"message","model":"claude-fable-5[1m]","input_tokens":2,"output_tokens":2,"cache_read_input_tokens":32238,"cache_creation":{"ephemeral_1h_input_tokens":21874}}"#

    @Test func `a refused attempt before the fallback is billed on its own model`() {
        let fallback = #"{"type":"fallback_message","model":"claude-opus-4-8","input_tokens":1,"output_tokens":50}"#
        let call = calls(ClaudeLine.output(50, #","iterations":[\#(ClaudeUsageTests.refused),\#(fallback)]"#))[0]
        let earlier = Usage(inputTokens: 2, outputTokens: 2, cacheReadTokens: 32_238, cacheWrite1hTokens: 21_874)
        #expect(call.usage == Usage(inputTokens: 1, outputTokens: 50))
        #expect(call.earlierAttempts == [Attempt(model: ModelID("claude-fable-5"), usage: earlier)])
        #expect(call.billedUsage.cacheReadTokens == 32_238)
    }

    @Test func `an attempt that names no model was on the call's own`() {
        let iterations = #","iterations":[{"input_tokens":4,"output_tokens":5},{"input_tokens":1,"output_tokens":50}]"#
        #expect(
            calls(ClaudeLine.output(50, iterations))[0].earlierAttempts.map(\.model) == [ModelID("claude-opus-4-8")]
        )
    }

    @Test(arguments: [
        #","iterations":[]"#, #","iterations":[{"input_tokens":1,"output_tokens":50}]"#,
        #","iterations":[{"input_tokens":1,"output_tokens":20},{"input_tokens":0,"output_tokens":30}]"#,
    ])
    func `where the usage already is the sum nothing is added`(iterations: String) {
        let call = calls(ClaudeLine.output(50, iterations))[0]
        #expect(call.earlierAttempts.isEmpty)
        #expect(call.usage.outputTokens == 50)
    }

    private static let compaction = #"{"type":"compaction","input_tokens":900,"output_tokens":70}"#

    @Test(arguments: [
        [Self.compaction], [Self.compaction, #"{"type":"message","input_tokens":1,"output_tokens":50}"#],
        [#"{"type":"message","input_tokens":1,"output_tokens":50}"#, Self.compaction],
        [
            #"{"type":"message","input_tokens":1,"output_tokens":20}"#, Self.compaction,
            #"{"type":"message","input_tokens":0,"output_tokens":30}"#,
        ],
    ])
    func `a compaction is billed besides, and no message that the usage counts`(iterations: [String]) {
        let usage = ClaudeLine.output(50, #","iterations":[\#(iterations.joined(separator: ","))]"#)
        let call = calls(usage)[0]
        #expect(call.usage == Usage(inputTokens: 1, outputTokens: 50))
        #expect(call.earlierAttempts.map(\.usage) == [Usage(inputTokens: 900, outputTokens: 70)])
        #expect(call.earlierAttempts.map(\.model) == [ModelID("claude-opus-4-8")])
    }

    @Test func `an advisor is billed besides, on its own model, beside a refused attempt`() {
        let advice = #"{"type":"advisor_message","model":"claude-opus-5","input_tokens":3,"output_tokens":4}"#
        let fallback = #"{"type":"fallback_message","model":"claude-opus-4-8","input_tokens":1,"output_tokens":50}"#
        let iterations = [ClaudeUsageTests.refused, advice, fallback].joined(separator: ",")
        let call = calls(ClaudeLine.output(50, #","iterations":[\#(iterations)]"#))[0]
        #expect(call.earlierAttempts.map(\.model) == [ModelID("claude-opus-5"), ModelID("claude-fable-5")])
    }

    @Test func `only some line of a response has the earlier attempts`() {
        let fallback = #"{"model":"claude-opus-4-8","input_tokens":1,"output_tokens":50}"#
        let full = ClaudeLine.output(50, #","iterations":[\#(ClaudeUsageTests.refused),\#(fallback)]"#)
        for usages in [[ClaudeLine.output(50), full], [full, ClaudeLine.output(50)]] {
            #expect(calls(usages[0], usages[1]).map(\.earlierAttempts.count) == [1])
        }
    }

    @Test(arguments: [("-5", 0), ("null", 0), ("\"12\"", 0), ("1.6", 2), ("1e3", 1000), ("{}", 0), ("true", 0)])
    func `a count that is none is nothing, a fraction is rounded`(spelled: String, tokens: Int) {
        let usage = #"{"input_tokens":\#(spelled),"output_tokens":7}"#
        #expect(calls(usage).map(\.usage) == [Usage(inputTokens: tokens, outputTokens: 7)])
    }

    @Test(arguments: ["9223372036854775808", "1e400", "123456789012345678901234567890", "9000000000000000000"])
    func `a count no response can have is named, and the line left out`(spelled: String) {
        let run = ExtractorRun(
            lines: ClaudeLine.reply(usage: #"{"input_tokens":\#(spelled),"output_tokens":7}"#)
                + ClaudeLine.reply("msg_2"),
            of: ClaudeCodeLogs()
        )
        #expect(run.reasons == ["token count out of range"])
        #expect(run.calls.map(\.id) == ["msg_2"])
    }

    @Test(arguments: ["{]}", #"{"input_tokens":1 "output_tokens":2}"#, #"{"input_tokens":tru}"#])
    func `a usage that cannot be read is named, not passed over`(spelled: String) {
        let run = ExtractorRun(
            lines: ClaudeLine.reply(usage: spelled) + ClaudeLine.reply("msg_2"),
            of: ClaudeCodeLogs()
        )
        #expect(run.reasons.count == 1)
        #expect(run.calls.map(\.id) == ["msg_2"])
    }
}
