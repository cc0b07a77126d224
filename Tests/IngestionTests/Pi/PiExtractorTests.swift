import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct PiExtractorTests {
    private let head = #"{"type":"session","id":"s1","timestamp":"2026-01-01T10:00:00.000Z","cwd":"/code/app"}"# + "\n"
    private let fork =
        #"{"type":"session","id":"s2","timestamp":"2026-01-01T11:00:00.000Z","cwd":"/code/app","parentSession":"/x/s1.jsonl"}"#
        + "\n"

    /// 2026-01-01T10:00:01Z.
    private static let time = 1_767_261_601_000

    private func reply(
        at time: Int = PiExtractorTests.time,
        usage: String = #""input":10,"output":20,"cacheRead":30,"cacheWrite":40,"cost":{"total":0.5}"#,
        content: String = #"[{"type":"text","text":"ok"}]"#,
        more: String = #","stopReason":"stop""#
    ) -> String {
        #"{"type":"message","id":"e1","parentId":null,"message":{"role":"assistant","provider":"openai","model":"m1","content":\#(content),"usage":{\#(usage)},"timestamp":\#(time)\#(more)}}"#
            + "\n"
    }

    @Test func `token kinds and the logged cost are kept as they are`() {
        let run = ExtractorRun(lines: head + reply(), of: PiLogs())
        #expect(
            run.calls.map(\.usage) == [
                Usage(inputTokens: 10, outputTokens: 20, cacheReadTokens: 30, cacheWrite5mTokens: 40)
            ]
        )
        #expect(run.calls.map(\.loggedCost) == [Money(approximatingUSD: 0.5)])
        #expect(run.calls.map(\.stopReason) == [.endTurn])
        #expect(run.strands.map(\.session.name) == ["s1"])
        #expect(run.strands.map(\.project) == ["/code/app"])
        #expect(run.strands.map(\.billing) == [.api])
    }

    @Test func `hour-long writes are part of the writes, reasoning of the output`() {
        let usage = #""input":1,"output":5,"reasoning":9,"cacheWrite":40,"cacheWrite1h":15,"cost":{"total":0}"#
        let run = ExtractorRun(lines: head + reply(usage: usage), of: PiLogs())
        #expect(run.usage.cacheWrite5mTokens == 25)
        #expect(run.usage.cacheWrite1hTokens == 15)
        #expect(run.usage.reasoningTokens == 5)
        #expect(run.calls.map(\.loggedCost) == [nil], "0 is what plans log")
    }

    @Test func `a fork's copies carry the same keys and yield`() {
        let next = reply(at: PiExtractorTests.time + 7_200_000)
        let original = ExtractorRun(lines: head + reply(), of: PiLogs())
        let copy = ExtractorRun(lines: fork + reply() + next, of: PiLogs())
        #expect(distinctCalls([original, copy]).count == 2)
        #expect(copy.strands.filter(\.isEcho).flatMap(\.calls).map(\.key) == original.calls.map(\.key))
        #expect(copy.strands.filter { !$0.isEcho }.flatMap(\.calls).count == 1)
    }

    @Test func `branches of one session all count`() {
        let other = reply(at: PiExtractorTests.time + 5)
        #expect(ExtractorRun(lines: head + reply() + other, of: PiLogs()).calls.count == 2)
    }

    @Test func `an aborted request that showed nothing is no call, one that showed text is a lower bound`() {
        let none = #""input":0,"output":0,"cacheRead":0,"cacheWrite":0"#
        let aborted = #","stopReason":"aborted""#
        let run = ExtractorRun(
            lines: head + reply(usage: none, content: "[]", more: aborted)
                + reply(at: PiExtractorTests.time + 1, more: aborted),
            of: PiLogs()
        )
        #expect(run.calls.map(\.outputIsLowerBound) == [true])
    }

    @Test func `a tool call and its result belong together`() throws {
        let content = #"[{"type":"toolCall","id":"t1","name":"read","arguments":{"path":"/a/b"}}]"#
        let result =
            #"{"type":"message","message":{"role":"toolResult","toolCallId":"t1","content":[{"type":"text","text":"no"},{"type":"image"}],"isError":true,"timestamp":\#(PiExtractorTests.time + 9)}}"#
        let run = ExtractorRun(lines: head + reply(content: content) + result + "\n", of: PiLogs())
        let tool = try #require(run.toolCalls.first)
        let arrival = try #require(run.arrivals.first)
        #expect(tool.call == run.calls.first?.key)
        #expect(tool.kind == .read)
        #expect(tool.targetHash == stableHash("/a/b"))
        #expect(arrival.tool == tool.key)
        #expect(arrival.isError)
        #expect(arrival.attachments == 1)
    }

    @Test func `prompts come as text or as blocks`() {
        let run = ExtractorRun(
            lines: head + """
                {"type":"message","message":{"role":"user","content":"hello","timestamp":1}}
                {"type":"message","message":{"role":"user","content":[{"type":"text","text":"hello"}],"timestamp":2}}
                {"type":"compaction","timestamp":"2026-01-01T10:05:00.000Z","summary":"so far"}

                """,
            of: PiLogs()
        )
        #expect(run.arrivals.map(\.kind) == [.prompt, .prompt, .compactSummary])
        #expect(run.arrivals[0].contentHash == run.arrivals[1].contentHash)
    }

    @Test func `a grown file goes on with its session and level of thinking`() {
        let level = #"{"type":"thinking_level_change","thinkingLevel":"high"}"# + "\n"
        let first = ExtractorRun(lines: head + level, of: PiLogs())
        let second = ExtractorRun(lines: reply(), of: PiLogs(), resuming: first.state, at: 200)
        #expect(second.strands.map(\.session.name) == ["s1"])
        #expect(second.calls.map(\.effort) == [.high])
    }

    @Test func `what cannot be used is named`() {
        let run = ExtractorRun(
            lines: """
                {"type":"message","message":{"role":"assistant","model":"m","content":[]}}
                {"type":"message","message":{"role":"assistant","content":[],"usage":{"input":1}}}
                {"type":"message","message":{"role":"assistant","model":"m","usage":{"input":-1,"output":1e300}}}
                {"type":"message","message":[]}
                {"type":"later"}

                """,
            of: PiLogs()
        )
        #expect(
            run.reasons == [
                "assistant message without usage", "assistant message without a model",
                "assistant message without a time",
            ]
        )
        #expect(run.calls.isEmpty)
    }
}

@Suite(.enabled(if: RealLogs.exist(".pi"))) struct PiRealLogTests {
    @Test func `real sessions give the tokens and costs Pi logged`() throws {
        let runs = try RealLogs.runs(of: PiLogs()).map(\.run)
        let calls = distinctCalls(runs)
        let usage = calls.reduce(Usage.zero) { $0 + $1.usage }
        #expect(calls.count == 1095)
        #expect(usage.inputTokens == 491_787 + 3689 + 1049)
        #expect(usage.outputTokens == 34_299 + 187_895 + 83_156)
        #expect(usage.cacheReadTokens == 14_469_120 + 54_693_675 + 43_229_469)
        #expect(usage.cacheWrite5mTokens == 1_685_320 + 4_296_232)
        let cost = calls.reduce(Money.zero) { $0 + ($1.loggedCost ?? .zero) }
        #expect(abs(cost.usd - (10.722465 + 42.5959075 + 30.3301977)) < 0.000001)
    }
}
