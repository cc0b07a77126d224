import Domain
import Foundation
import Testing

@testable import Ingestion

@Suite(.enabled(if: RealLogs.exist(".codex"))) struct CodexRealLogTests {
    @Test func `the real logs hold the calls and tokens that were counted by hand`() throws {
        let runs = try RealLogs.runs(of: CodexLogs()).map(\.run)
        let calls = distinctCalls(runs)
        let priced = calls.filter { $0.model != ModelID("gpt-5.3-codex-spark") }
        let usage = priced.reduce(Usage.zero) { $0 + $1.usage }
        #expect(priced.count == 2176)
        #expect(usage.promptTokens == 253_426_878)
        #expect(usage.cacheReadTokens == 240_096_768)
        #expect(usage.outputTokens == 788_658)
        #expect(calls.count == runs.reduce(0) { $0 + $1.calls.count }, "no call is shown by two files")
        #expect(Set(priced.map(\.model)) == [ModelID("gpt-5.5"), ModelID("gpt-5.4")])
        #expect(runs.flatMap(\.reasons).allSatisfy { $0 == "broken" })
        #expect(runs.flatMap(\.strands).allSatisfy { $0.billing == .subscription && !$0.isHeadless })
    }

    @Test func `a real file read in pieces gives what it gives in one go`() throws {
        let root = RealLogs.home + "/.codex/sessions/"
        let path = "2026/06/18/rollout-2026-06-18T05-34-23-019ed936-c4f5-7a21-ad41-d1eed95dc4df.jsonl"
        let text = try String(contentsOfFile: root + path, encoding: .utf8)
        let whole = ExtractorRun(lines: text, of: CodexLogs(), path: path)
        var pieces: [ExtractorRun] = []
        var offset = 0
        for line in text.split(separator: "\n") {
            let run = ExtractorRun(
                lines: line + "\n",
                of: CodexLogs(),
                path: path,
                resuming: pieces.last?.state ?? [],
                at: offset
            )
            offset += line.utf8.count + 1
            pieces.append(run)
        }
        #expect(pieces.flatMap(\.calls) == whole.calls)
        #expect(pieces.flatMap(\.toolCalls) == whole.toolCalls)
        #expect(pieces.flatMap(\.arrivals) == whole.arrivals)
        #expect(pieces.last?.state == whole.state)
    }
}
