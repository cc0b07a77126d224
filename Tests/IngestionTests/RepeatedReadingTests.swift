import Domain
import Statistics
import Store
import TestSupport
import Testing

@testable import Ingestion

/// However a log comes to be read, what is kept of it is the same.
@Suite struct RepeatedReadingTests {
    /// A small log with everything in it that one look may cut apart.
    private static let log: [UInt8] = {
        let tool = #"[{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"é \"ls\" \\"}}]"#
        let result = #"[{"type":"tool_result","tool_use_id":"t1","content":"a\nb"}]"#
        var log = Array(ClaudeLine.user("\"do it\"", at: 0).utf8)
        log += Array(ClaudeLine.reply("msg_1", at: 1, usage: ClaudeLine.output(2), stop: nil).utf8)
        log += Array(
            ClaudeLine.reply("msg_1", at: 2, usage: ClaudeLine.output(9), stop: "tool_use", content: tool).utf8
        )
        log += Array(ClaudeLine.user(result, at: 3).replacing("\n", with: "\r\n").utf8)
        log += Array("{\"type\":\"assistant\",\"mess\n\n".utf8)
        log += Array(ClaudeLine.reply("msg_2", at: 4).dropLast().utf8) + Array(ClaudeLine.reply("msg_3", at: 5).utf8)
        log += [0, 0, 0] + Array(ClaudeLine.reply("msg_4", at: 6, model: "").utf8)
        log += Array(ClaudeLine.reply("msg_5", at: 7, content: #"[{"type":"text","text":"?"}]"#).utf8)
            .map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        log += Array(ClaudeLine.user("\"then?\"", at: 8).replacing("/code/app", with: "/code/app/sub").utf8)
        return log
    }()

    private func whole() async throws -> Ledger {
        let home = try ClaudeHome()
        try home.write(RepeatedReadingTests.log)
        try await home.ingest()
        return try home.ledger
    }

    @Test func `the log in one go`() async throws {
        let ledger = try await whole()
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2", "msg_3", "msg_5"])
        #expect(ledger.usage.outputTokens == 9 + 3 * 20)
        #expect(ledger.projects.values.sorted() == ["/code/app"])
        #expect(ledger.skipped.map(\.line) == [5, 8, 9])
        #expect(ledger.entries.first?.tools == ["Bash"])
        #expect(ledger.sessions.values.first?.first?.steps.map(\.arrivals.count) == [1, 1, 0, 0])
        #expect(ledger.sessions.values.first?.first?.trailing.count == 1)
    }

    @Test func `reading it again changes nothing`() async throws {
        let home = try ClaudeHome()
        try home.write(RepeatedReadingTests.log)
        try await home.ingest()
        let progress = try await home.ingest()
        #expect(progress.filesToRead == 0)
        #expect(try home.ledger == (try await whole()))
    }

    /// The log ends at each byte once, is read, then grows to its whole and is read again.
    @Test(arguments: 0..<8)
    func `cut in two anywhere it comes to the same`(part: Int) async throws {
        let expected = try await whole()
        let log = RepeatedReadingTests.log
        let folder = try TemporaryFolder()
        var differences: [String] = []
        for cut in stride(from: part, through: log.count, by: 8) {
            let home = try ClaudeHome(folder: folder)
            try home.write(Array(log[..<cut]))
            try await home.ingest()
            try home.write(log)
            try await home.ingest()
            differences += try home.ledger.differences(from: expected).map { "cut after \(cut): \($0)" }
        }
        #expect(differences.isEmpty)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `read at every few bytes while it grows it comes to the same`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let home = try ClaudeHome()
        let log = RepeatedReadingTests.log
        var end = 0
        while end < log.count {
            end = min(log.count, end + Int.random(in: 1...400, using: &random))
            try home.write(Array(log[..<end]))
            try await home.ingest()
        }
        #expect(try home.ledger.differences(from: try await whole()).isEmpty)
    }

    /// A session, its subagent's file, a fork of it, an echo, and a file with trouble in it.
    private func writeSeveral(to home: ClaudeHome) throws {
        let first = (1...3).map {
            ClaudeLine.user("\"\($0)\"", at: $0 * 2) + ClaudeLine.reply("msg_\($0)", at: $0 * 2 + 1)
        }
        try home.write(
            first.joined() + ClaudeLine.progress("msg_8", at: 20) + ClaudeLine.progress("msg_9", at: 21),
            to: "s1"
        )
        let fork = first.joined().replacing("\"s1\"", with: "\"s2\"")
        try home.write(fork + ClaudeLine.reply("msg_4", session: "s2", at: 60), to: "s2")
        let sidechain = #","isSidechain":true,"agentId":"a1""#
        try home.write(ClaudeLine.reply("msg_8", at: 20, more: sidechain), to: "s1/subagents/agent-a1")
        try home.write("{\"cut\n" + ClaudeLine.reply("msg_5", session: "s3", at: 70), to: "s3")
        for number in 0..<20 {
            try home.write(ClaudeLine.reply("msg_x\(number)", session: "x\(number)"), to: "x\(number)")
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `files in any order and in any number of runs come to the same`(seed: UInt64) async throws {
        let home = try ClaudeHome()
        try writeSeveral(to: home)
        try await home.ingest()
        let expected = try home.ledger
        var random = SeededGenerator(seed: seed)
        var files = home.discovery.files.shuffled(using: &random)
        let other = try ClaudeHome(folder: home.folder)
        while !files.isEmpty {
            var some = Discovery(sources: [], in: Places(home: "", environment: [:]))
            some.files = Array(files.prefix(Int.random(in: 1...5, using: &random)))
            files.removeFirst(some.files.count)
            try await other.ingest(some)
        }
        #expect(try other.ledger == expected)
        #expect(expected.calls.count == 7 + 20)
    }

    @Test(arguments: [2, 3, 8, 100])
    func `any number of workers come to the same`(workers: Int) async throws {
        let home = try ClaudeHome()
        try writeSeveral(to: home)
        try await home.ingest()
        let other = try ClaudeHome(folder: home.folder)
        let progress = try await other.ingest(workers: workers)
        #expect(progress.filesRead == 24)
        #expect(try other.ledger == home.ledger)
    }

    @Test func `the same sessions in a second home add nothing`() async throws {
        let home = try ClaudeHome()
        try writeSeveral(to: home)
        try await home.ingest()
        let once = try home.ledger
        let second = try ClaudeHome(store: home.store)
        try writeSeveral(to: second)
        try await second.ingest()
        let twice = try home.ledger
        #expect(twice.entries == once.entries)
        #expect(twice.sessions == once.sessions)
        #expect(twice.projects == once.projects)
    }

    private struct Killed: Error {}

    /// Each update is kept by itself, and the run dies before one of them.
    @Test(arguments: 0...24)
    func `killed at any moment and run again it comes to the same`(kept: Int) async throws {
        let home = try ClaudeHome()
        try writeSeveral(to: home)
        try await home.ingest()
        let other = try ClaudeHome(folder: home.folder)
        let store = other.store
        do {
            _ = try await Ingestor(sources: [ClaudeCodeLogs()], workers: 1).run(home.discovery, since: [], pack: { $0 })
            { updates in
                for update in updates.prefix(kept) { try store.keep([update]) }
                if kept < updates.count { throw Killed() }
            }
        } catch is Killed {}
        #expect(try store.checkpoints().count == kept)
        try await other.ingest()
        #expect(try other.ledger == home.ledger)
    }

    @Test func `a batch is kept whole or not at all`() async throws {
        let home = try ClaudeHome()
        try writeSeveral(to: home)
        let store = home.store
        await #expect(throws: Killed.self) {
            try await Ingestor(sources: [ClaudeCodeLogs()], workers: 2).run(home.discovery, since: [], pack: { $0 }) {
                _ in
                throw Killed()
            }
        }
        #expect(try store.checkpoints().isEmpty)
    }

    @Test func `progress ends where everything is read`() async throws {
        let home = try ClaudeHome()
        try writeSeveral(to: home)
        let size = home.discovery.files.reduce(0) { $0 + $1.size }
        let progress = try await home.ingest(workers: 2)
        #expect(progress.filesToRead == 24)
        #expect(progress.filesRead == 24)
        #expect(progress.bytesToRead == size)
        #expect(progress.bytesRead == size)
        #expect(progress.skippedLines == 1)
    }
}
