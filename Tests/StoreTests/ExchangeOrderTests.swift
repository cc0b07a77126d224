import Domain
import Statistics
import Testing

@testable import Store

/// What both doors show comes to the same, whatever was read first and however files were cut.
@Suite struct ExchangeOrderTests {
    private struct Entry: Hashable {
        var session: SessionID
        var thread: ThreadID
        var project: String
        var billing: Billing
        var call: Call
    }

    private func entries(of updates: [SourceUpdate]) throws -> Set<Entry> {
        let store = try Store.inMemory()
        for update in updates { try store.keep([update]) }
        var entries: [Entry] = []
        try store.forEachCall {
            entries.append(
                Entry(
                    session: $0.session,
                    thread: $0.thread,
                    project: $0.project,
                    billing: $0.billing,
                    call: $0.call
                )
            )
        }
        #expect(Set(entries).count == entries.count)
        return Set(entries)
    }

    /// Sessions of two agents, forks of them, and a journal in pieces: the same ids and counts recur on purpose.
    private func updates(_ random: inout SeededGenerator) -> [SourceUpdate] {
        var updates: [SourceUpdate] = []
        for file in 0..<Int.random(in: 2...5, using: &random) {
            let isJournal = Bool.random(using: &random)
            let agent: Agent = Bool.random(using: &random) ? .codex : .claudeCode
            let session = SessionID(agent: agent, name: "s\(Int.random(in: 1...2, using: &random))")
            var strands: [Reading.Strand] = []
            for place in 0..<Int.random(in: 1...4, using: &random) {
                var call = Call.sample(
                    UInt64.random(in: 1...3, using: &random) &+ (agent == .codex && isJournal ? 100 : 0),
                    request: isJournal ? UInt32(file * 10 + place) : UInt32.random(in: 0...1, using: &random),
                    at: Int64.random(in: 0...9, using: &random) * 100,
                    output: Int.random(in: 1...3, using: &random),
                    offset: Int64(place) * 100
                )
                if isJournal { call.model = ModelID("served-\(file)-\(place)") }
                strands.append(
                    Reading.Strand(
                        session: session,
                        thread: .main,
                        project: isJournal ? "shop" : "/code/shop",
                        billing: isJournal ? .api : .unknown,
                        exchange: isJournal ? "x\(file)-\(place)" : nil,
                        calls: [call]
                    )
                )
            }
            var update = SourceUpdate.sample(isJournal ? "/gateway/\(file)" : "/logs/\(file)")
            update.checkpoint.agent = isJournal ? .gateway : agent
            update.reading.strands = strands
            updates.append(update)
        }
        return updates
    }

    @Test(arguments: 0..<150 as Range<UInt64>)
    func `any order of files comes to the same calls, and no exchange is lost or counted twice`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let updates = updates(&random)
        let expected = try entries(of: updates)
        for _ in 0..<4 { #expect(try entries(of: updates.shuffled(using: &random)) == expected) }
        let exchanges = updates.filter { $0.checkpoint.agent == .gateway }.flatMap(\.reading.strands).flatMap(\.calls)
        let shown = expected.map(\.call.model.rawValue).filter { $0.hasPrefix("served") }
        #expect(shown.sorted() == exchanges.map(\.model.rawValue).sorted())
        // A journal alone adds nothing to a call that the agent's log shows, and takes none away.
        let logged = try entries(of: updates.filter { $0.checkpoint.agent != .gateway })
        let joined = expected.filter { !$0.project.isEmpty && $0.call.model.rawValue == "m" }.count
        #expect(joined <= logged.count && expected.count >= max(logged.count, exchanges.count))
        #expect(expected.count <= logged.count + exchanges.count)
    }
}
