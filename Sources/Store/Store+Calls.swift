package import Domain
import GRDB
import Synchronization

extension Store {
    /// Hands over every call of a window once, in no particular order, without holding them all in memory; only of the
    /// sessions that are wanted, by their id and their project's folder.
    ///
    /// Only `withTools` looks up ``LedgerEntry/tools``, which doubles what is read; who only adds up can do without ids,
    /// which makes every ``Call/id`` empty.
    package func forEachCall(
        in window: Window = .everything,
        of isWanted: (SessionID, String) -> Bool = { _, _ in true },
        withTools: Bool = false,
        withIDs: Bool = true,
        _ body: (borrowing LedgerEntry) throws -> Void
    ) throws {
        try read { db in
            let deduplication = try deduplication(in: db)
            let projects = try Store.projects(db)
            let subagents = try Store.subagentTypes(db)
            var entry = LedgerEntry(
                session: SessionID(agent: .claudeCode, name: ""),
                thread: .main,
                project: "",
                billing: .unknown,
                isHeadless: false
            )
            try db.forEachCall(
                in: window,
                of: { isWanted($0, projects[$0] ?? "") },
                settledBy: deduplication,
                withTools: withTools,
                withIDs: withIDs,
                into: &entry,
                strand: { entry, strand in
                    entry.session = strand.session
                    entry.thread = strand.thread
                    entry.agentType =
                        strand.thread.kind == .subagent
                        ? strand.agentType ?? subagents[Thread(session: strand.session, name: strand.thread.name)] : nil
                    entry.project = projects[strand.session] ?? ""
                    entry.billing = strand.billing
                    entry.isHeadless = strand.isHeadless
                },
                call: { entry, call, place, tools in
                    let joined = deduplication.joined.isEmpty ? nil : deduplication.joined[place]
                    if let joined { entry.call = joined.call } else { swap(&entry.call, &call) }
                    guard window.contains(entry.call.time) else { return }
                    entry.tools = withTools ? joined?.tools ?? tools : []
                    guard !deduplication.served.isEmpty, let served = deduplication.served[place] else {
                        return try body(entry)
                    }
                    served.correct(&entry.call)
                    let billing = entry.billing
                    if billing == .unknown { entry.billing = served.billing }
                    try body(entry)
                    entry.billing = billing
                }
            )
        }
    }

    /// Works out which records show the same call, for which the first look at calls would wait.
    package func settleCopies() throws { _ = try read { try deduplication(in: $0) } }

    /// The time of the newest call, whatever the window; nil for an empty store.
    package func newestCall() throws -> Timestamp? {
        try read { db in
            try Int64.fetchOne(db, sql: "SELECT max(lastTime) FROM page WHERE callCount > 0")
                .map(Timestamp.init(milliseconds:))
        }
    }

    /// A word that changes whenever what the store holds may have, by this connection or another one.
    package func state() throws -> String {
        let (version, changes) = try read { try Store.state(in: $0) }
        return "\(version)-\(changes)"
    }

    private static func state(in db: Database) throws -> (version: Int, changes: Int) {
        (try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0, db.totalChangesCount)
    }

    /// A session's folder: the one it began in.
    ///
    /// Calls of one session carry the folder they ran in; a session that changes folders is still one project's.
    private static func projects(_ db: Database) throws -> [SessionID: String] {
        var projects: [SessionID: String] = [:]
        let rows = try Row.fetchCursor(
            db,
            // The last row of a session stays: its first page, of the agent's own log where there is one.
            sql: """
                SELECT page.agent, session, project FROM page JOIN source ON source.id = sourceID
                WHERE project <> '' ORDER BY source.agent <> 'gateway', firstTime DESC, page.id DESC
                """
        )
        while let row = try rows.next() {
            guard let agent = Agent(rawValue: row[0]) else { continue }
            projects[SessionID(agent: agent, name: row[1])] = row[2]
        }
        return projects
    }

    private struct Thread: Hashable {
        var session: SessionID
        var name: String
    }

    private static func subagentTypes(_ db: Database) throws -> [Thread: String] {
        var types: [Thread: String] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT agent, session, thread, type FROM subagent")
        while let row = try rows.next() {
            guard let agent = Agent(rawValue: row[0]) else { continue }
            types[Thread(session: SessionID(agent: agent, name: row[1]), name: row[2])] = row[3]
        }
        return types
    }

    /// Which records count, worked out anew when another connection or this one has written since.
    func deduplication(in db: Database) throws -> Deduplication {
        let (version, changes) = try Store.state(in: db)
        if let known = known.withLock({ $0 }), known.version == version, known.changes == changes {
            return known.deduplication
        }
        let deduplication = try Deduplication(db)
        known.withLock { $0 = Known(version: version, changes: changes, deduplication: deduplication) }
        return deduplication
    }
}
