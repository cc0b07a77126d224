import Domain
import Testing

@testable import Store

/// One call, two doors: the gateway's journal and the agent's own log.
@Suite struct ExchangeJoinTests {
    private struct Entry: Hashable {
        var session: SessionID
        var project: String
        var billing: Billing
        var call: Call
        var tools: [String]
    }

    private func entries(of updates: [SourceUpdate]) throws -> Set<Entry> {
        let store = try Store.inMemory()
        for update in updates { try store.keep([update]) }
        var entries: [Entry] = []
        try store.forEachCall(withTools: true) {
            entries.append(
                Entry(
                    session: $0.session,
                    project: $0.project,
                    billing: $0.billing,
                    call: $0.call,
                    tools: $0.tools
                )
            )
        }
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

    @Test func `a call in both keeps the agent's place, and the gateway's model, usage and billing`() throws {
        let updates: [SourceUpdate] = [
            .sample(
                "/home/s1",
                .sample(calls: [.sample(1, at: 5), .sample(2, at: 9)], toolCalls: [.sample(7, of: 1)])
            ),
            .journal("/data/gateway/a.jsonl", [.exchange("x1", .served(1, at: 6))]),
        ]
        for order in permutations(updates) {
            let found = try entries(of: order)
            #expect(found.count == 2)
            let call = try #require(found.first { $0.call.key.id == 1 })
            #expect(call.call.model == ModelID("served") && call.call.usage.outputTokens == 77)
            #expect(call.call.time == .sample(5) && call.project == "/code/app" && call.tools == ["Read"])
            #expect(call.billing == .api && call.call.key == CallKey(id: 1, request: 1))
            #expect(found.first { $0.call.key.id == 2 }?.call.model == ModelID("m"))
        }
    }

    @Test func `in its session a call in both stands once`() throws {
        let store = try Store.inMemory()
        try store.keep([
            .journal(
                "/data/gateway/a.jsonl",
                [.exchange("x1", .served(1, at: 6)), .exchange("x2", .served(3, at: 8))]
            ),
            .sample(
                "/home/s1",
                .sample(
                    calls: [.sample(1, at: 5, offset: 10), .sample(2, at: 9, offset: 20)],
                    arrivals: [.sample(1, at: 4, offset: 5)]
                )
            ),
        ])
        let session = try #require(try store.session(SessionID(agent: .claudeCode, name: "s1")))
        #expect(session.project == "/code/app" && session.billing == .api)
        // What only the gateway saw is a conversation of its own: it would read as a break of the main one.
        #expect(session.threads.map(\.id) == [.main, ThreadID(kind: .main, name: "x2")])
        let steps = session.threads.flatMap(\.steps)
        #expect(steps.map(\.call.key.id) == [1, 2, 3])
        #expect(steps.map(\.call.model.rawValue) == ["served", "m", "served"])
        #expect(steps.map(\.isContext) == [false, false, false])
        #expect(steps.map(\.arrivals.count) == [1, 0, 0])
    }

    @Test func `a call that only the gateway saw is a call`() throws {
        let found = try entries(of: [.journal("/a", [.exchange("x1", .served(1, at: 6))])])
        #expect(found.map(\.call.model) == [ModelID("served")])
        #expect(found.map(\.project) == ["shop"])
    }

    @Test func `exchanges whose provider repeats an id stay apart, copies of a journal do not`() throws {
        let two: [Reading.Strand] = [.exchange("x1", .served(1, at: 6)), .exchange("x2", .served(1, at: 9, output: 5))]
        #expect(try entries(of: [.journal("/a", two)]).count == 2)
        for order in permutations([SourceUpdate.journal("/a", two), .journal("/b", two)]) {
            #expect(try entries(of: order).count == 2)
        }
    }

    @Test func `where a provider repeats an id, exchange and call that agree in tokens are one`() throws {
        let updates: [SourceUpdate] = [
            .sample(
                "/home/s1",
                .sample(calls: [.sample(1, request: 30, output: 5), .sample(1, request: 40, output: 6)])
            ),
            .journal(
                "/a",
                [.exchange("x1", .served(1, at: 1, output: 6)), .exchange("x2", .served(1, at: 2, output: 5))]
            ),
            .journal("/b", [.exchange("x3", .served(1, at: 3, output: 8))]),
        ]
        for order in permutations(updates) {
            let found = try entries(of: order)
            #expect(found.count == 3)
            #expect(found.reduce(0) { $0 + $1.call.usage.outputTokens } == 19)
            #expect(found.filter { $0.call.key.request == 30 }.map(\.call.usage.outputTokens) == [5])
            #expect(found.allSatisfy { $0.call.model == ModelID("served") })
        }
    }

    @Test func `a fork of the session changes nothing`() throws {
        let updates: [SourceUpdate] = [
            .sample("/home/s1", .sample(calls: [.sample(1, at: 5)])),
            .sample("/home/s2", .sample(session: "s2", calls: [.sample(1, at: 5), .sample(2, at: 99)])),
            .journal("/a", [.exchange("x1", .served(1, at: 6))]),
        ]
        let expected = try entries(of: updates)
        #expect(expected.count == 2)
        #expect(expected.first { $0.call.key.id == 1 }?.session.name == "s1")
        for order in permutations(updates) { #expect(try entries(of: order) == expected) }
    }

    @Test func `a reply that broke off takes the agent's count where that is larger`() throws {
        var cut = Call.served(1, at: 6, output: 3)
        cut.outputIsLowerBound = true
        let found = try entries(of: [
            .sample("/home/s1", .sample(calls: [.sample(1, output: 10)])), .journal("/a", [.exchange("x1", cut)]),
        ])
        #expect(found.map(\.call.usage.outputTokens) == [10])
        #expect(found.map(\.call.model) == [ModelID("served")])
    }

    @Test func `Codex calls meet their exchange by session and counts, the nearest in time`() throws {
        // The turn repeats the counts once: only time tells which is which.
        let log: [Call] = [
            .codex(11, at: 100, output: 4), .codex(12, at: 200, output: 4), .codex(13, at: 300, output: 9),
        ]
        let exchanges: [(String, Call)] = [
            ("x1", .codexServed(1, at: 103, output: 4, model: "first")),
            ("x2", .codexServed(2, at: 207, output: 4, model: "second")),
            ("x3", .codexServed(3, at: 305, output: 8, model: "third")),
        ]
        let updates: [SourceUpdate] = [
            .sample("/codex/a", .codex(calls: log)),
            .journal("/a", exchanges.prefix(1).map { .codexExchange($0.0, $0.1) }),
            .journal("/b", exchanges.dropFirst().map { .codexExchange($0.0, $0.1) }),
        ]
        for order in permutations(updates) {
            let found = try entries(of: order)
            let models = Dictionary(uniqueKeysWithValues: found.map { ($0.call.key.id, $0.call.model.rawValue) })
            #expect(models == [11: "first", 12: "second", 13: "m", 3: "third"])
        }
    }

    /// Codex of 2025 sends the thread's id as its session, later ones send both.
    @Test(arguments: [("t9", ThreadID.main), ("c1", ThreadID(kind: .subagent, name: "t9"))])
    func `a Codex subagent asks under its thread's name`(session: String, thread: ThreadID) throws {
        var exchange = Reading.Strand.codexExchange(
            "x1",
            .codexServed(1, at: 103, output: 4, model: "served"),
            session: session
        )
        exchange.thread = thread
        let subagent = ThreadID(kind: .subagent, name: "t9")
        let found = try entries(of: [
            .journal("/a", [exchange]),
            .sample("/codex/a", .codex(thread: subagent, calls: [.codex(11, at: 100, output: 4)])),
        ])
        #expect(found.map(\.session.name) == ["c1"] && found.map(\.call.model) == [ModelID("served")])
    }

    @Test(arguments: [(3600, 1), (3601, 2)])
    func `counts agree by chance beyond the longest reply`(seconds: Int64, count: Int) throws {
        let found = try entries(of: [
            .sample("/codex/a", .codex(calls: [.codex(11, at: 0, output: 4)])),
            .journal("/a", [.codexExchange("x1", .codexServed(1, at: seconds, output: 4, model: "served"))]),
        ])
        #expect(found.count == count)
    }

    @Test func `an outcome is the whole exchange, whichever half was read first and however often`() throws {
        let intent = Exchange.Intent.sample("x1")
        let outcome = Exchange.Outcome(
            ending: .finished,
            time: .sample(9),
            upstream: "a",
            status: 200,
            model: ModelID("served")
        )
        let halves = [Exchange(intent: intent), Exchange(intent: intent, outcome: outcome)]
        for order in permutations(halves) {
            let store = try Store.inMemory()
            for half in order + order {
                var update = SourceUpdate.journal("/a", [])
                update.reading.exchanges = [half]
                try store.keep([update])
            }
            var kept: [Exchange] = []
            try store.forEachExchange { kept.append($0) }
            #expect(kept == [halves[1]])
            #expect(try store.unfinishedExchangeCount() == 0)
        }
    }

    @Test func `an intent alone is an exchange without an end, and no call`() throws {
        let store = try Store.inMemory()
        var update = SourceUpdate.journal("/a", [])
        update.reading.exchanges = [Exchange(intent: .sample("x1"))]
        try store.keep([update])
        #expect(try store.unfinishedExchangeCount() == 1)
        #expect(try store.unfinishedExchangeCount(in: Window(from: .sample(1))) == 0)
        #expect(try store.newestCall() == nil)
    }
}

extension Call {
    fileprivate static func served(_ id: UInt64, at seconds: Int64, output: Int = 77) -> Call {
        var call = Call.sample(id, request: UInt32(seconds), at: seconds, output: output)
        call.model = ModelID("served")
        return call
    }

    fileprivate static func codex(_ id: UInt64, at seconds: Int64, output: Int) -> Call {
        .sample(id, request: 0, at: seconds, output: output)
    }

    fileprivate static func codexServed(_ id: UInt64, at seconds: Int64, output: Int, model: String) -> Call {
        var call = Call.sample(id, request: UInt32(seconds), at: seconds, output: output)
        call.model = ModelID(model)
        return call
    }
}

extension Exchange.Intent {
    fileprivate static func sample(_ id: String) -> Exchange.Intent {
        Exchange.Intent(
            id: id,
            time: .sample(0),
            sender: RequestFacts.Sender(),
            format: .messages,
            decision: Decision(requested: ModelID("m"), chosen: ModelID("m"), reason: .requested),
            upstream: "a",
            upstreamFormat: .messages,
            requestBytes: 1
        )
    }
}

extension Reading.Strand {
    fileprivate static func exchange(_ id: String, _ call: Call) -> Reading.Strand {
        Reading.Strand(
            session: SessionID(agent: .claudeCode, name: "s1"),
            thread: .main,
            project: "shop",
            billing: .api,
            exchange: id,
            calls: [call]
        )
    }

    fileprivate static func codex(thread: ThreadID = .main, calls: [Call]) -> Reading.Strand {
        Reading.Strand(session: SessionID(agent: .codex, name: "c1"), thread: thread, calls: calls)
    }

    fileprivate static func codexExchange(_ id: String, _ call: Call, session: String = "c1") -> Reading.Strand {
        Reading.Strand(
            session: SessionID(agent: .codex, name: session),
            thread: .main,
            exchange: id,
            calls: [call]
        )
    }
}

extension SourceUpdate {
    fileprivate static func journal(_ path: String, _ strands: [Reading.Strand]) -> SourceUpdate {
        var update = SourceUpdate.sample(path)
        update.checkpoint.agent = .gateway
        update.reading.strands = strands
        return update
    }
}
