import Domain
import Store
import Testing

@testable import Ingestion

@Suite struct ClaudeThreadTests {
    private func strands(_ lines: String..., path: String = "session.jsonl") -> [Reading.Strand] {
        ExtractorRun(lines: lines.joined(), of: ClaudeCodeLogs(), path: path).strands
    }

    @Test func `a subagent's file belongs to the session that started it`() {
        let found = strands(
            ClaudeLine.user(more: #","isSidechain":true,"agentId":"a1""#),
            ClaudeLine.reply(more: #","isSidechain":true,"agentId":"a1""#),
            path: "p/s1/subagents/agent-a1.jsonl"
        )
        #expect(found.map(\.session.name) == ["s1"])
        #expect(found.map(\.thread) == [ThreadID(kind: .subagent, name: "a1")])
        #expect(found.flatMap(\.arrivals).map(\.kind) == [.delegation])
    }

    @Test func `sidechain lines among a session's own are another thread`() {
        let found = strands(
            ClaudeLine.reply("msg_1"),
            ClaudeLine.reply("msg_2", more: #","isSidechain":true"#),
            ClaudeLine.reply("msg_3"),
            ClaudeLine.reply("msg_4", more: #","isSidechain":true"#)
        )
        #expect(found.map(\.thread) == [.main, ThreadID(kind: .subagent)])
        #expect(found.map { $0.calls.map(\.id) } == [["msg_1", "msg_3"], ["msg_2", "msg_4"]])
    }

    @Test func `an old subagent's file without ids is a thread by its name`() {
        let found = strands(ClaudeLine.reply(more: #","isSidechain":true"#), path: "p/agent-7f3a.jsonl")
        #expect(found.map(\.thread) == [ThreadID(kind: .subagent, name: "7f3a")])
    }

    @Test func `the result a caller got says what kind of subagent it was, wherever its calls are`() async throws {
        let home = try ClaudeHome()
        let result = #"[{"type":"tool_result","tool_use_id":"toolu_1","content":"done"}]"#
        try home.write(
            ClaudeLine.user(result, more: #","toolUseResult":{"agentId":"a1","agentType":"Explore","usage":{}}"#)
        )
        try home.write(
            ClaudeLine.reply("msg_9", more: #","isSidechain":true,"agentId":"a1""#),
            to: "s1/subagents/agent-a1"
        )
        try await home.ingest()
        var types: [String?] = []
        try home.store.forEachCall { types.append($0.agentType) }
        #expect(types == ["Explore"])
        let session = try home.store.session(SessionID(agent: .claudeCode, name: "s1"))
        #expect(session?.threads.first { $0.id.kind == .subagent }?.agentType == "Explore")
    }

    @Test func `the call that compacts is a thread of its own kind`() {
        let found = strands(
            ClaudeLine.reply(more: #","isSidechain":true,"agentId":"acompact-9""#),
            path: "p/s1/subagents/agent-acompact-9.jsonl"
        )
        #expect(found.map(\.thread) == [ThreadID(kind: .compaction, name: "acompact-9")])
    }

    @Test func `a progress line echoes a call of its subagent`() {
        let found = strands(ClaudeLine.reply("msg_1"), ClaudeLine.progress("msg_2", at: 7))
        #expect(found.map(\.isEcho) == [false, true])
        #expect(found.map(\.thread) == [.main, ThreadID(kind: .subagent, name: "a1")])
        #expect(found.flatMap(\.calls).map(\.id) == ["msg_1", "msg_2"])
        #expect(found[1].calls[0].time.description == "2026-06-03T10:00:07Z", "when it was made, not echoed")
    }

    @Test func `a file of several sessions keeps them apart`() {
        let found = strands(ClaudeLine.reply("msg_1", session: "s1"), ClaudeLine.reply("msg_2", session: "s2"))
        #expect(found.map(\.session.name) == ["s1", "s2"])
    }

    @Test(arguments: ["", #","sessionId":null"#, #","sessionId":"""#])
    func `lines without a session are their file's`(member: String) {
        let line = ClaudeLine.reply().replacing(#","sessionId":"s1""#, with: member)
        #expect(strands(line, path: "p/0f-7.jsonl").map(\.session.name) == ["0f-7"])
    }
}
