import Domain
import GRDB

/// Which of the records that show the same call counts, over all files, homes and sessions.
///
/// A pure function of what is kept, whatever order it was read in: the record with the most tokens wins; among equals
/// one that is no echo, then the session that ended first (a resumed or forked copy goes on after its original),
/// then the first name. Records of one file are joined: the file was read in two goes. Where the gateway's journal shows
/// the call too, the agent's record keeps its place and the gateway's says what served it.
struct Deduplication {
    /// A call's place among the stored pages.
    struct Place: Hashable, Comparable {
        var page: Int64
        var call: Int

        static func < (a: Place, b: Place) -> Bool { (a.page, a.call) < (b.page, b.call) }
    }

    /// Records that yield to one elsewhere: by page, a flag for each call.
    private var yielding: [Int64: [Bool]] = [:]
    /// Calls whose record was joined from two pages of a file.
    private(set) var joined: [Place: (call: Call, tools: [String])] = [:]
    private var parts: [Place: [Place]] = [:]
    /// By the place of an agent's record, what the gateway knows of the call.
    var served: [Place: ServedCall] = [:]
    /// By the place of an agent's record, that of the exchange it was.
    var exchanges: [Place: Place] = [:]

    /// Which calls of a page yield; nil where none do.
    func yielding(of page: Int64) -> [Bool]? { yielding[page] }

    func yields(_ place: Place) -> Bool { yielding[place.page]?[place.call] ?? false }

    private mutating func giveWay(_ record: Record) { giveWay(record.place, ofCalls: record.pageCalls) }

    mutating func giveWay(_ place: Place, ofCalls count: Int) {
        yielding[place.page, default: Array(repeating: false, count: count)][place.call] = true
    }

    init(_ db: Database) throws {
        let contested = try Deduplication.contestedIDs(db)
        if !contested.isEmpty {
            let records = try Deduplication.records(of: contested, in: db)
            var start = 0
            for index in 1...records.count
            where index == records.count || records[index].identity.id != records[start].identity.id {
                settleDoors(records[start..<index])
                start = index
            }
            try join(db)
        }
        try joinByCounts(db)
        try readServedCalls(db)
    }

    /// Ids that stand in more than one place.
    private static func contestedIDs(_ db: Database) throws -> IDTable {
        let count = try Int.fetchOne(db, sql: "SELECT coalesce(sum(callCount), 0) FROM page") ?? 0
        var seen = IDTable(capacity: count)
        var contested = IDTable(capacity: count / 8)
        let rows = try Row.fetchCursor(db, sql: "SELECT identities FROM page WHERE callCount > 0")
        while let row = try rows.next() {
            try row.withBytes(at: 0) { bytes in
                guard let bytes else { return }
                for index in 0..<bytes.count / CallIdentity.size {
                    let id = CallIdentity.id(at: index, of: bytes)
                    if !seen.insert(id) { contested.insert(id) }
                }
            }
        }
        return contested
    }

