import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Ingestion

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Whatever a log holds, it is named with its file and line and the rest is kept.
@Suite(.timeLimit(.minutes(5))) struct BrokenInputTests {
    private let before = ClaudeLine.reply("msg_1", at: 1)
    private let after = ClaudeLine.reply("msg_2", at: 2)

    private func ledger(of bytes: [UInt8]) async throws -> Ledger {
        let home = try ClaudeHome()
        try home.write(Array(before.utf8) + bytes + Array(after.utf8))
        try await home.ingest()
        return try home.ledger
    }

    @Test(arguments: [
        ("{\"type\":\"assistant\"", "no JSON record, or cut off"), ("nonsense", "no JSON record, or cut off"),
        ("{\"a\":1} x", "no JSON record, or cut off"),
        ("{\"a\":\"\u{1}\"}", "control characters in a text; the record was kept"),
        ("\u{0}\u{0}\u{0}", "zero bytes"), ("\u{0}\u{0}{}", "zero bytes"), ("\u{FEFF}{}", "no JSON record, or cut off"),
        ("}", "no JSON record, or cut off"),
    ])
    func `a broken line is named and its neighbours are kept`(line: String, reason: String) async throws {
        let ledger = try await ledger(of: Array((line + "\n").utf8))
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2"])
        #expect(ledger.skipped == [Ledger.SkippedPart(file: "s1.jsonl", line: 2, reason: reason)])
    }

    @Test(arguments: ["\n\n\n", " \n\t\n", "\r\n\r\n", "{}\r\n", "", " {} \n", "null\n"])
    func `empty and harmless lines are no trouble`(lines: String) async throws {
        let ledger = try await ledger(of: Array(lines.utf8))
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2"])
        #expect(ledger.skipped.isEmpty)
    }

    @Test func `invalid UTF-8 in a text is named and the record kept`() async throws {
        let line = ClaudeLine.reply("msg_3", at: 3, content: #"[{"type":"text","text":"?"}]"#)
        let ledger = try await ledger(of: line.utf8.map { $0 == UInt8(ascii: "?") ? 0xC3 : $0 })
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2", "msg_3"])
        #expect(ledger.skipped.map(\.line) == [2])
        #expect(ledger.reasons == ["invalid UTF-8 in a text; the record was kept"])
    }

    @Test func `zeros left by a crash hide no record behind them`() async throws {
        let line = [UInt8](repeating: 0, count: 5000) + Array(ClaudeLine.reply("msg_3", at: 3).utf8)
        let ledger = try await ledger(of: line)
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2", "msg_3"])
        #expect(ledger.reasons == ["zero bytes"])
    }

    @Test(arguments: ["", "\n"])
    func `two records on one line are both kept, whether the line has ended or not`(end: String) async throws {
        let home = try ClaudeHome()
        try home.write(before.dropLast() + after.dropLast() + end)
        try await home.ingest()
        #expect(try home.ledger.calls.map(\.id) == ["msg_1", "msg_2"])
        #expect(try home.ledger.skipped.isEmpty)
        try home.write(before.dropLast() + after)
        try await home.ingest()
        #expect(try home.ledger.calls.map(\.visibleOutputBytes) == [2, 2], "neither is kept twice")
    }

    @Test func `a last line that is still being written is named until it is whole`() async throws {
        let home = try ClaudeHome()
        try home.write(before + after.prefix(60))
        try await home.ingest()
        #expect(try home.ledger.skipped.map(\.line) == [2])
        #expect(try home.ledger.reasons == ["cut off at the end of the file"])
        try home.write(before + after)
        try await home.ingest()
        #expect(try home.ledger.skipped.isEmpty)
        #expect(try home.ledger.calls.count == 2)
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `a hundred thousand levels are stepped over`(open: String, close: String) async throws {
        let depth = 100_000
        let deep = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        let line = ClaudeLine.reply("msg_3", at: 3, more: ",\"deep\":\(deep)")
        let ledger = try await ledger(of: Array((line + String(repeating: open, count: depth) + "\n").utf8))
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2", "msg_3"])
        #expect(ledger.skipped.map(\.line) == [3])
    }

    @Test func `a line longer than any request is stepped over`() async throws {
        let text = String(repeating: "x", count: 40 * 1_048_576)
        let line = ClaudeLine.reply("msg_3", at: 3, content: #"[{"type":"text","text":"\#(text)"}]"#)
        let ledger = try await ledger(of: Array(line.utf8) + Array("{\"cut\n".utf8))
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2"])
        #expect(ledger.skipped.map(\.line) == [2, 3])
        #expect(ledger.reasons.first == "line of 40 MiB is longer than 32 MiB")
    }

    @Test func `a long line that is still being written is named once`() async throws {
        let home = try ClaudeHome()
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: 40 * 1_048_576)
        let start = Array((before + "{\"type\":\"user\",\"x\":\"").utf8)
        try home.write(start + text.prefix(33 * 1_048_576))
        try await home.ingest()
        #expect(try home.ledger.skipped.map(\.line) == [2])
        try home.write(start + text + Array("\"}\n{\"cut\n".utf8) + Array(after.utf8))
        try await home.ingest()
        #expect(try home.ledger.skipped.map(\.line) == [2, 3])
        #expect(try home.ledger.calls.map(\.id) == ["msg_1", "msg_2"])
    }

    /// Lines that begin and end around the borders of the buffer they are read through.
    @Test(arguments: [-2, -1, 0, 1, 2], [1, 2, 3])
    func `lines that straddle a buffer's end are whole`(shift: Int, buffers: Int) async throws {
        let room = LineBuffer.usualSize * buffers + shift - before.utf8.count - 9
        let ledger = try await ledger(of: Array(("{\"x\":\"" + String(repeating: "y", count: room) + "\"}\n").utf8))
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2"])
        #expect(ledger.skipped.isEmpty)
    }

    /// In nanoseconds, before there were agents, far too far away.
    private static let hostileTimes = [
        "9223372036854775807", "-9223372036854775808", "1790000000000000000", "99999999999999999999999", "-1", "12",
        "946684799999", "4102444800000",
    ]

    private func ledger(of lines: String, named name: String, as source: any LogSource) async throws -> Ledger {
        let home = try ClaudeHome()
        try home.folder.write(lines, to: name)
        try await home.ingest(Discovery(source: source, at: home.folder.path + "/" + name), as: source)
        return try home.ledger
    }

    @Test(arguments: hostileTimes)
    func `a time that cannot be is unknown, and its line is named`(time: String) async throws {
        let lines = #"""
            {"type":"session","id":"s1","timestamp":"2026-01-01T10:00:00.000Z","cwd":"/code/app"}
            {"type":"message","id":"e0","message":{"role":"user","content":"hi","timestamp":\#(time)}}
            {"type":"message","id":"e1","timestamp":"2026-01-01T10:00:01.000Z","message":{"role":"assistant","provider":"openai","model":"m1","content":[],"usage":{"input":10,"output":20},"timestamp":\#(time)}}

            """#
        let ledger = try await ledger(of: lines, named: "s1.jsonl", as: PiLogs())
        #expect(ledger.calls.map(\.time.day.description) == ["2026-01-01"], "the line has another time")
        #expect(ledger.sessions.values.flatMap { $0 }.flatMap(\.steps).flatMap(\.arrivals).map(\.time) == [.unknown])
        #expect(ledger.skipped.map(\.line) == [2, 3])
        #expect(Set(ledger.reasons) == ["a time outside the years 2000 to 2099; the record was kept without it"])
    }

    @Test(arguments: hostileTimes)
    func `a document with a time that cannot be is named`(time: String) async throws {
        let openCode = #"""
            {"info":{"id":"ses_1","directory":"/code/app","time":{"created":\#(time)}},"messages":[{"info":{"id":"m0","sessionID":"ses_1","role":"user","time":{"created":\#(time)}},"parts":[{"type":"text","text":"hi"}]},{"info":{"id":"m1","sessionID":"ses_1","role":"assistant","modelID":"m","providerID":"p","finish":"stop","time":{"created":1767261601000,"completed":\#(time)},"tokens":{"input":10,"output":20}},"parts":[{"type":"tool","callID":"t1","tool":"bash","state":{"status":"completed","time":{"end":\#(time)},"input":{"command":"ls"},"output":""}}]}]}
            """#
        let amp = #"""
            {"id":"T-1","messages":[{"role":"user","meta":{"sentAt":\#(time)},"content":[{"type":"text","text":"hi"}]},{"role":"assistant","messageId":1,"content":[],"usage":{"model":"m","inputTokens":10,"outputTokens":1,"timestamp":"2026-01-19T11:42:10.652Z"}}]}
            """#
        let readings: [(text: String, source: any LogSource)] = [(openCode, OpenCodeLogs()), (amp, AmpLogs())]
        for (text, source) in readings {
            let ledger = try await ledger(of: text, named: "T-1.json", as: source)
            #expect(ledger.calls.map(\.time.day.date.year) == [2026])
            let steps = ledger.sessions.values.flatMap { $0 }.flatMap(\.steps)
            let times = steps.flatMap(\.arrivals).map(\.time)
            #expect(times.allSatisfy { $0 == .unknown || $0.day.date.year == 2026 })
            #expect(
                ledger.skipped == [
                    Ledger.SkippedPart(
                        file: "T-1.json",
                        line: 0,
                        reason: "a time outside the years 2000 to 2099; the record was kept without it"
                    )
                ]
            )
        }
    }

    @Test func `of very much trouble a thousand lines are listed, and the others counted`() async throws {
        let home = try ClaudeHome()
        let broken = String(repeating: "{\n", count: 1005)
        try home.write(broken + before)
        try await home.ingest()
        #expect(try home.ledger.skipped.count == 1001)
        #expect(try home.ledger.reasons.last == "5 more lines up to here could not be read")
        try home.write(broken + before + after)
        try await home.ingest()
        #expect(try home.ledger.skipped.count == 1001, "what was said of earlier lines stays")
        #expect(try home.ledger.calls.count == 2)
    }

    @Test(arguments: ["", "\n", "\n\n\n\n", " ", "\u{0}"])
    func `a file with nothing in it shows nothing`(text: String) async throws {
        let home = try ClaudeHome()
        try home.write(text)
        let progress = try await home.ingest()
        #expect(progress.filesRead == 1)
        #expect(try home.ledger.entries.isEmpty)
    }

    @Test func `a folder named like a log is named, and what lies in it is read`() async throws {
        let home = try ClaudeHome()
        try home.folder.write(before, to: ".claude/projects/p/x.jsonl/s1.jsonl")
        try await home.ingest()
        try await home.ingest()
        #expect(try home.ledger.calls.count == 1)
        #expect(
            try home.ledger.skipped == [
                Ledger.SkippedPart(file: "x.jsonl", line: 0, reason: "is a folder where a log file was expected")
            ]
        )
    }

    @Test(.enabled(if: getuid() != 0, "root may read everything"))
    func `an unreadable file is named, and read once it may be`() async throws {
        let home = try ClaudeHome()
        try home.write(before)
        try home.write(after, to: "s2")
        chmod(home.path(), 0)
        try await home.ingest()
        #expect(try home.ledger.calls.map(\.id) == ["msg_2"])
        #expect(try home.ledger.skipped.map(\.file) == ["s1.jsonl"])
        chmod(home.path(), 0o600)
        try await home.ingest()
        #expect(try home.ledger.calls.count == 2)
        #expect(try home.ledger.skipped.isEmpty)
    }

    @Test func `links that lead round in a circle end`() async throws {
        let home = try ClaudeHome()
        try home.write(before)
        let projects = home.folder.path + "/.claude/projects"
        try FileManager.default.createSymbolicLink(atPath: projects + "/p/up", withDestinationPath: projects)
        try FileManager.default.createSymbolicLink(
            atPath: projects + "/p/self.jsonl",
            withDestinationPath: "self.jsonl"
        )
        try FileManager.default.createSymbolicLink(atPath: projects + "/p/none.jsonl", withDestinationPath: "nowhere")
        try FileManager.default.createSymbolicLink(atPath: projects + "/p/again.jsonl", withDestinationPath: "s1.jsonl")
        try await home.ingest()
        #expect(try home.ledger.calls.count == 1, "and a link to a log adds nothing")
        #expect(try home.ledger.skipped.map(\.file).sorted() == ["none.jsonl", "self.jsonl"])
    }

    @Test func `a pipe named like a log is not waited for`() async throws {
        let home = try ClaudeHome()
        try home.write(before)
        #expect(mkfifo(home.path("pipe"), 0o600) == 0)
        try await home.ingest()
        #expect(try home.ledger.calls.count == 1)
        try await home.ingest(Discovery(source: ClaudeCodeLogs(), at: home.path("pipe")))
        #expect(try home.ledger.skipped.map(\.file) == ["pipe.jsonl"], "asked for by name it is named")
    }

    @Test func `a single file or folder can be asked for by name`() async throws {
        let home = try ClaudeHome()
        try home.folder.write(before, to: "elsewhere/export.txt")
        try home.folder.write(after, to: "elsewhere/p/s2.jsonl")
        try await home.ingest(Discovery(source: ClaudeCodeLogs(), at: home.folder.path + "/elsewhere/export.txt"))
        #expect(try home.ledger.calls.map(\.id) == ["msg_1"])
        try await home.ingest(Discovery(source: ClaudeCodeLogs(), at: home.folder.path + "/elsewhere"))
        #expect(try home.ledger.calls.map(\.id) == ["msg_1", "msg_2"])
        let missing = Discovery(source: ClaudeCodeLogs(), at: home.folder.path + "/nowhere")
        #expect(missing.files.isEmpty)
        #expect(missing.troubles.count == 1)
    }
}
