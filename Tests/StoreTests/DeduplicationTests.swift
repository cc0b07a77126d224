import Domain
import Testing

@testable import Store

@Suite struct DeduplicationTests {
    private struct Entry: Hashable {
        var session: SessionID
        var thread: ThreadID
        var call: Call
        var tools: [String]
    }

    private func entries(of updates: [SourceUpdate]) throws -> Set<Entry> {
        let store = try Store.inMemory()
        for update in updates { try store.keep([update]) }
        var entries: [Entry] = []
        try store.forEachCall(withTools: true) {
            entries.append(Entry(session: $0.session, thread: $0.thread, call: $0.call, tools: $0.tools))
        }
        #expect(Set(entries.map(\.call.key)).count == entries.count, "each call once")
        return Set(entries)
    }

    private func permutations<T>(_ elements: [T]) -> [[T]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }

    private let subagent = ThreadID(kind: .subagent, name: "a1")

    @Test func `copies, echoes and second homes settle the same in any order`() throws {
        let original = Reading.Strand.sample(
            calls: [.sample(1, at: 1), .sample(2, at: 2)],
            toolCalls: [.sample(1, of: 2)]
        )
        let updates: [SourceUpdate] = [
            .sample("/home/s1", original), .sample("/other/s1", original),
            .sample(
                "/home/fork",
                .sample(session: "fork", calls: [.sample(1, at: 1), .sample(2, request: 0, at: 2), .sample(3, at: 9)])
            ),
            .sample(
                "/home/s1b",
                .sample(thread: subagent, isEcho: true, calls: [.sample(4, at: 5), .sample(5, at: 6)])
            ),
            .sample("/home/s1/a1", .sample(thread: subagent, calls: [.sample(4, request: 8, at: 5, output: 99)])),
        ]
        let expected = try entries(of: updates)
        #expect(expected.count == 5)
        #expect(expected.filter { $0.session.name == "fork" }.map(\.call.key.id) == [3])
        #expect(expected.first { $0.call.key.id == 4 }?.call.usage.outputTokens == 99)
        #expect(expected.first { $0.call.key.id == 2 }?.tools == ["Read"])
        for order in permutations(updates) { #expect(try entries(of: order) == expected) }
    }

    /// Nothing but the name of their file tells these apart.
    @Test func `equal records from two files settle the same in any order`() throws {
        let updates: [SourceUpdate] = ["/a", "/b", "/c"].enumerated().map { index, path in
            .sample(path, .sample(calls: [.sample(1, offset: Int64(index) * 100)]))
        }
        let expected = try entries(of: updates)
        #expect(expected.map(\.call.position.offset) == [0])
        for order in permutations(updates) { #expect(try entries(of: order) == expected) }
    }

    @Test(arguments: [(1, 1, 1), (1, 2, 2), (1, 0, 1), (0, 0, 1)] as [(UInt32, UInt32, Int)])
    func `one response id is two calls only under two request ids`(a: UInt32, b: UInt32, count: Int) throws {
        let updates: [SourceUpdate] = [
            .sample("/a", .sample(session: "s1", calls: [.sample(1, request: a)])),
            .sample("/b", .sample(session: "s2", calls: [.sample(1, request: b)])),
        ]
        #expect(try entries(of: updates).count == count)
        let reversed = try entries(of: updates.reversed())
        #expect(try entries(of: updates) == reversed)
    }

    @Test func `a copy without a request id joins the same of two calls in any order`() throws {
        let updates: [SourceUpdate] = [
            .sample("/a", .sample(session: "s1", calls: [.sample(1, request: 1)])),
            .sample("/b", .sample(session: "s2", calls: [.sample(1, request: 2)])),
            .sample("/c", .sample(session: "s3", calls: [.sample(1, request: 0, output: 99)])),
        ]
        let expected = try entries(of: updates)
        #expect(expected.count == 2)
        for order in permutations(updates) { #expect(try entries(of: order) == expected) }
    }

    @Test func `a response read in two goes is one call with all it showed`() throws {
        var first = Call.sample(1, at: 1, output: 2, offset: 0)
        first.visibleOutputBytes = 5
        var last = Call.sample(1, at: 2, output: 90, offset: 50)
        last.visibleOutputBytes = 7
        last.stopReason = .toolUse
        let found = try entries(of: [
            .sample("/a", .sample(calls: [first], toolCalls: [.sample(1, of: 1)])),
            .sample("/a", .sample(calls: [last], toolCalls: [.sample(2, of: 1, name: "Edit")])),
        ])
        let entry = try #require(found.first)
        #expect(entry.call.usage.outputTokens == 90)
        #expect(entry.call.visibleOutputBytes == 12)
        #expect(entry.call.stopReason == .toolUse)
        #expect(entry.call.time == .sample(1))
        #expect(entry.tools == ["Read", "Edit"])
    }

    @Test func `keeping an update that replaces twice changes nothing`() throws {
        let update = SourceUpdate.sample("/a", .sample(calls: [.sample(1)]), continuity: .replaces)
        let once = try entries(of: [update])
        #expect(try entries(of: [update, update]) == once)
    }

    @Test func `what a rewritten file no longer shows stays`() throws {
        let found = try entries(of: [
            .sample("/a", .sample(calls: [.sample(1), .sample(2)], toolCalls: [.sample(7, of: 1)])),
            .sample("/a", .sample(calls: [.sample(2, output: 50), .sample(3)]), continuity: .supersedes),
            .sample("/a", .sample(calls: [.sample(3)]), continuity: .supersedes),
        ])
        #expect(found.map(\.call.key.id).sorted() == [1, 2, 3])
        #expect(found.first { $0.call.key.id == 1 }?.tools == ["Read"])
        #expect(found.first { $0.call.key.id == 2 }?.call.usage.outputTokens == 50)
    }

    @Test func `a window shows the calls in it, settled over all of time`() throws {
        let store = try Store.inMemory()
        try store.keep([
            .sample("/a", .sample(session: "s1", calls: [.sample(1, at: 10), .sample(2, at: 20), .sample(3, at: 30)]))
        ])
        try store.keep([.sample("/b", .sample(session: "s2", calls: [.sample(2, at: 20), .sample(4, at: 40)]))])
        var owners: [UInt64: String] = [:]
        try store.forEachCall(in: Window(from: .sample(20), to: .sample(41))) {
            owners[$0.call.key.id] = $0.session.name
        }
        #expect(owners == [2: "s1", 3: "s1", 4: "s2"])
    }

    @Test func `only sessions that are wanted are handed over, and without ids all else is the same`() throws {
        let store = try Store.inMemory()
        try store.keep([
            .sample("/a", .sample(session: "s1", project: "/one", calls: [.sample(1), .sample(2)])),
            .sample("/b", .sample(session: "s2", project: "/two", calls: [.sample(2), .sample(3)])),
            .sample("/c", .sample(session: "s2", project: "", calls: [.sample(4)])),
        ])
        var asked: Set<String> = []
        var found: [Call] = []
        try store.forEachCall(
            of: { session, project in
                asked.insert("\(session.name) \(project)")
                return project == "/two"
            },
            withIDs: false
        ) { found.append($0.call) }
        #expect(asked == ["s1 /one", "s2 /two"])
        #expect(found.map(\.key.id).sorted() == [3, 4], "what was settled for another session stays there")
        var whole: [Call] = []
        try store.forEachCall(of: { $1 == "/two" }) { whole.append($0.call) }
        #expect(whole.map(\.id).sorted() == ["msg_3", "msg_4"])
        for index in whole.indices { whole[index].id = "" }
        #expect(found == whole)
    }

    @Test func `skipped lines are forgotten when their lines are read again`() throws {
        let store = try Store.inMemory()
        func lines() throws -> [Int] { try store.skippedLines().map(\.line.line) }
        try store.keep([
            .sample(
                "/a",
                skipped: [SkippedLine(line: 2, reason: "x"), SkippedLine(line: 5, reason: "cut")],
                lines: 4,
                linesRead: 4
            )
        ])
        #expect(try lines() == [2, 5])
        try store.keep([.sample("/a", skipped: [SkippedLine(line: 7, reason: "y")], lines: 7, linesRead: 3)])
        #expect(try lines() == [2, 7])
        try store.keep([.sample("/a", skipped: [SkippedLine(line: 0, reason: "unreadable")], lines: 7)])
        #expect(try lines() == [0, 2, 7])
        try store.keep([.sample("/a", continuity: .supersedes, lines: 1, linesRead: 1)])
        #expect(try lines().isEmpty)
    }
}
