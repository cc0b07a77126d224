import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct GeminiCLIExtractorTests {
    private static let tokens =
        #"{"input":1000,"output":50,"cached":600,"thoughts":30,"tool":7,"total":1087}"#

    private static func message(
        _ id: String,
        tokens: String? = GeminiCLIExtractorTests.tokens,
        more: String = ""
    ) -> String {
        let tokens = tokens.map { #","tokens":\#($0)"# } ?? ""
        return
            #"{"id":"\#(id)","timestamp":"2026-01-15T20:51:52.837Z","type":"gemini","content":"hi","model":"gemini-2.5-flash"\#(tokens)\#(more)}"#
    }

    private static func document(_ messages: String...) -> String {
        """
        {
          "sessionId": "s1", "projectHash": "h", "messages": [
            \(messages.joined(separator: ",\n"))
          ]
        }
        """
    }

    private let source = GeminiCLILogs()
    private let path = "abc/chats/session-1.json"

    @Test func `cached is inside the input, thoughts are output besides, tool prompts are input besides`() {
        let run = ExtractorRun(
            document: GeminiCLIExtractorTests.document(GeminiCLIExtractorTests.message("m1")),
            of: source,
            path: path
        )
        #expect(
            run.calls.map(\.usage) == [
                Usage(inputTokens: 407, outputTokens: 80, cacheReadTokens: 600, reasoningTokens: 30)
            ]
        )
        #expect(run.strands.map(\.session.name) == ["s1"])
        #expect(run.strands.map(\.project) == ["abc"])
    }

    @Test func `a line that repeats a message with more tokens is the same call`() {
        let tool =
            #","toolCalls":[{"id":"t1","name":"read_file","args":{"file_path":"/a"},"status":"success","result":[{"functionResponse":{"id":"t1","response":{"output":"x"}}}]}]"#
        let pending = #","toolCalls":[{"id":"t1","name":"read_file","args":{"file_path":"/a"},"status":"executing"}]"#
        let lines = [
            #"{"sessionId":"s1","projectHash":"h","kind":"main"}"#,
            GeminiCLIExtractorTests.message("m1", tokens: nil),
            GeminiCLIExtractorTests.message("m1"),
            GeminiCLIExtractorTests.message("m1", more: pending),
            GeminiCLIExtractorTests.message("m1", more: tool),
            #"{"$set":{"messages":[\#(GeminiCLIExtractorTests.message("m1", more: tool))]}}"#,
            #"{"$rewindTo":"m1"}"#,
        ]
        let whole = ExtractorRun(
            lines: lines.joined(separator: "\n"),
            of: source,
            path: "abc/chats/session-1.jsonl"
        )
        #expect(whole.calls.map(\.usage.outputTokens) == [80])
        #expect(whole.calls.map(\.outputIsLowerBound) == [false])
        #expect(whole.calls.map(\.stopReason) == [.toolUse])
        #expect(whole.toolCalls.map(\.targetHash) == [stableHash("/a")])
        #expect(whole.arrivals.map(\.tool) == whole.toolCalls.map { $0.key })
        for split in 1..<lines.count {
            let head = lines[..<split].joined(separator: "\n") + "\n"
            let first = ExtractorRun(lines: head, of: source, path: "abc/chats/session-1.jsonl")
            let second = ExtractorRun(
                lines: lines[split...].joined(separator: "\n"),
                of: source,
                path: "abc/chats/session-1.jsonl",
                resuming: first.state,
                at: head.utf8.count
            )
            #expect(distinctCalls([first, second]).count == 1)
            #expect(first.toolCalls.count + second.toolCalls.count == 1)
            #expect(first.arrivals.count + second.arrivals.count == 1)
        }
    }

    @Test func `a document and the lines it was moved to have the same keys`() {
        let message = GeminiCLIExtractorTests.message("m1")
        let document = ExtractorRun(document: GeminiCLIExtractorTests.document(message), of: source, path: path)
        let lines = ExtractorRun(lines: message, of: source, path: "abc/chats/session-1.jsonl")
        #expect(document.calls.map(\.key) == lines.calls.map(\.key))
    }

    @Test func `a subagent is a thread of the session its folder is named for`() {
        let run = ExtractorRun(
            lines: #"{"sessionId":"sub","projectHash":"h","kind":"subagent","directories":["/code/app"]}"# + "\n"
                + #"{"id":"u","type":"user","timestamp":"2026-01-15T20:51:50.000Z","content":[{"text":"look"}]}"# + "\n"
                + GeminiCLIExtractorTests.message("m1"),
            of: source,
            path: "abc/chats/s1/sub.jsonl"
        )
        #expect(run.strands.map(\.session.name) == ["s1"])
        #expect(run.strands.map(\.thread) == [ThreadID(kind: .subagent, name: "sub")])
        #expect(run.strands.map(\.project) == ["/code/app"])
        #expect(run.arrivals.map(\.kind) == [.delegation])
    }

    @Test func `only recordings are read`() {
        #expect(source.layout(of: "abc/chats/session-1.json", under: "") == .document)
        #expect(source.layout(of: "abc/chats/session-1.jsonl", under: "") == .lines)
        #expect(source.layout(of: "abc/logs.json", under: "") == nil)
        #expect(source.layout(of: "abc/chats/notes.md", under: "") == nil)
    }

    @Test(arguments: ["[]", "7", "{}", #"{"messages":{}}"#, #"{"messages":[1,[],{"type":"gemini","tokens":7}]}"#])
    func `other documents hold no calls`(text: String) {
        #expect(ExtractorRun(document: text, of: source, path: path).calls.isEmpty)
    }

    @Test func `deep nesting and absurd numbers do no harm`() {
        let deep = String(repeating: #"{"$set":"#, count: 5000) + "1" + String(repeating: "}", count: 5000)
        let huge = #"{"input":1e30,"output":-3,"cached":9e18,"thoughts":99999999999999999999}"#
        let run = ExtractorRun(
            lines: deep + "\n" + GeminiCLIExtractorTests.message("m1", tokens: huge),
            of: source,
            path: "abc/chats/session-1.jsonl"
        )
        #expect(run.usage.totalTokens > 0)
    }
}

@Suite(.enabled(if: RealLogs.exist(".gemini"))) struct GeminiCLIRealLogTests {
    @Test func `real sessions give the totals they log`() throws {
        let runs = try RealLogs.runs(of: GeminiCLILogs()).map(\.run)
        let calls = distinctCalls(runs)
        let usage = calls.reduce(Usage.zero) { $0 + $1.usage }
        #expect(calls.count == 17)
        #expect(usage.totalTokens == 206_783)
        #expect(usage.cacheReadTokens == 161_019)
        #expect(runs.flatMap(\.reasons).isEmpty)
    }
}
