import Domain
import Statistics
import Testing

@testable import Ingestion

/// What lines repeat is compared with the lines before them instead of being scanned again.
@Suite struct ClaudeRepeatedLineTests {
    /// Which session and folder each text of a run came to.
    private func places(of runs: [ExtractorRun]) -> [UInt64: String] {
        var places: [UInt64: String] = [:]
        for strand in runs.flatMap(\.strands) {
            for arrival in strand.arrivals {
                places[arrival.contentHash] = "\(strand.session.name) \(strand.project) \(strand.isHeadless)"
            }
        }
        return places
    }

    /// A user's line that says its session in any order, with or without each member, and with few values to repeat.
    private func line(_ number: Int, using random: inout SeededGenerator) -> String {
        let session = Int.random(in: 1...3, using: &random)
        let folder = "/code/\(session)" + (["", "/ü", "\\\\x"].randomElement(using: &random) ?? "")
        let version = Int.random(in: 1...2, using: &random)
        var members = [
            #""sessionId":"s\#(session)""#, #""cwd":"\#(folder)""#,
            #""entrypoint":"\#(session == 3 ? "sdk-cli" : "cli")""#,
            #""version":"2.1.\#(version)""#, #""gitBranch":null"#, #""slug":"a-slug""#, #""odd":[1, {"a": "}"}]"#,
            #""isMeta":false"#,
        ]
        if Int.random(in: 1...4, using: &random) == 1 { members.shuffle(using: &random) }
        members.removeAll { _ in Int.random(in: 1...12, using: &random) == 1 }
        let run = [#""userType":"external""#] + members
        let message = #""type":"user","message":{"role":"user","content":"text \#(number)"}"#
        let parts = Bool.random(using: &random) ? run + [message] : [message] + run
        return "{" + parts.joined(separator: Int.random(in: 1...6, using: &random) == 1 ? ", " : ",") + "}\n"
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `a line says the same whatever lines stand before it`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let lines = (0..<60).map { line($0, using: &random) }
        let together = places(of: [ExtractorRun(lines: lines.joined(), of: ClaudeCodeLogs())])
        let alone = lines.map { ExtractorRun(lines: $0, of: ClaudeCodeLogs()) }
        // A strand's folder is the first that is named: the sessions alone must agree line by line.
        func session(_ place: String?) -> Substring? { place?.split(separator: " ").first }
        for (text, place) in places(of: alone) { #expect(session(together[text]) == session(place)) }
        #expect(together.count == lines.count)
    }

    @Test func `members that repeat name folder and way of working, too`() {
        let tail = #","userType":"external","entrypoint":"sdk-cli","cwd":"/code/x","sessionId":"s7","version":"2.1.1""#
        let message = #""type":"user","message":{"role":"user","content":"#
        let lines = (1...3).map { #"{"isSidechain":\#($0 == 2),\#(message)"\#($0)"}\#(tail)}"# + "\n" }
        let run = ExtractorRun(lines: lines.joined(), of: ClaudeCodeLogs())
        #expect(Set(places(of: [run]).values) == ["s7 /code/x true"])
        #expect(run.strands.count == 2)
    }

    @Test func `a usage that cannot be read is not taken for one that was`() {
        let bad = ClaudeLine.reply("msg_2", usage: #"{"input_tokens":1 "output_tokens":2}"#)
        let run = ExtractorRun(lines: ClaudeLine.reply() + bad + bad + ClaudeLine.reply("msg_3"), of: ClaudeCodeLogs())
        #expect(run.reasons.count == 2)
        #expect(run.calls.map(\.id) == ["msg_1", "msg_3"])
        #expect(Set(run.calls.map(\.usage)).count == 1)
    }
}
