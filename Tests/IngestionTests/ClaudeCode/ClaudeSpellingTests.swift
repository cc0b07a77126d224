import Domain
import JSONText
import Statistics
import Testing

@testable import Ingestion

/// Other writers, other versions: the same record spelled in other ways says the same.
@Suite struct ClaudeSpellingTests {
    /// A value whose members can be put in another order.
    private enum Tree {
        case leaf(String)
        case array([Tree])
        case object([(key: String, value: Tree)])

        init(_ scanner: inout JSONScanner) {
            if scanner.enterObject() {
                var members: [(key: String, value: Tree)] = []
                while let key = scanner.nextKey() {
                    let spelled = String(decoding: key.bytes, as: UTF8.self)
                    members.append((spelled, Tree(&scanner)))
                }
                self = .object(members)
            } else if scanner.enterArray() {
                var elements: [Tree] = []
                while scanner.nextElement() { elements.append(Tree(&scanner)) }
                self = .array(elements)
            } else {
                self = .leaf(String(decoding: scanner.rawValue(), as: UTF8.self))
            }
        }

        func spelled(with space: String, using random: inout SeededGenerator) -> String {
            switch self {
            case .leaf(let text): return text
            case .array(let elements):
                var parts: [String] = []
                for element in elements { parts.append(element.spelled(with: space, using: &random)) }
                return "[" + space + parts.joined(separator: space + "," + space) + space + "]"
            case .object(let members):
                var parts: [String] = []
                for member in members.shuffled(using: &random) {
                    let value = member.value.spelled(with: space, using: &random)
                    parts.append("\"" + member.key + "\"" + space + ":" + space + value)
                }
                return "{" + space + parts.joined(separator: space + "," + space) + space + "}"
            }
        }
    }

    private static let lines: [String] = [
        ClaudeLine.user("\"hi\"", at: 1, more: #","origin":{"kind":"human","by":"x"},"entrypoint":"cli""#),
        ClaudeLine.reply(
            "msg_1",
            at: 2,
            usage: ClaudeLine.usage.replacing(
                "{\"input",
                with: #"{"speed":"fast","service_tier":"priority","server_tool_use":{"web_search_requests":1},"input"#
            ),
            content: #"[{"type":"tool_use","id":"t1","name":"Read","input":{"file_path":"/a","limit":3}}]"#,
            more: #","effort":"low""#
        ),
        ClaudeLine.user(
            #"[{"type":"tool_result","tool_use_id":"t1","is_error":false,"content":[{"type":"image","source":{"data":"AA"}}]}]"#,
            at: 3
        ),
        ClaudeLine.progress("msg_2", at: 4),
        ClaudeLine.reply("msg_3", at: 9, more: #","isSidechain":true,"agentId":"a2""#),
        ClaudeLine.attachment(#"{"type":"queued_command","prompt":"x","commandMode":"prompt"}"#, at: 10),
    ]

    private func respelled(with space: String, seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed)
        return ClaudeSpellingTests.lines.map { line in
            let tree = Array(line.utf8).withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                return Tree(&scanner)
            }
            return space + tree.spelled(with: space, using: &random) + space + "\n"
        }.joined()
    }

    /// What a run says, but for where it stands and how many bytes it took to say.
    private func said(_ text: String) -> [String] {
        let run = ExtractorRun(lines: text, of: ClaudeCodeLogs())
        var said = run.reasons
        for strand in run.strands {
            said.append("\(strand.session) \(strand.thread) \(strand.project) \(strand.isEcho) \(strand.isHeadless)")
            for call in strand.calls {
                var call = call
                call.position = LogPosition(offset: 0, length: 0)
                call.visibleOutputBytes = 0
                said.append("\(call)")
            }
            said += strand.toolCalls.map { "\($0.key) \($0.call) \($0.name) \($0.kind) \($0.targetHash ?? 0)" }
            said += strand.arrivals.map { "\($0.kind) \($0.time) \($0.attachments) \($0.tool ?? 0) \($0.isError)" }
        }
        return said
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `members in any order`(seed: UInt64) {
        #expect(said(respelled(with: "", seed: seed)) == said(ClaudeSpellingTests.lines.joined()))
    }

    @Test(arguments: [" ", "\t", "   "])
    func `members apart`(space: String) {
        #expect(said(respelled(with: space, seed: 1)) == said(ClaudeSpellingTests.lines.joined()))
    }

    @Test func `lines that end in CRLF`() {
        let lines = ClaudeSpellingTests.lines.joined()
        #expect(said(lines.replacing("\n", with: "\r\n")) == said(lines))
    }

    @Test func `unknown members, and members named like known ones further down`() {
        let odd = #"{"usage":{"input_tokens":7},"id":"x","model":"y","timestamp":"z","data":{"type":"agent_progress"}}"#
        let line = ClaudeLine.reply()
        let longer = line.replacing(#"{"type":"assistant""#, with: #"{"snapshot":\#(odd),"type":"assistant""#)
        #expect(said(longer) == said(line))
    }
}
