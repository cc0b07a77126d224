import Domain
import Foundation
import JSONText
import Journal
import Store
import TestSupport
import Testing

@testable import Ingestion

@Suite struct GatewayExtractorTests {
    private func run(_ lines: [JournalLine]) -> ExtractorRun {
        ExtractorRun(
            lines: lines.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(),
            of: GatewayJournal(),
            path: "2026-09-21.jsonl"
        )
    }

    @Test func `a finished exchange is a call, by the id its agent logs`() throws {
        let run = run([.intent(.sample()), .outcome(.sample(), .sample())])
        let call = try #require(run.calls.first)
        #expect(run.calls.count == 1 && run.reasons.isEmpty)
        #expect(call.key.id == stableHash("msg_01") && call.id == "msg_01")
        #expect(call.model == ModelID("claude-haiku-4-5") && call.usage == Usage(inputTokens: 10, outputTokens: 20))
        #expect(call.time == Timestamp(milliseconds: 1_790_000_002_000) && !call.outputIsLowerBound)
        #expect(run.strands.map(\.session) == [SessionID(agent: .claudeCode, name: "s-1")])
        #expect(run.strands.map(\.thread) == [.main] && run.strands.map(\.exchange) == ["x-1"])
        #expect(run.strands.map(\.billing) == [.api])
    }

    @Test func `an intent alone is no call`() { #expect(run([.intent(.sample())]).strands.isEmpty) }

    @Test(arguments: [Exchange.Outcome.Ending.clientLeft, .truncated, .interrupted, .failed])
    func `a reply that did not end has at least what was seen of it`(ending: Exchange.Outcome.Ending) {
        var outcome = Exchange.Outcome.sample()
        outcome.ending = ending
        #expect(run([.outcome(.sample(), outcome)]).calls.map(\.outputIsLowerBound) == [true])
    }

    @Test func `what the provider billed nothing for, or did not say, is no call`() {
        var unknown = Exchange.Outcome.sample()
        unknown.usage = nil
        var nothing = unknown
        nothing.usage = .zero
        #expect(run([.outcome(.sample(), unknown), .outcome(.sample(), nothing)]).calls.isEmpty)
    }

    @Test func `a subagent's call is on its thread`() {
        var intent = Exchange.Intent.sample()
        intent.sender.subagent = "a7"
        #expect(run([.outcome(intent, .sample())]).strands.map(\.thread) == [ThreadID(kind: .subagent, name: "a7")])
    }

    @Test(arguments: [("ci", nil, "ci 2026-09-21"), (nil, Agent.pi, "pi 2026-09-21"), (nil, nil, "clients 2026-09-21")])
    func `without a session a client's requests of a day are one, each its own thread`(
        app: String?,
        agent: Agent?,
        name: String
    ) {
        var intent = Exchange.Intent.sample()
        (intent.sender.session, intent.sender.app, intent.sender.agent) = (nil, app, agent)
        var second = intent
        second.id = "x-2"
        let run = run([.outcome(intent, .sample()), .outcome(second, .sample())])
        #expect(Set(run.strands.map(\.session)) == [SessionID(agent: .gateway, name: name)])
        #expect(run.strands.map(\.thread.name) == ["x-1", "x-2"])
    }

    @Test func `the same reply id in two exchanges is two calls`() {
        var second = Exchange.Intent.sample()
        second.id = "x-2"
        let keys = run([.outcome(.sample(), .sample()), .outcome(second, .sample())]).calls.map(\.key)
        #expect(Set(keys.map(\.id)).count == 1 && Set(keys).count == 2)
    }

    @Test func `lines of a newer suffice and times that cannot be are named, and the others kept`() {
        var late = Exchange.Intent.sample()
        late.time = Timestamp(milliseconds: 9_000_000_000_000)
        let newer = #"{"v":9,"type":"intent"}"# + "\n"
        let text = [JournalLine.intent(late), .outcome(.sample(), .sample())].map {
            String(decoding: $0.bytes, as: UTF8.self)
        }
        let run = ExtractorRun(lines: newer + text.joined(), of: GatewayJournal())
        #expect(run.calls.count == 1)
        #expect(
            run.reasons == [
                "journal line of version 9, written by a newer suffice",
                "journal line with a time outside the years 2000 to 2099",
            ]
        )
    }

    @Test(arguments: [("2026-09-21.jsonl", true), ("2026-09-21.jsonl.lock", false), ("old/2026-09-21.jsonl", false)])
    func `the journal is the folder's own lines`(path: String, isLog: Bool) {
        #expect((GatewayJournal().layout(of: path, under: "/data/gateway") != nil) == isLog)
    }

