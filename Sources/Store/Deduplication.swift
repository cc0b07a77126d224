import Domain
import GRDB

/// Which of the records that show the same call counts, over all files, homes and sessions.
///
/// A pure function of what is kept, whatever order it was read in: the record with the most tokens wins; among equals
/// one that is no echo, then the session that ended first (a resumed or forked copy goes on after its original),
/// then the first name. Records of one file are joined: the file was read in two goes.
struct Deduplication {
    /// A call's place among the stored pages.
    struct Place: Hashable {
        var page: Int64
        var call: Int
    }

    /// Records that yield to one elsewhere, with whether that one is in another session.
    private(set) var yielding: Set<Place> = []
    /// Calls whose record was joined from two pages of a file.
    private(set) var joined: [Place: Call] = [:]

    static let none = Deduplication()

    private init() {}

    init(_ db: Database) throws {
        let contested = try Deduplication.contestedIDs(db)
        guard !contested.isEmpty else { return }
        let lastTimes = try Deduplication.lastTimes(db)
        var records: [UInt64: [Record]] = [:]
        records.reserveCapacity(contested.count)
        try db.forEachPage(of: .all, parts: []) { page in
            var index = 0
            for strand in page.strands {
                for call in strand.calls {
                    if contested.contains(call.key.id) {
                        records[call.key.id, default: []].append(
                            Record(
                                place: Place(page: page.id, call: index),
                                source: page.source,
                                session: page.session,
                                sessionEnd: lastTimes[page.session] ?? 0,
                                thread: strand.thread,
                                isEcho: strand.isEcho,
                                call: call
                            )
                        )
                    }
                    index += 1
                }
            }
        }
        for group in records.values { settle(group) }
    }

    /// Ids that stand in more than one place.
    private static func contestedIDs(_ db: Database) throws -> Set<UInt64> {
        let count = try Int.fetchOne(db, sql: "SELECT coalesce(sum(callCount), 0) FROM page") ?? 0
        var seen = IDTable(capacity: count)
        var contested: Set<UInt64> = []
        let rows = try Row.fetchCursor(db, sql: "SELECT keys FROM page WHERE callCount > 0")
        while let row = try rows.next() {
            try row.withBytes(at: 0) { bytes in
                guard let bytes else { return }
                for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                    let id = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                    if !seen.insert(id) { contested.insert(id) }
                }
            }
        }
        return contested
    }

    private static func lastTimes(_ db: Database) throws -> [SessionID: Int64] {
        var times: [SessionID: Int64] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT agent, session, max(lastTime) FROM page WHERE callCount > 0 GROUP BY session, agent"
        )
        while let row = try rows.next() {
            guard let agent = Agent(rawValue: row[0]) else { continue }
            times[SessionID(agent: agent, name: row[1])] = row[2]
        }
        return times
    }

    private struct Record {
        var place: Place
        var source: Int64
        var session: SessionID
        var sessionEnd: Int64
        var thread: ThreadID
        var isEcho: Bool
        var call: Call

        /// Whether a differing request id may only mean that the log lost or changed it.
        var hasWeakRequest: Bool { call.key.request == 0 || isEcho || thread.kind != .main }

        /// A file that was read in two goes shows a response's later lines on a page of their own.
        func isContinued(by other: Record) -> Bool {
            source == other.source && place.page != other.place.page && isEcho == other.isEcho
                && thread == other.thread && session == other.session
        }

        func outranks(_ other: Record) -> Bool {
            let (tokens, otherTokens) = (call.billedUsage.totalTokens, other.call.billedUsage.totalTokens)
            if tokens != otherTokens { return tokens > otherTokens }
            if isEcho != other.isEcho { return other.isEcho }
            if sessionEnd != other.sessionEnd { return sessionEnd < other.sessionEnd }
            if session != other.session { return session < other.session }
            if thread != other.thread { return thread < other.thread }
            return (source, place.page, place.call) < (other.source, other.place.page, other.place.call)
        }
    }

    /// Splits the records of one response id into calls, by request id where that can be trusted.
    private mutating func settle(_ group: [Record]) {
        guard group.count > 1 else { return }
        var clusters: [UInt32: [Record]] = [:]
        for record in group where !record.hasWeakRequest {
            clusters[record.call.key.request, default: []].append(record)
        }
        var ordered = clusters.sorted { $0.key < $1.key }.map(\.value)
        if ordered.isEmpty { ordered = [[]] }
        for record in group where record.hasWeakRequest {
            let own = ordered.firstIndex { $0.first?.call.key.request == record.call.key.request } ?? 0
            ordered[own].append(record)
        }
        for cluster in ordered { settleCopies(cluster) }
    }

    private mutating func settleCopies(_ cluster: [Record]) {
        var contenders: [Record] = []
        for record in cluster.sorted(by: { ($0.place.page, $0.place.call) < ($1.place.page, $1.place.call) }) {
            if let index = contenders.firstIndex(where: { $0.isContinued(by: record) }) {
                contenders[index].call.join(record.call)
                joined[contenders[index].place] = contenders[index].call
                yielding.insert(record.place)
            } else {
                contenders.append(record)
            }
        }
        guard var best = contenders.first else { return }
        for contender in contenders.dropFirst() where contender.outranks(best) { best = contender }
        for contender in contenders where contender.place != best.place { yielding.insert(contender.place) }
    }
}

/// A set of hashes in eight bytes each: a million calls take sixteen megabytes.
private struct IDTable {
    private var slots: [UInt64]
    private let mask: Int
    private var hasZero = false

    init(capacity: Int) {
        var size = 1024
        while size < capacity + capacity / 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        mask = size - 1
    }

    /// False where the hash is there already.
    mutating func insert(_ id: UInt64) -> Bool {
        guard id != 0 else {
            defer { hasZero = true }
            return !hasZero
        }
        var index = Int(truncatingIfNeeded: id) & mask
        while slots[index] != 0 {
            if slots[index] == id { return false }
            index = (index + 1) & mask
        }
        slots[index] = id
        return true
    }
}
