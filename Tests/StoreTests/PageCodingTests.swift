import Domain
import GRDB
import Testing

@testable import Store

@Suite struct PageCodingTests {
    private let session = SessionID(agent: .pi, name: "s1")

    private func decoded(_ page: EncodedPage) -> DecodedPage? {
        page.calls.withUnsafeBytes { calls in
            page.tools.withUnsafeBytes { tools in
                page.arrivals.withUnsafeBytes { arrivals in
                    DecodedPage(session: session, calls: calls, tools: tools, arrivals: arrivals)
                }
            }
        }
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `what is packed is unpacked the same`(seed: UInt64) throws {
        var records = RandomRecords(seed: seed)
        let strands = records.strands(of: session)
        let page = EncodedPage(session: session, strands: strands)
        let back = try #require(decoded(page)).strands
        #expect(back.map(\.thread) == strands.map(\.thread))
        #expect(back.map(\.agentType) == strands.map(\.agentType))
        #expect(back.map(\.project) == strands.map(\.project))
        #expect(back.map(\.billing) == strands.map(\.billing))
        #expect(back.map(\.isHeadless) == strands.map(\.isHeadless))
        #expect(back.map(\.isEcho) == strands.map(\.isEcho))
        #expect(back.map(\.calls) == strands.map(\.calls))
        #expect(back.map(\.toolCalls) == strands.map(\.toolCalls))
        #expect(back.map(\.arrivals) == strands.map(\.arrivals))
        #expect(page.callCount == strands.reduce(0) { $0 + $1.calls.count })
    }

    private static let whole: EncodedPage = {
        var records = RandomRecords(seed: 5)
        let strand = Reading.Strand.sample(
            calls: [.sample(1), .sample(2)],
            toolCalls: [.sample(1, of: 1)],
            arrivals: [.sample(1, at: 0, offset: 0)]
        )
        let session = SessionID(agent: .pi, name: "s1")
        return EncodedPage(session: session, strands: [strand] + records.strands(of: session).prefix(1))
    }()

    @Test(arguments: [0x01, 0x40, 0x80, 0xFF] as [UInt8])
    func `no changed byte of a page stops a report`(change: UInt8) {
        for part in [\EncodedPage.calls, \.tools, \.arrivals] {
            for index in PageCodingTests.whole[keyPath: part].indices {
                var page = PageCodingTests.whole
                page[keyPath: part][index] ^= change
                _ = decoded(page)?.strands.map { ($0.calls.map(\.billedUsage), $0.toolCalls, $0.arrivals) }
            }
        }
    }

    @Test func `a page cut at any byte is left out`() {
        for part in [\EncodedPage.calls, \.tools, \.arrivals] {
            for count in PageCodingTests.whole[keyPath: part].indices {
                var page = PageCodingTests.whole
                page[keyPath: part].removeSubrange(count...)
                // Without a byte there are no strands, and so nothing is missing of them.
                #expect(decoded(page) == nil || (count == 0 && part == \EncodedPage.calls), "cut after \(count)")
            }
        }
    }

    @Test func `a damaged page is left out of calls and sessions alike, the others are kept`() throws {
        let store = try Store.inMemory()
        try store.keep([.sample("/logs/a", .sample(session: "s1", calls: [.sample(1), .sample(2), .sample(3)]))])
        try store.keep([.sample("/logs/b", .sample(session: "s2", calls: [.sample(4)]))])
        try store.write { db in
            try db.execute(sql: "UPDATE page SET calls = substr(calls, 1, length(calls) - 3) WHERE session = 's1'")
        }
        var calls: [UInt64] = []
        try store.forEachCall { calls.append($0.call.key.id) }
        var steps: [UInt64] = []
        try store.forEachSession { steps += $0.threads.flatMap(\.steps).map(\.call.key.id) }
        #expect(calls == [4])
        #expect(steps == [4])
    }
}