    /// The issue's own words: one call each, at the model and price that served.
    @Test func `a routed conversation and its agent's log are one call each, on the model that served`() async throws {
        let folder = try TemporaryFolder()
        var journal = ""
        var log = ""
        for turn in 1...4 {
            var intent = Exchange.Intent.sample()
            intent.id = "x-\(turn)"
            var outcome = Exchange.Outcome.sample()
            outcome.replyID = "msg_0\(turn)"
            outcome.requestID = "req_0\(turn)"
            outcome.usage = Usage(inputTokens: turn, outputTokens: 20, cacheReadTokens: 1000 * turn)
            journal += String(decoding: JournalLine.intent(intent).bytes, as: UTF8.self)
            journal += String(decoding: JournalLine.outcome(intent, outcome).bytes, as: UTF8.self)
            // The client was shown the name it asked for.
            log += """
                {"type":"assistant","sessionId":"s-1","cwd":"/code/app","timestamp":"2026-09-21T13:33:2\(turn)Z",\
                "requestId":"req_0\(turn)","message":{"id":"msg_0\(turn)","model":"claude-opus-4-8",\
                "stop_reason":"end_turn","usage":{"input_tokens":\(turn),"output_tokens":20,\
                "cache_read_input_tokens":\(1000 * turn)}}}

                """
        }
        try folder.write(journal, to: ".local/share/suffice/gateway/2026-09-21.jsonl")
        try folder.write(log, to: ".claude/projects/-code-app/s-1.jsonl")
        let places = Places(home: folder.path, environment: ["SUFFICE_DATA": folder.path + "/.local/share/suffice"])
        let store = try Store.inMemory()
        for _ in 0..<2 {
            _ = try await Ingestor(workers: 2).run(
                Discovery(sources: allLogSources, in: places),
                since: try store.checkpoints(),
                pack: { PackedUpdate($0) },
                keep: { try store.keep($0) }
            )
        }
        var calls: [Call] = []
        try store.forEachCall { entry in
            #expect(entry.session == SessionID(agent: .claudeCode, name: "s-1") && entry.project == "/code/app")
            #expect(entry.billing == .api)
            calls.append(entry.call)
        }
        #expect(calls.map(\.id).sorted() == ["msg_01", "msg_02", "msg_03", "msg_04"])
        #expect(Set(calls.map(\.model)) == [ModelID("claude-haiku-4-5")])
        var exchanges = 0
        try store.forEachExchange { _ in exchanges += 1 }
        #expect(exchanges == 4)
    }

    @Test func `a line that was cut by a kill is read when it is whole`() async throws {
        let folder = try TemporaryFolder()
        let places = Places(home: folder.path, environment: ["SUFFICE_DATA": folder.path])
        let line = String(decoding: JournalLine.outcome(.sample(), .sample()).bytes, as: UTF8.self)
        let store = try Store.inMemory()
        func ingest() async throws -> Int {
            _ = try await Ingestor(sources: [GatewayJournal()], workers: 1).run(
                Discovery(sources: [GatewayJournal()], in: places),
                since: try store.checkpoints(),
                pack: { PackedUpdate($0) },
                keep: { try store.keep($0) }
            )
            var calls = 0
            try store.forEachCall { _ in calls += 1 }
            return calls
        }
        try folder.write(String(line.prefix(100)), to: "gateway/a.jsonl")
        #expect(try await ingest() == 0)
        #expect(try store.skippedLines().map(\.line.reason) == ["cut off at the end of the file"])
        try folder.write(line, to: "gateway/a.jsonl")
        #expect(try await ingest() == 1)
        #expect(try store.skippedLines().isEmpty)
    }
}

extension Exchange.Intent {
    fileprivate static func sample() -> Exchange.Intent {
        var sender = RequestFacts.Sender()
        sender.agent = .claudeCode
        sender.session = "s-1"
        return Exchange.Intent(
            id: "x-1",
            time: Timestamp(milliseconds: 1_790_000_000_000),
            sender: sender,
            billing: .api,
            format: .messages,
            decision: Decision(
                requested: ModelID("claude-opus-4-8"),
                chosen: ModelID("claude-haiku-4-5"),
                reason: .rule
            ),
            upstream: "anthropic",
            upstreamFormat: .messages,
            requestBytes: 100
        )
    }
}

extension Exchange.Outcome {
    fileprivate static func sample() -> Exchange.Outcome {
        Exchange.Outcome(
            ending: .finished,
            time: Timestamp(milliseconds: 1_790_000_002_000),
            upstream: "anthropic",
            status: 200,
            replyID: "msg_01",
            requestID: "req_01",
            model: ModelID("claude-haiku-4-5"),
            usage: Usage(inputTokens: 10, outputTokens: 20),
            stopReason: .endTurn
        )
    }
}
