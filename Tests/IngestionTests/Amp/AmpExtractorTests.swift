import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct AmpExtractorTests {
    private let source = AmpLogs()

    private static let messages = """
        [
          {"role":"user","messageId":0,"content":[{"type":"text","text":"fix it"},{"type":"image"}],"meta":{"sentAt":1767261600000}},
          {"role":"assistant","messageId":1,"content":[{"type":"tool_use","id":"t1","name":"Read","input":{"path":"/a"}}],
           "state":{"type":"complete","stopReason":"tool_use"},
           "usage":{"model":"claude-haiku-4-5","inputTokens":10,"outputTokens":178,"cacheCreationInputTokens":986,
             "cacheReadInputTokens":11372,"totalInputTokens":12368,"timestamp":"2026-01-19T11:42:10.652Z"}},
          {"role":"user","messageId":2,"content":[{"type":"tool_result","toolUseID":"t1","run":{"status":"error","error":"no"}}]}
        ]
        """
    private static let ledger = """
        "usageLedger":{"events":[
          {"id":"e1","timestamp":"2026-01-19T11:42:11.000Z","model":"claude-haiku-4-5","toMessageId":1,"tokens":{"input":12368,"output":178}},
          {"id":"e2","timestamp":"2026-01-19T11:42:12.000Z","model":"gpt-5","tokens":{"input":100,"output":20}},
          {"id":"e3","timestamp":"2026-01-19T11:42:13.000Z","model":"gpt-5","tokens":{}}
        ]},
        """

    private static func thread(_ ledger: String = "", messages: String = AmpExtractorTests.messages) -> String {
        #"{"id":"T-1",\#(ledger)"env":{"initial":{"trees":[{"uri":"file:///code/app"}]}},"messages":\#(messages)}"#
    }

    @Test func `a ledger's event takes its cache from the message it paid for`() {
        let run = ExtractorRun(document: AmpExtractorTests.thread(AmpExtractorTests.ledger), of: source)
        #expect(run.calls.map(\.id) == ["e1", "e2"])
        #expect(
            run.calls.map(\.usage) == [
                Usage(inputTokens: 10, outputTokens: 178, cacheReadTokens: 11_372, cacheWrite5mTokens: 986),
                Usage(inputTokens: 100, outputTokens: 20),
            ]
        )
        #expect(run.calls.map(\.stopReason) == [.toolUse, .unknown])
        #expect(run.strands.map(\.project) == ["/code/app"])
    }

    @Test func `without a ledger the messages tell, and a fork's copies are the same calls`() {
        let run = ExtractorRun(document: AmpExtractorTests.thread(), of: source)
        let fork = ExtractorRun(document: AmpExtractorTests.thread().replacing("T-1", with: "T-2"), of: source)
        #expect(run.calls.map(\.usage.cacheReadTokens) == [11_372])
        #expect(run.calls.map(\.key) == fork.calls.map(\.key))
    }

    @Test(arguments: [AmpExtractorTests.ledger, ""])
    func `tools and prompts are kept in both forms`(ledger: String) throws {
        let run = ExtractorRun(document: AmpExtractorTests.thread(ledger), of: source)
        let tool = try #require(run.toolCalls.first)
        #expect(tool.call == run.calls.first?.key)
        #expect(tool.targetHash == stableHash("/a"))
        #expect(run.arrivals.map(\.kind) == [.prompt, .toolResult])
        #expect(run.arrivals.map(\.attachments) == [1, 0])
        #expect(run.arrivals.last?.tool == tool.key)
        #expect(run.arrivals.last?.isError == true)
    }

    @Test func `what cannot be used is named`() {
        let bad = #""usageLedger":{"events":[{"tokens":{"input":5}},7]},"#
        #expect(
            ExtractorRun(document: AmpExtractorTests.thread(bad), of: source).reasons == [
                "ledger event without a model"
            ]
        )
        let run = ExtractorRun(
            document: AmpExtractorTests.thread(
                messages:
                    #"[{"role":"assistant","usage":{"inputTokens":1e99,"model":"m"}},[],{"role":"user","content":"x"}]"#
            ),
            of: source
        )
        #expect(run.reasons == ["response without a time"])
        #expect(ExtractorRun(document: "[]", of: source).calls.isEmpty)
    }
}
