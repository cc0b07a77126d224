import Foundation
import TestSupport
import Testing

@Suite struct RouterSimulateTests {
    /// A chore on a cold cache, on a day with a model at a fiftieth of the price; then work.
    private func user(work: Bool) throws -> User {
        let user = try User()
        var lines = [
            ClaudeLine.prompt("git status", at: "2026-11-20T10:00:00.000Z"),
            ClaudeLine.reply("1", at: "2026-11-20T10:00:01.000Z"),
        ]
        if work {
            lines += [
                ClaudeLine.prompt("design the api", at: "2026-11-20T10:01:00.000Z"),
                ClaudeLine.reply("2", at: "2026-11-20T10:01:01.000Z"),
            ]
        }
        try user.log(lines)
        return user
    }

    @Test func `what routing would have cost is told three ways, and a promise that fails stops the check`()
        async throws
    {
        let answer = try await user(work: true).suffice("router", "simulate", "--check", "--format", "json")
        #expect(answer.status == 3)
        #expect(answer.trouble.contains("at least 80% is promised"))
        let report = try JSONDecoder().decode(Simulated.self, from: Data(answer.output.utf8))
        #expect(report.promises.count { !$0.holds } == 1)
        #expect(report.sessions.count == 1)
        #expect(report.sessions.allSatisfy { $0.routedUSD <= $0.costUSD * 1.02 && $0.hindsightUSD <= $0.routedUSD })
    }

    @Test(arguments: [["--format", "csv"], ["--format", "markdown"], ["--session", "s1"], ["--dial", "0"]])
    func `every form answers`(options: [String]) async throws {
        let answer = try await user(work: true).run(["router", "simulate"] + options)
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("s1"))
    }

    @Test func `without calls it says so`() async throws {
        let answer = try await User().suffice("router", "simulate")
        #expect(answer.status == 0 && !answer.output.isEmpty)
    }
}

private struct Simulated: Decodable {
    struct Promise: Decodable {
        var holds: Bool
    }

    struct Session: Decodable {
        var costUSD: Double
        var routedUSD: Double
        var hindsightUSD: Double
    }

    var promises: [Promise]
    var sessions: [Session]
}
