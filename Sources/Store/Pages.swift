import Domain
import Foundation
import GRDB

/// One page as it is read back.
struct StoredPage {
    var id: Int64
    var source: Int64
    var session: SessionID
    var strands: [Reading.Strand]
}

/// Which blobs of a page to read.
struct PageParts: OptionSet {
    let rawValue: Int
    static let tools = PageParts(rawValue: 1)
    static let arrivals = PageParts(rawValue: 2)
    static let all: PageParts = [.tools, .arrivals]
}

enum PageFilter {
    case all
    case source(Int64)
    case page(Int64)
    case session(SessionID)
    /// Pages of sessions with a call in the window, a session's pages together.
    case sessions(Window)
}

extension Database {
    /// Hands over the calls of a window's pages that count, one at a time, with the strand they are of (without records).
    ///
    /// Where asked for, with their ids and the names of the tools they called; the entry goes along, as copies cost.
    /// Pages of sessions that are not wanted are not unpacked.
    func forEachCall(
        in window: Window,
        of isWanted: (SessionID) -> Bool,
        settledBy deduplication: Deduplication,
        withTools: Bool,
        withIDs: Bool,
        into entry: inout LedgerEntry,
        strand startStrand: (inout LedgerEntry, Reading.Strand) throws -> Void,
        call body: (inout LedgerEntry, inout Call, Deduplication.Place, _ tools: [String]) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT id, agent, session, calls, \(withTools ? "tools" : "NULL"), form FROM page
                WHERE lastTime >= ? AND firstTime < ? AND callCount > 0 ORDER BY id
                """,
            arguments: window.bounds
        )
        while let row = try rows.next() {
            guard let agent = Agent(rawValue: row[1]), let form = PageForm(rawValue: row[5]) else { continue }
            let page: Int64 = row[0]
            let session = SessionID(agent: agent, name: row[2])
            guard isWanted(session) else { continue }
            let tools = try row.withBytes(at: 4) { $0.map { PageTools($0, form: form) } }
            try row.withBytes(at: 3) { bytes in
                guard let bytes else { return }
                let yielding = deduplication.yielding(of: page)
                var index = 0
                var calls = PageCalls(session: session, bytes)
                _ = try calls.forEach(
                    withIDs: withIDs,
                    strand: { strand, _ in try startStrand(&entry, strand) },
                    call: { call in
                        defer { index += 1 }
                        if yielding?[index] == true { return }
                        let place = Deduplication.Place(page: page, call: index)
                        try body(&entry, &call, place, tools?.names(of: call.key) ?? [])
                    }
                )
            }
        }
    }

    /// Hands over pages one at a time; damaged ones are left out.
    func forEachPage(of filter: PageFilter, parts: PageParts, _ body: (StoredPage) throws -> Void) throws {
        let columns =
            "id, sourceID, agent, session, calls"
            + (parts.contains(.tools) ? ", tools" : ", NULL") + (parts.contains(.arrivals) ? ", arrivals" : ", NULL")
            + ", form"
        let (condition, arguments) = filter.sql
        let rows = try Row.fetchCursor(
            self,
            sql: "SELECT \(columns) FROM page \(condition)",
            arguments: arguments
        )
        while let row = try rows.next() {
            guard let agent = Agent(rawValue: row[2]), let form = PageForm(rawValue: row[7]) else { continue }
            let session = SessionID(agent: agent, name: row[3])
            let decoded = try row.withBytes(at: 4) { calls in
                try row.withBytes(at: 5) { tools in
                    try row.withBytes(at: 6) { arrivals in
                        DecodedPage(
                            session: session,
                            form: form,
                            calls: calls ?? UnsafeRawBufferPointer(start: nil, count: 0),
                            tools: tools,
                            arrivals: arrivals
                        )
                    }
                }
            }
            guard let decoded else { continue }
            try body(StoredPage(id: row[0], source: row[1], session: session, strands: decoded.strands))
        }
    }
}

extension PageFilter {
    fileprivate var sql: (condition: String, arguments: StatementArguments) {
        switch self {
        case .all: ("ORDER BY id", [])
        case .page(let id): ("WHERE id = ?", [id])
        case .source(let id): ("WHERE sourceID = ? ORDER BY id", [id])
        case .session(let session):
            ("WHERE session = ? AND agent = ? ORDER BY id", [session.name, session.agent.rawValue])
        case .sessions(let window):
            (
                """
                WHERE (session, agent) IN
                    (SELECT session, agent FROM page WHERE lastTime >= ? AND firstTime < ? AND callCount > 0)
                ORDER BY session, agent, id
                """,
                window.bounds
            )
        }
    }
}

extension Window {
    var bounds: StatementArguments {
        [from?.milliseconds ?? Int64.min, to?.milliseconds ?? Int64.max]
    }
}

extension Row {
    /// The bytes of a blob where SQLite has them; nil for NULL.
    func withBytes<T>(at index: Int, _ body: (UnsafeRawBufferPointer?) throws -> T) throws -> T {
        try withUnsafeData(atIndex: index) { data in
            guard let data else { return try body(nil) }
            return try data.withUnsafeBytes { try body($0) }
        }
    }
}

extension [UInt8] {
    var databaseBlob: Data { Data(self) }
}
