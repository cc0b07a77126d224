import Domain
import Testing

@testable import Store

@Suite struct SessionAssemblyTests {
    private let id = SessionID(agent: .claudeCode, name: "s1")

    private func session(_ updates: SourceUpdate...) throws -> Session {
        let store = try Store.inMemory()
        try store.keep(updates)
        return try #require(try store.session(id))
    }

    private let conversation = Reading.Strand.sample(
        calls: [.sample(1, at: 1, offset: 100), .sample(2, at: 3, offset: 300)],
        toolCalls: [.sample(1, of: 1), .sample(2, of: 1), .sample(3, of: 2)],
        arrivals: [
            .sample(1, at: 0, offset: 0), .sample(2, .context, at: 0, offset: 50),
            .sample(3, .toolResult, at: 2, offset: 200),
            .sample(4, at: 4, offset: 400),
        ]
    )

    @Test func `what entered the prompt before a call is attached to it, the rest trails`() throws {
        let thread = try #require(try session(.sample("/a", conversation)).threads.first)
        #expect(thread.steps.map(\.call.key.id) == [1, 2])
        #expect(thread.steps.map { $0.arrivals.map(\.contentHash) } == [[1, 2], [3]])
        #expect(thread.steps.map { $0.toolCalls.map(\.key) } == [[1, 2], [3]])
        #expect(thread.trailing.map(\.contentHash) == [4])
        #expect(thread.steps.map(\.file) == ["/a", "/a"])
        #expect(thread.steps.map(\.isContext) == [false, false])
    }

    @Test func `a file's order counts within it, whatever its clock says`() throws {
        let strand = Reading.Strand.sample(
            calls: [.sample(1, at: 50, offset: 100), .sample(2, at: 3, offset: 300)],
            arrivals: [.sample(1, at: 90, offset: 0), .sample(2, at: 0, offset: 200)]
        )
        let thread = try #require(try session(.sample("/a", strand)).threads.first)
        #expect(thread.steps.map(\.call.key.id) == [1, 2])
        #expect(thread.steps.map { $0.arrivals.map(\.contentHash) } == [[1], [2]])
    }

    @Test func `two homes give one session without doubled arrivals`() throws {
        let once = try session(.sample("/a", conversation))
        let twice = try session(.sample("/a", conversation), .sample("/b", conversation))
        #expect(twice.threads.count == 1)
        for (one, other) in zip(once.threads, twice.threads) {
            #expect(other.steps.map(\.call) == one.steps.map(\.call))
            #expect(other.steps.map(\.arrivals) == one.steps.map(\.arrivals))
            #expect(other.steps.map(\.toolCalls) == one.steps.map(\.toolCalls))
            #expect(other.steps.map(\.isContext) == one.steps.map(\.isContext))
            #expect(other.trailing == one.trailing)
        }
    }

    @Test func `two homes of which one stopped short give the longer`() throws {
        var short = conversation
        short.calls.removeLast()
        short.toolCalls.removeLast()
        short.arrivals.removeLast(2)
        let thread = try #require(try session(.sample("/a", short), .sample("/b", conversation)).threads.first)
        #expect(thread.steps.map { $0.arrivals.map(\.contentHash) } == [[1, 2], [3]])
        #expect(thread.trailing.map(\.contentHash) == [4])
    }

    @Test func `calls outside the window are context, and sessions without one inside are left out`() throws {
        let store = try Store.inMemory()
        try store.keep([
            .sample("/a", conversation), .sample("/b", .sample(session: "s2", calls: [.sample(9, at: 99)])),
        ])
        var contexts: [String: [Bool]] = [:]
        try store.forEachSession(in: Window(from: .sample(2), to: .sample(99))) {
            contexts[$0.id.name] = $0.threads.flatMap(\.steps).map(\.isContext)
        }
        #expect(contexts == ["s1": [true, false]])
    }

    @Test func `a copy of another session's call is context`() throws {
        let store = try Store.inMemory()
        try store.keep([
            .sample("/a", conversation),
            .sample(
                "/b",
                .sample(session: "s2", calls: [.sample(2, at: 3, offset: 0), .sample(5, at: 9, offset: 100)])
            ),
        ])
        let copy = try #require(try store.session(SessionID(agent: .claudeCode, name: "s2")))
        #expect(copy.threads.flatMap(\.steps).map(\.isContext) == [true, false])
        #expect(try #require(try store.session(id)).threads.flatMap(\.steps).map(\.isContext) == [false, false])
    }

    @Test func `a session that only copies is no session of its own`() throws {
        let store = try Store.inMemory()
        try store.keep([
            .sample("/a", conversation),
            .sample("/b", .sample(session: "t", calls: [.sample(1, at: 1), .sample(2, at: 3)])),
        ])
        var names: [String] = []
        try store.forEachSession { names.append($0.id.name) }
        #expect(names == ["s1"])
    }

    @Test func `threads come main first, each with its own`() throws {
        let sub = ThreadID(kind: .subagent, name: "a1")
        let found = try session(
            .sample("/a/agent-a1", .sample(thread: sub, calls: [.sample(7, at: 2)])),
            .sample("/a", conversation)
        )
        #expect(found.threads.map(\.id) == [.main, sub])
        #expect(found.threads.map(\.steps.count) == [2, 1])
    }

    /// A look that brought no call must not decide where a session began.
    @Test func `a session's project is the folder it began in, for calls and sessions alike`() throws {
        let store = try Store.inMemory()
        try store.keep([.sample("/a", .sample(project: "/code/app", calls: [.sample(1, at: 1)]))])
        try store.keep([.sample("/a", .sample(project: "/code/app/sub", arrivals: [.sample(1, at: 5, offset: 9)]))])
        try store.keep([.sample("/a", .sample(project: "/elsewhere", calls: [.sample(2, at: 9)]))])
        var projects: Set<String> = []
        try store.forEachCall { projects.insert($0.project) }
        #expect(projects == ["/code/app"])
        #expect(try store.session(id)?.project == "/code/app")
    }

    @Test func `a session that is not there is nil`() throws {
        #expect(try Store.inMemory().session(id) == nil)
    }

    @Test(arguments: [
        ("", ["S1", "a%b", "a_b", "e\u{301}t\u{E9}", "s1", "👩‍👩‍👧-1"]), ("s", ["s1"]), ("a_", ["a_b"]), ("a%", ["a%b"]),
        ("e\u{301}", ["e\u{301}t\u{E9}"]), ("e\u{301}t", ["e\u{301}t\u{E9}"]), ("👩‍👩‍👧", ["👩‍👩‍👧-1"]),
        ("👩‍👩‍👧-1", ["👩‍👩‍👧-1"]), ("x", []),
    ])
    func `sessions are found by how their names begin`(prefix: String, names: [String]) throws {
        let store = try Store.inMemory()
        for name in ["s1", "S1", "a_b", "a%b", "e\u{301}t\u{E9}", "👩‍👩‍👧-1"] {
            try store.keep([.sample("/\(name)", .sample(session: name, calls: [.sample(1)]))])
        }
        #expect(try store.sessions(matching: prefix).map(\.name) == names)
    }
}
