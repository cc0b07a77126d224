import Domain
import Store
import TestSupport
import Testing

@testable import Ingestion

/// What was billed was billed: a call that was seen once stays, whatever becomes of its file.
@Suite struct ChangedFileTests {
    private let first = ClaudeLine.user(at: 0) + ClaudeLine.reply("msg_1", at: 1)
    private let second = ClaudeLine.user(at: 2) + ClaudeLine.reply("msg_2", at: 3)
    private let third = ClaudeLine.user(at: 4) + ClaudeLine.reply("msg_3", at: 5)

    /// A later release's reader.
    private struct NewerLogs: LogSource {
        let agent = Agent.claudeCode
        let extractorVersion = ClaudeCodeLogs().extractorVersion + 1
        func roots(in places: Places) -> [String] { ClaudeCodeLogs().roots(in: places) }
        func layout(of path: String, under root: String) -> LogLayout? {
            ClaudeCodeLogs().layout(of: path, under: root)
        }
        func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
            ClaudeCodeLogs().extractor(for: file, resuming: state)
        }
    }

    private func ids(_ home: ClaudeHome) throws -> [String] { try home.ledger.calls.map(\.id) }

    private func home(_ text: String) async throws -> ClaudeHome {
        let home = try ClaudeHome()
        try home.write(text)
        try await home.ingest()
        return home
    }

    @Test func `an appended file is read on from where it ended`() async throws {
        let home = try await home(first)
        try home.write(first + second)
        let progress = try await home.ingest()
        #expect(progress.bytesToRead == second.utf8.count)
        #expect(progress.bytesRead == second.utf8.count)
        #expect(try ids(home) == ["msg_1", "msg_2"])
    }

    @Test func `a touched file adds nothing`() async throws {
        let home = try await home(first + "{\"cut\n")
        let before = try home.ledger
        try home.folder.touch(ClaudeHome.file("s1"), at: 1_000_000_000)
        #expect(try await home.ingest().filesRead == 1)
        #expect(try home.ledger == before)
        #expect(try await home.ingest().filesRead == 0)
    }

    @Test func `a truncated file keeps what it showed`() async throws {
        let home = try await home(first + second)
        try home.write(first)
        try await home.ingest()
        #expect(try ids(home) == ["msg_1", "msg_2"])
        #expect(try home.ledger.usage.outputTokens == 40)
    }

    @Test func `a truncated file that grows again shows each call once`() async throws {
        let home = try await home(first + second)
        try home.write(first)
        try await home.ingest()
        try home.write(first + second + third)
        try await home.ingest()
        #expect(try ids(home) == ["msg_1", "msg_2", "msg_3"])
        #expect(try home.ledger.usage.outputTokens == 60)
    }

    @Test(arguments: [true, false])
    func `a rewritten file keeps what it showed and adds what is new`(isInPlace: Bool) async throws {
        let home = try await home(first + second)
        if !isInPlace { try home.folder.remove(ClaudeHome.file("s1")) }
        try home.write(third + second)
        try await home.ingest()
        #expect(try ids(home) == ["msg_1", "msg_2", "msg_3"])
        #expect(try home.ledger.calls.map(\.visibleOutputBytes) == [2, 2, 2], "no record was joined to itself")
    }

    @Test func `trouble in lines that are gone is forgotten`() async throws {
        let home = try await home("{\"cut\n" + first)
        #expect(try home.ledger.skipped.map(\.line) == [1])
        try home.write(second + third)
        try await home.ingest()
        #expect(try home.ledger.skipped.isEmpty)
    }

    @Test func `a renamed file adds nothing`() async throws {
        let home = try await home(first + second)
        let before = try home.ledger
        try home.folder.rename(ClaudeHome.file("s1"), to: ClaudeHome.file("renamed"))
        try await home.ingest()
        #expect(try home.ledger.entries == before.entries)
        #expect(try home.ledger.sessions == before.sessions)
    }

    @Test func `a deleted file's calls stay`() async throws {
        let home = try await home(first)
        try home.folder.remove(ClaudeHome.file("s1"))
        try await home.ingest()
        #expect(try ids(home) == ["msg_1"])
    }

    @Test func `a file that goes before it is read is named, and read when it is back`() async throws {
        let home = try ClaudeHome()
        try home.write(first)
        let discovery = home.discovery
        try home.folder.remove(ClaudeHome.file("s1"))
        try await home.ingest(discovery)
        #expect(try home.ledger.skipped.map(\.line) == [0])
        try home.write(first)
        try await home.ingest()
        #expect(try ids(home) == ["msg_1"])
        #expect(try home.ledger.skipped.isEmpty)
    }

    @Test func `a newer reader reads again and doubles nothing`() async throws {
        let home = try await home(first + second + "{\"cut\n")
        let before = try home.ledger
        let progress = try await home.ingest(as: NewerLogs())
        #expect(progress.filesRead == 1)
        #expect(try home.ledger == before)
        #expect(try await home.ingest(as: NewerLogs()).filesRead == 0)
    }

    @Test func `a newer reader finds a file cut, and keeps what it showed`() async throws {
        let home = try await home(first + second)
        try home.write(first)
        try await home.ingest(as: NewerLogs())
        #expect(try ids(home) == ["msg_1", "msg_2"])
    }

    @Test func `a newer reader reads a rewritten file, and what it showed before still stays`() async throws {
        let home = try await home(first + second)
        try home.write(third)
        try await home.ingest()
        try await home.ingest(as: NewerLogs())
        #expect(try ids(home) == ["msg_1", "msg_2", "msg_3"])
    }

    @Test func `a file replaced by a folder is named, and read when it is one again`() async throws {
        let home = try await home(first)
        try home.folder.remove(ClaudeHome.file("s1"))
        try home.folder.write("", to: ClaudeHome.file("s1") + "/x.txt")
        try await home.ingest()
        #expect(try home.ledger.reasons == ["is a folder where a log file was expected"])
        #expect(try ids(home) == ["msg_1"])
        try home.folder.remove(ClaudeHome.file("s1"))
        try home.write(first + second)
        try await home.ingest()
        #expect(try ids(home) == ["msg_1", "msg_2"])
        #expect(try home.ledger.skipped.isEmpty)
    }
}
