import Foundation
import Store
import TestSupport
import Testing

@Suite struct CaptureTests {
    private let user: User
    private let path: String

    init() throws {
        user = try User()
        path = user.home + "/.claude/projects/-work-app/s1.jsonl"
    }

    private func ingest(_ environment: [String: String] = ["SUFFICE_CAPTURE_CONTENT": "true"]) async throws {
        let answer = try await user.run(["ingest"], environment: environment)
        #expect(answer.status == 0)
        #expect(answer.trouble.isEmpty)
    }

    private func copies(at offset: Int64, count: Int) throws -> [[UInt8]] {
        try Capture(folder: user.data + "/capture").copies(of: path, at: offset, count: count)
    }

    @Test func `nothing is copied unless the user wants it`() async throws {
        try user.log([ClaudeLine.reply("1")])
        try await ingest([:])
        #expect(!FileManager.default.fileExists(atPath: user.data + "/capture"))
    }

    @Test func `a log that was deleted can still be read, for its user alone`() async throws {
        let lines = [ClaudeLine.prompt("first"), ClaudeLine.reply("1"), ClaudeLine.reply("2")]
        try user.log(Array(lines[..<2]))
        try await ingest()
        try user.log(lines)
        try await ingest()
        try FileManager.default.removeItem(atPath: path)
        try await ingest()
        let offset = lines[0].utf8.count + lines[1].utf8.count
        #expect(try copies(at: Int64(offset), count: lines[2].utf8.count) == [Array(lines[2].utf8)])
        for name in try FileManager.default.subpathsOfDirectory(atPath: user.data + "/capture") {
            let facts = try FileManager.default.attributesOfItem(atPath: user.data + "/capture/" + name)
            let isFolder = facts[.type] as? FileAttributeType == .typeDirectory
            #expect(facts[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
        }
    }

    @Test func `logs from before it was wanted are copied, those of agents that keep theirs are not`() async throws {
        try user.log([ClaudeLine.reply("1")])
        try user.folder.write("{}\n", to: "home/.codex/sessions/2026/11/03/rollout-1.jsonl")
        try await ingest([:])
        try await ingest()
        #expect(try copies(at: 0, count: 10).count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: user.data + "/capture/pieces").count == 1)
    }

    @Test func `copies go when their time is up, even after it was switched off`() async throws {
        try user.log([ClaudeLine.reply("1")])
        try await ingest()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -10 * 86_400)],
            ofItemAtPath: path
        )
        try await ingest()
        #expect(try copies(at: 0, count: 10).count == 1)
        try await ingest(["SUFFICE_CAPTURE_RETENTION_DAYS": "9"])
        #expect(try copies(at: 0, count: 10).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: user.data + "/capture/pieces").isEmpty)
        try await ingest(["SUFFICE_CAPTURE_CONTENT": "true", "SUFFICE_CAPTURE_RETENTION_DAYS": "9"])
        #expect(try copies(at: 0, count: 10).isEmpty)
    }

    @Test func `several at once may begin to copy`() async throws {
        try user.log([ClaudeLine.reply("1")])
        let environment = ["SUFFICE_CAPTURE_CONTENT": "true"]
        let runs = try (0..<4).map { _ in
            try Started(Binary.path, ["ingest"], user: user, environment: environment)
        }
        for run in runs {
            let answer = try await run.end()
            #expect(answer.status == 0)
            #expect(answer.trouble.isEmpty)
        }
        #expect(try copies(at: 0, count: 10).count == 1)
    }

    @Test func `stopped while it copies, the next run has everything`() async throws {
        try user.logMuch(sessions: 10)
        let environment = ["SUFFICE_CAPTURE_CONTENT": "true"]
        let started = ContinuousClock.now
        let other = try User(home: user.home)
        _ = try await other.run(["ingest"], environment: environment)
        let duration = ContinuousClock.now - started
        for part in 1..<6 {
            let run = try Started(Binary.path, ["ingest"], user: user, environment: environment)
            try await Task.sleep(for: duration * part / 5)
            run.send(SIGKILL)
            _ = try await run.end()
        }
        try await ingest()
        let capture = try Capture(folder: user.data + "/capture")
        for session in 0..<10 {
            let path = user.home + "/.claude/projects/-work-app/s\(session).jsonl"
            let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
            #expect(try capture.copies(of: path, at: 0, count: bytes.count) == [bytes])
        }
    }
}
