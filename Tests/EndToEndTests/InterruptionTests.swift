import Foundation
import TestSupport
import Testing

/// Whatever stops a run, the next one comes to what a first run would have come to.
@Suite(.serialized) struct InterruptionTests {
    @Test(arguments: [SIGINT, SIGKILL])
    func `stopped at any moment, the next run has the same totals`(signal: Int32) async throws {
        let user = try User()
        try user.logMuch()
        let started = ContinuousClock.now
        let fresh = try await user.freshTotals()
        let duration = ContinuousClock.now - started
        #expect(fresh.calls == 60_000)
        var stopped = 0
        for part in 0..<6 {
            let interrupted = try User(home: user.home)
            let run = try interrupted.start("ingest")
            // Later and later into the run; where it ended before, the totals must hold all the same.
            run.send(signal, after: duration * part / 6)
            let answer = try await run.end()
            if answer.status != 0 { stopped += 1 }
            #expect(answer.status == 0 || answer.status == 128 + signal)
            #expect(try await interrupted.totals() == fresh)
        }
        #expect(stopped > 0)
    }

    @Test func `stopped again and again in one data folder, the totals are the same`() async throws {
        let user = try User()
        try user.logMuch()
        let started = ContinuousClock.now
        let fresh = try await user.freshTotals()
        let duration = ContinuousClock.now - started
        for part in 1..<6 {
            let run = try user.start("ingest")
            run.send(SIGKILL, after: duration * part / 10)
            _ = try await run.end()
        }
        #expect(try await user.totals() == fresh)
    }

    @Test func `several at once in one data folder come to the same`() async throws {
        let user = try User()
        try user.logMuch(sessions: 30)
        _ = try await user.suffice("spend", "--no-ingest")
        let runs = try (0..<4).map { _ in try user.start("spend", "--since", "all", "--format", "json") }
        let fresh = try await user.freshTotals()
        for run in runs {
            let answer = try await run.end()
            #expect(answer.status == 0, "\(answer.trouble)")
        }
        #expect(try await user.totals() == fresh)
    }

    @Test func `several at once may make the data folder`() async throws {
        for _ in 0..<20 {
            let user = try User()
            try user.log([ClaudeLine.reply("1")])
            let runs = try (0..<3).map { _ in try user.start("spend", "--format", "json") }
            for run in runs {
                let answer = try await run.end()
                #expect(answer.status == 0, "\(answer.trouble)")
            }
            #expect(try await user.totals().calls == 1)
        }
    }

    @Test func `a file that grows while others read it is counted once`() async throws {
        let user = try User()
        _ = try await user.totals()
        var lines: [String] = []
        for round in 0..<6 {
            lines += (0..<50).map { ClaudeLine.reply("\(round)_\($0)") }
            try user.log(lines)
            async let one = user.totals()
            async let other = user.totals()
            _ = try await (one, other)
        }
        #expect(try await user.totals() == user.freshTotals())
        #expect(try await user.totals().calls == 300)
    }

    @Test func `a file size limit is told, and nothing that was kept is lost`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("first")], as: "first")
        #expect(try await user.totals().calls == 1)
        try user.logMuch(sessions: 30)
        let limited = try await user.shell("ulimit -f 512; suffice ingest")
        #expect(limited.status == 1)
        #expect(limited.trouble.contains("suffice.sqlite"))
        let known = try await user.suffice("spend", "--no-ingest", "--format", "json").spend.totals
        #expect(known.calls >= 1)
        #expect(try await user.totals().calls == 30_001)
    }

    @Test(.enabled("needs a disk of its own") { try await SmallDisk.isAllowed })
    func `a full disk is named, and nothing that was kept is lost`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("first")], as: "first")
        try FileManager.default.createDirectory(atPath: user.data, withIntermediateDirectories: true)
        try await SmallDisk.mount(at: user.data) { disk in
            #expect(try await user.totals().calls == 1)
            try user.logMuch()
            let full = try await user.suffice("ingest")
            #expect(full.status == 1)
            #expect(full.trouble.contains("no room left on the disk of \(user.database)"))
            #expect(try await user.suffice("spend", "--no-ingest", "--format", "json").spend.totals.calls >= 1)
            try await disk.grow()
            #expect(try await user.totals() == user.freshTotals())
        }
    }
}

/// A disk in memory with room for little; only root may have one.
private struct SmallDisk {
    let path: String

    static var isAllowed: Bool {
        get async throws {
            guard geteuid() == 0 else { return false }
            let user = try User()
            let folder = user.folder.path + "/home"
            return try await user.shell("mount -t tmpfs -o size=64k none '\(folder)' && umount '\(folder)'").status == 0
        }
    }

    /// The disk is gone when the body ends, however it ends.
    static func mount(at path: String, _ body: (SmallDisk) async throws -> Void) async throws {
        let disk = SmallDisk(path: path)
        try await disk.shell("mount -t tmpfs -o size=1m none '\(path)'")
        do {
            try await body(disk)
        } catch {
            try await disk.shell("umount '\(path)'")
            throw error
        }
        try await disk.shell("umount '\(path)'")
    }

    func grow() async throws { try await shell("mount -o remount,size=64m '\(path)'") }

    private func shell(_ line: String) async throws {
        let answer = try await User().shell(line)
        if answer.status != 0 { throw Failure(text: answer.trouble) }
    }

    struct Failure: Error { var text: String }
}
