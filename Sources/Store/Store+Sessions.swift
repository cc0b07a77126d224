package import Domain
import GRDB

extension Store {
    /// Hands over the sessions with a call in the window, one at a time, in the order of their ids.
    ///
    /// Calls outside the window, and copies of another session's calls, are there as context
    /// (``SessionThread/Step/isContext``).
    package func forEachSession(in window: Window = .everything, _ body: (Session) throws -> Void) throws {
        try read { db in
            let deduplication = try deduplication(in: db)
            let files = try Store.files(db)
            var pages: [StoredPage] = []
            func finish() throws {
                guard !pages.isEmpty else { return }
                let session = Session(pages: pages, deduplication: deduplication, files: files, window: window)
                pages = []
                if session.threads.contains(where: { $0.steps.contains { !$0.isContext } }) { try body(session) }
            }
            try db.forEachPage(of: .sessions(window), parts: .all) { page in
                if let current = pages.first?.session, current != page.session { try finish() }
                pages.append(page)
            }
            try finish()
        }
    }

    /// One session, with every call it shows; nil where there is none of that id.
    package func session(_ id: SessionID) throws -> Session? {
        try read { db in
            var pages: [StoredPage] = []
            try db.forEachPage(of: .session(id), parts: .all) { pages.append($0) }
            guard !pages.isEmpty else { return nil }
            return Session(
                pages: pages,
                deduplication: try deduplication(in: db),
                files: try Store.files(db),
                window: .everything
            )
        }
    }

    /// The sessions whose id begins so.
    package func sessions(matching prefix: String) throws -> [SessionID] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT DISTINCT agent, session FROM page WHERE substr(session, 1, ?) = ? ORDER BY session",
                arguments: [prefix.unicodeScalars.count, prefix]
            ).compactMap { row in Agent(rawValue: row[0]).map { SessionID(agent: $0, name: row[1]) } }
        }
    }

    private static func files(_ db: Database) throws -> [Int64: String] {
        var files: [Int64: String] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, path FROM source")
        while let row = try rows.next() { files[row[0]] = row[1] }
        return files
    }
}