    /// Records that share an id with another one: those of an id together, in the order of their places.
    private static func records(of contested: IDTable, in db: Database) throws -> [Record] {
        let ends = try sessionEnds(db)
        let sources = try sourceOrder(db)
        var records: [Record] = []
        records.reserveCapacity(contested.count * 2)
        var groups: [Int] = []
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT id, sourceID, agent, session, identities FROM page WHERE callCount > 0 ORDER BY id"
        )
        while let row = try rows.next() {
            let page: Int64 = row[0]
            try row.withBytes(at: 4) { bytes in
                guard let bytes else { return }
                let count = bytes.count / CallIdentity.size
                var first: Record?
                for index in 0..<count {
                    guard let group = contested.place(of: CallIdentity.id(at: index, of: bytes)) else { continue }
                    groups.append(group)
                    var record =
                        first
                        ?? Record(
                            identity: CallIdentity(at: index, of: bytes),
                            place: Place(page: page, call: index),
                            pageCalls: count,
                            source: sources[row[1]] ?? 0,
                            session: ends[SessionID(agent: Agent(rawValue: row[2]) ?? .claudeCode, name: row[3])]
                                ?? SessionEnd(time: 0, order: 0)
                        )
                    first = record
                    record.identity = CallIdentity(at: index, of: bytes)
                    record.place.call = index
                    records.append(record)
                }
            }
        }
        // A counting sort: it leaves those of an id in their order.
        var starts = Array(repeating: 0, count: contested.places + 1)
        for group in groups { starts[group + 1] += 1 }
        for group in 0..<contested.places { starts[group + 1] += starts[group] }
        var order = Array(repeating: 0, count: records.count)
        for (index, group) in groups.enumerated() {
            order[starts[group]] = index
            starts[group] += 1
        }
        return order.map { records[$0] }
    }

    /// When a session ended, and where it stands among all by name.
    fileprivate struct SessionEnd: Equatable, Comparable {
        var time: Int64
        var order: Int

        static func < (a: SessionEnd, b: SessionEnd) -> Bool { (a.time, a.order) < (b.time, b.order) }
    }

    private static func sessionEnds(_ db: Database) throws -> [SessionID: SessionEnd] {
        var ends: [SessionID: SessionEnd] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT agent, session, max(lastTime) FROM page WHERE callCount > 0
                GROUP BY session, agent ORDER BY session, agent
                """
        )
        while let row = try rows.next() {
            guard let agent = Agent(rawValue: row[0]) else { continue }
            ends[SessionID(agent: agent, name: row[1])] = SessionEnd(time: row[2], order: ends.count)
        }
        return ends
    }

    private static func sourceOrder(_ db: Database) throws -> [Int64: Int] {
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM source ORDER BY path")
        return Dictionary(uniqueKeysWithValues: zip(ids, 0...))
    }

    struct Record {
        var identity: CallIdentity
        var place: Place
        var pageCalls: Int
        /// Where the file stands among all by name, whatever order they were met in.
        var source: Int
        fileprivate var session: SessionEnd

        /// A file that was read in two goes shows a response's later lines on a page of their own.
        fileprivate func isContinued(by other: Record) -> Bool {
            source == other.source && place.page != other.place.page && identity.thread == other.identity.thread
                && identity.flags == other.identity.flags && session == other.session
        }

        fileprivate func outranks(_ other: Record) -> Bool {
            if identity.tokens != other.identity.tokens { return identity.tokens > other.identity.tokens }
            let isEcho = identity.flags.contains(.isEcho)
            if isEcho != other.identity.flags.contains(.isEcho) { return !isEcho }
            if session != other.session { return session < other.session }
            if identity.thread != other.identity.thread { return identity.thread < other.identity.thread }
            return (source, place) < (other.source, other.place)
        }
    }

    /// Settles the records of one response id: those of agents, and then with them those of the gateway.
    private mutating func settleDoors(_ group: ArraySlice<Record>) {
        guard group.contains(where: { $0.identity.flags.contains(.isExchange) }) else {
            _ = settle(group)
            return
        }
        let logged = group.filter { !$0.identity.flags.contains(.isExchange) }
        let calls = logged.isEmpty ? [] : settle(logged[...])
        var exchanges: [Record] = []
        for record in group where record.identity.flags.contains(.isExchange) {
            // A copy of a journal shows the same exchange again.
            if let index = exchanges.firstIndex(where: { $0.identity.thread == record.identity.thread }) {
                let isFirst = (record.source, record.place) < (exchanges[index].source, exchanges[index].place)
                giveWay(isFirst ? exchanges[index] : record)
                if isFirst { exchanges[index] = record }
            } else {
                exchanges.append(record)
            }
        }
        exchanges.sort { $0.identity.thread < $1.identity.thread }
        pair(calls, with: exchanges)
    }

    /// Gives each call of one response id the exchange it was: one that agrees in tokens, or any.
    private mutating func pair(_ calls: [Record], with exchanges: [Record]) {
        var calls = calls
        var left: [Record] = []
        for exchange in exchanges {
            if let index = calls.firstIndex(where: { $0.identity.tokens == exchange.identity.tokens }) {
                self.exchanges[calls.remove(at: index).place] = exchange.place
                giveWay(exchange)
            } else {
                left.append(exchange)
            }
        }
        for (call, exchange) in zip(calls, left) {
            self.exchanges[call.place] = exchange.place
            giveWay(exchange)
        }
    }

    /// Splits agents' records of one response id into calls, by request id where that can be trusted, and answers the
    /// record of each that counts.
    private mutating func settle(_ group: ArraySlice<Record>) -> [Record] {
        let request = group.first?.identity.request
        guard group.contains(where: { $0.identity.request != request }) else {
            return settleCopies(group).map { [$0] } ?? []
        }
        var calls: [[Record]] = []
        for record in group where !record.identity.hasWeakRequest {
            if let index = calls.firstIndex(where: { $0[0].identity.request == record.identity.request }) {
                calls[index].append(record)
            } else {
                calls.append([record])
            }
        }
        // Where any would do, the first by request id takes it: the order of pages must not decide.
        calls.sort { $0[0].identity.request < $1[0].identity.request }
        for record in group where record.identity.hasWeakRequest {
            if calls.isEmpty { calls.append([]) }
            let own = calls.firstIndex { $0.first?.identity.request == record.identity.request } ?? 0
            calls[own].append(record)
        }
        return calls.compactMap { settleCopies($0.sorted { $0.place < $1.place }[...]) }
    }

    /// Settles the records of one call, given in the order of their places.
    private mutating func settleCopies(_ records: ArraySlice<Record>) -> Record? {
        guard let first = records.first, let last = records.last, first.place != last.place else {
            return records.first
        }
        // Most are two, of two files.
        if records.count == 2, !first.isContinued(by: last) {
            let isLast = last.outranks(first)
            giveWay(isLast ? first : last)
            return isLast ? last : first
        }
        var contenders: [Record] = []
        for record in records {
            if let index = contenders.firstIndex(where: { $0.isContinued(by: record) }) {
                contenders[index].identity.tokens = max(contenders[index].identity.tokens, record.identity.tokens)
                parts[contenders[index].place, default: []].append(record.place)
                giveWay(record)
            } else {
                contenders.append(record)
            }
        }
        var best = contenders[0]
        for contender in contenders.dropFirst() where contender.outranks(best) { best = contender }
        for contender in contenders where contender.place != best.place { giveWay(contender) }
        return best
    }

    /// Unpacks the few calls that were read in two goes and puts them together.
    private mutating func join(_ db: Database) throws {
        guard !parts.isEmpty else { return }
        var calls: [Place: (call: Call, tools: [ToolCall])] = [:]
        let wanted = Set(parts.keys).union(parts.values.joined())
        for page in Set(wanted.map(\.page)) {
            try db.forEachPage(of: .page(page), parts: .tools) { page in
                var index = 0
                for strand in page.strands {
                    for call in strand.calls {
                        let place = Place(page: page.id, call: index)
                        index += 1
                        guard wanted.contains(place) else { continue }
                        calls[place] = (call, strand.toolCalls.filter { $0.call == call.key })
                    }
                }
            }
        }
        for (place, rest) in parts {
            guard var whole = calls[place] else { continue }
            for part in rest.sorted() {
                guard let part = calls[part] else { continue }
                whole.call.join(part.call)
                whole.tools += part.tools
            }
            var seen: Set<UInt64> = []
            joined[place] = (whole.call, whole.tools.filter { seen.insert($0.key).inserted }.map(\.name))
        }
    }
}
