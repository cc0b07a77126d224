import Domain
import Store
import Testing

@testable import Ingestion

/// A call is counted once, whatever copies it, and belongs to where it was made.
@Suite struct CopiedCallTests {
    private func ledger(_ files: [String: String]) async throws -> Ledger {
        let home = try ClaudeHome()
        for (name, text) in files { try home.write(text, to: name) }
        try await home.ingest()
        return try home.ledger
    }

    @Test(arguments: ["a", "z"])
    func `a resumed or forked session's copies belong to the session that ended first`(fork: String) async throws {
        let original = ClaudeLine.reply("msg_1", session: "m", at: 1) + ClaudeLine.reply("msg_2", session: "m", at: 2)
        let copies = original.replacing("\"m\"", with: "\"\(fork)\"")
        let ledger = try await ledger([
            "m": original, fork: copies + ClaudeLine.reply("msg_3", session: fork, at: 900),
        ])
        #expect(ledger.owned == ["m": ["msg_1", "msg_2"], fork: ["msg_3"]])
        let forked = ledger.sessions[SessionID(agent: .claudeCode, name: fork)]?.first
        #expect(forked?.steps.map(\.isContext) == [true, true, false], "there it is context")
    }

    @Test func `a copy that lost its request id is a copy`() async throws {
        let ledger = try await ledger([
            "s1": ClaudeLine.reply("msg_1", at: 1),
            "s2": ClaudeLine.reply("msg_1", request: nil, session: "s2", at: 1)
                + ClaudeLine.reply("msg_2", session: "s2", at: 9),
        ])
        #expect(ledger.owned == ["s1": ["msg_1"], "s2": ["msg_2"]])
    }

    @Test func `a response id that a proxy gave to two requests is two calls`() async throws {
        let ledger = try await ledger([
            "s1": ClaudeLine.reply("msg_1", request: "req_1", at: 1),
            "s2": ClaudeLine.reply("msg_1", request: "req_2", session: "s2", at: 2),
        ])
        #expect(ledger.calls.count == 2)
    }

    @Test func `of copies with different usage the largest counts`() async throws {
        let ledger = try await ledger([
            "s1": ClaudeLine.reply("msg_1", at: 1, usage: ClaudeLine.output(2), stop: nil),
            "s2": ClaudeLine.reply("msg_1", session: "s2", at: 1, usage: ClaudeLine.output(90)),
        ])
        #expect(ledger.calls.map(\.usage.outputTokens) == [90])
    }

    @Test func `an echoed call counts only where no assistant line shows it`() async throws {
        let sidechain = #","isSidechain":true,"agentId":"a1""#
        let ledger = try await ledger([
            "s1": ClaudeLine.reply("msg_1") + ClaudeLine.progress("msg_2", at: 5) + ClaudeLine.progress("msg_3", at: 6),
            "s1/subagents/agent-a1": ClaudeLine.reply("msg_2", at: 5, model: "claude-haiku-4-5", more: sidechain),
        ])
        #expect(ledger.calls.map(\.id) == ["msg_1", "msg_2", "msg_3"])
        #expect(ledger.calls[1].stopReason == .endTurn, "the assistant line's record")
        #expect(Set(ledger.entries.dropFirst().map(\.thread)) == [ThreadID(kind: .subagent, name: "a1")])
        #expect(Set(ledger.entries.map(\.session.name)) == ["s1"])
    }

    @Test func `an echo in the file of the call itself adds nothing`() async throws {
        let sidechain = #","isSidechain":true,"agentId":"a1""#
        let call = ClaudeLine.reply("msg_2", at: 5, model: "claude-haiku-4-5", more: sidechain)
        for text in [call + ClaudeLine.progress("msg_2", at: 5), ClaudeLine.progress("msg_2", at: 5) + call] {
            let ledger = try await ledger(["s1": text])
            #expect(ledger.usage == (try await self.ledger(["s1": call])).usage)
            #expect(ledger.calls.count == 1)
        }
    }

    @Test func `a compaction's call counts besides`() async throws {
        let compaction = #","isSidechain":true,"agentId":"acompact-1""#
        let ledger = try await ledger([
            "s1": ClaudeLine.reply("msg_1"),
            "s1/subagents/agent-acompact-1": ClaudeLine.reply("msg_2", at: 9, more: compaction),
        ])
        #expect(ledger.entries.map(\.thread) == [.main, ThreadID(kind: .compaction, name: "acompact-1")])
    }
}
