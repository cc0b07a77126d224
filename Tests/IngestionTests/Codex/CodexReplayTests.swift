import Domain
import Testing

@testable import Ingestion

/// Forks and subagents repeat the records of the thread they come from.
@Suite struct CodexReplayTests {
    static let parentsOwn: [CodexLine] = [
        .event("task_started", #""turn_id":"\#(CodexTurnIDs.first)""#),
        .context(),
        .prompt("first"),
        .count(total: (100, 0, 10, 0), last: (100, 0, 10, 0)),
        .count(total: (260, 90, 14, 0), last: (160, 90, 4, 0)),
    ]
    static let parent = rollout([.meta()] + parentsOwn)

    @Test(arguments: [#","forked_from_id":"\#(CodexThreadIDs.parent)""#, CodexLine.spawned])
    func `a child's copies carry the parent's keys and yield to them`(origin: String) {
        let child = rollout(
            [.meta(CodexThreadIDs.child, more: origin), .meta()] + CodexReplayTests.parentsOwn
                + [
                    .event("task_started", #""turn_id":"\#(CodexTurnIDs.child)""#),
                    .context(turn: CodexTurnIDs.child),
                    .prompt("next"),
                    .count(total: (560, 90, 24, 0), last: (300, 0, 10, 0)),
                ]
        )
        let echo = child.strands.filter(\.isEcho)
        let own = child.strands.filter { !$0.isEcho }
        #expect(echo.flatMap(\.calls).map(\.key) == CodexReplayTests.parent.calls.map(\.key))
        #expect(echo.flatMap(\.arrivals).count == 1)
        #expect(own.flatMap(\.calls).map(\.usage.promptTokens) == [300])
        #expect(own.flatMap(\.arrivals).count == 1)
        #expect(distinctCalls([CodexReplayTests.parent, child]).count == 3)
    }

    @Test func `copies without turn ids are known by their thread's origin and its totals`() {
        let own: [CodexLine] = [
            .line("turn_context", #""model":"gpt-5""#, at: 1),
            .count(total: (100, 0, 10, 0), last: (100, 0, 10, 0), at: 1),
        ]
        let parent = rollout([.meta(at: -100)] + own)
        let next = CodexLine.count(total: (400, 0, 20, 0), last: (300, 0, 10, 0), at: 90)
        let fork = #","forked_from_id":"\#(CodexThreadIDs.parent)""#
        let child = rollout([.meta(CodexThreadIDs.child, more: fork, at: 0), .meta(at: 0)] + own + [next])
        let bare = rollout([.meta(CodexThreadIDs.child, more: fork, at: 0)] + own + [next])
        let spawned = rollout([.meta(CodexThreadIDs.child, more: CodexLine.spawned, at: 0)] + own + [next])
        for copy in [child, bare, spawned] {
            #expect(distinctCalls([parent, copy]).count == 2)
            #expect(copy.strands.filter(\.isEcho).flatMap(\.calls).count == 1)
        }
        #expect(child.calls.map(\.key) == bare.calls.map(\.key))
    }

    @Test func `two sessions with the same counts are two calls`() {
        let count = CodexLine.count(total: (100, 0, 10, 0), last: (100, 0, 10, 0))
        let one = rollout(.meta(), .line("turn_context", #""model":"gpt-5""#), count)
        let other = rollout(.meta(CodexThreadIDs.child), .line("turn_context", #""model":"gpt-5""#), count)
        #expect(distinctCalls([one, other]).count == 2)
    }

    @Test func `copies in files that name no thread are known by their time`() {
        let count = CodexLine.count(total: (100, 0, 10, 0), last: nil)
        let one = ExtractorRun(lines: count.text, of: CodexLogs(), path: "2026-parent.jsonl")
        let other = ExtractorRun(lines: count.text, of: CodexLogs(), path: "2026-branch.jsonl")
        #expect(distinctCalls([one, other]).count == 1)
    }

    @Test func `a subagent that first reports where its parent stood has made no call yet`() {
        let child = rollout(
            .meta(CodexThreadIDs.child, more: CodexLine.spawned),
            .event("task_started", #""turn_id":"\#(CodexTurnIDs.child)""#),
            .context(turn: CodexTurnIDs.child),
            .count(total: (9000, 0, 900, 0), last: (160, 90, 4, 0)),
            .item(#""type":"message","role":"assistant","content":[]"#),
            .count(total: (9300, 0, 910, 0), last: (300, 0, 10, 0))
        )
        #expect(child.calls.map(\.usage.promptTokens) == [300])
    }

    @Test func `a subagent is a thread of its parent's session`() {
        let child = rollout(
            .meta(CodexThreadIDs.child, more: CodexLine.spawned),
            .context(turn: CodexTurnIDs.child),
            .prompt("look it up"),
            .count(total: (10, 0, 1, 0), last: (10, 0, 1, 0))
        )
        #expect(child.strands.map(\.session.name) == [CodexThreadIDs.parent])
        #expect(child.strands.map(\.thread) == [ThreadID(kind: .subagent, name: CodexThreadIDs.child)])
        #expect(child.strands.map(\.agentType) == ["explorer"])
        #expect(child.arrivals.map(\.kind) == [.delegation])
    }
}
