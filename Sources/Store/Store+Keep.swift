package import Domain
import GRDB

extension Store {
    /// Keeps what looks at log files brought, together with how far they were read: all of it or nothing.
    ///
    /// Keeping the same update twice changes nothing that a report shows.
    package func keep(_ updates: [PackedUpdate]) throws {
        try write { db in
            for update in updates { try db.keep(update) }
        }
    }

    package func keep(_ updates: [SourceUpdate]) throws { try keep(updates.map { PackedUpdate($0) }) }

    /// How far each log file has been read.
    package func checkpoints() throws -> [Checkpoint] {
        try read { db in
            var checkpoints: [Checkpoint] = []
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT agent, path, size, modified, inode, "offset", lines, tailHash, extractorVersion, state
                    FROM source
                    """
            )
            while let row = try rows.next() {
                guard let agent = Agent(rawValue: row[0]) else { continue }
                checkpoints.append(
                    Checkpoint(
                        agent: agent,
                        path: row[1],
                        size: row[2],
                        modified: row[3],
                        inode: UInt64(bitPattern: row[4]),
                        offset: row[5],
                        lines: row[6],
                        tailHash: UInt64(bitPattern: row[7]),
                        extractorVersion: row[8],
                        state: try row.withBytes(at: 9) { $0.map(Array.init) ?? [] }
                    )
                )
            }
            return checkpoints
        }
    }

    /// The parts of logs that could not be read, by file and line.
    package func skippedLines() throws -> [(file: String, line: SkippedLine)] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT path, line, reason FROM skippedLine JOIN source ON source.id = sourceID
                    ORDER BY path, line
                    """
            ).map { ($0[0], SkippedLine(line: $0[1], reason: $0[2])) }
        }
    }
}

extension Database {
    fileprivate func keep(_ update: PackedUpdate) throws {
        let known = try source(at: update.checkpoint.path)
        // Another suffice has read on meanwhile: its records are kept, and the next look goes on from there.
        if let previous = update.previous, let known, !known.stands(at: previous) { return }
        let source = try keep(update.checkpoint, as: known?.id)
        if known != nil {
            try makeRoom(for: update, of: source)
        }
        for page in update.pages { try keep(page, of: source) }
        for subagent in update.subagents { try keep(subagent) }
        for exchange in update.exchanges { try keep(exchange) }
        for line in update.skipped {
            try cachedStatement(sql: "INSERT OR REPLACE INTO skippedLine (sourceID, line, reason) VALUES (?, ?, ?)")
                .execute(arguments: [source, line.line, line.reason])
        }
    }

    private struct KnownSource {
        var id: Int64
        var size: Int64
        var modified: Int64
        var offset: Int64

        func stands(at checkpoint: Checkpoint) -> Bool {
            size == checkpoint.size && modified == checkpoint.modified && offset == checkpoint.offset
        }
    }

    private func source(at path: String) throws -> KnownSource? {
        let statement = try cachedStatement(sql: "SELECT id, size, modified, \"offset\" FROM source WHERE path = ?")
        return try Row.fetchOne(statement, arguments: [path]).map { row in
            KnownSource(id: row[0], size: row[1], modified: row[2], offset: row[3])
        }
    }

    /// Removes what an update of a known file puts in other words.
    private func makeRoom(for update: PackedUpdate, of source: Int64) throws {
        switch update.continuity {
        case .appends:
            try deleteSkippedLines(of: source, after: update.checkpoint.lines - update.linesRead)
        case .replaces:
            try cachedStatement(sql: "DELETE FROM page WHERE sourceID = ? AND NOT isLeftover")
                .execute(arguments: [source])
            try deleteSkippedLines(of: source, after: -1)
        case .supersedes:
            try keepOnlyWhatIsMissing(in: update.keys, of: source)
            try deleteSkippedLines(of: source, after: -1)
        }
    }

    /// Remembers what kind of subagent a thread is: another file may hold its calls.
    private func keep(_ subagent: PackedUpdate.Subagent) throws {
        try cachedStatement(
            sql: "INSERT OR REPLACE INTO subagent (agent, session, thread, type) VALUES (?, ?, ?, ?)"
        ).execute(
            arguments: [subagent.session.agent.rawValue, subagent.session.name, subagent.thread, subagent.type]
        )
    }

    private func deleteSkippedLines(of source: Int64, after line: Int) throws {
        try cachedStatement(sql: "DELETE FROM skippedLine WHERE sourceID = ? AND (line > ? OR line = 0)")
            .execute(arguments: [source, line])
    }

    /// Writes the checkpoint, over the row of a known file, and answers the row.
    ///
    /// An update, not a replacement: replacing the row would take its pages along.
    private func keep(_ checkpoint: Checkpoint, as id: Int64?) throws -> Int64 {
        let values: StatementArguments = [
            checkpoint.agent.rawValue, checkpoint.path, checkpoint.size, checkpoint.modified,
            Int64(bitPattern: checkpoint.inode), checkpoint.offset, checkpoint.lines,
            Int64(bitPattern: checkpoint.tailHash), checkpoint.extractorVersion, checkpoint.state.databaseBlob,
        ]
        guard let id else {
            try cachedStatement(
                sql: """
                    INSERT INTO source
                        (agent, path, size, modified, inode, "offset", lines, tailHash, extractorVersion, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: values)
            return lastInsertedRowID
        }
        try cachedStatement(
            sql: """
                UPDATE source SET
                    agent = ?, path = ?, size = ?, modified = ?, inode = ?, "offset" = ?, lines = ?, tailHash = ?,
                    extractorVersion = ?, state = ?
                WHERE id = ?
                """
        ).execute(arguments: values + [id])
        return id
    }

    /// Keeps a page; a leftover outlives the file's bytes and a newer extractor.
    private func keep(_ page: EncodedPage, of source: Int64, isLeftover: Bool = false) throws {
        try cachedStatement(
            sql: """
                INSERT INTO page (
                    sourceID, agent, session, project, firstTime, lastTime, callCount, isLeftover,
                    identities, calls, tools, arrivals, form
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                source, page.session.agent.rawValue, page.session.name, page.project, page.firstTime, page.lastTime,
                page.callCount, isLeftover, page.identities.databaseBlob, page.calls.databaseBlob,
                page.tools.databaseBlob, page.arrivals.databaseBlob, PageForm.current.rawValue,
            ]
        )
    }

    /// A file was rewritten: calls it no longer shows were still made, and stay; the others come anew.
    private func keepOnlyWhatIsMissing(in present: Set<CallKey>, of source: Int64) throws {
        var leftover: [EncodedPage] = []
        try forEachPage(of: .source(source), parts: .all) { page in
            var strands = page.strands
            for index in strands.indices {
                strands[index].calls.removeAll { present.contains($0.key) }
                let left = Set(strands[index].calls.map(\.key))
                strands[index].toolCalls.removeAll { !left.contains($0.call) }
                strands[index].arrivals = []
            }
            strands.removeAll(where: \.calls.isEmpty)
            if !strands.isEmpty { leftover.append(EncodedPage(session: page.session, strands: strands)) }
        }
        try cachedStatement(sql: "DELETE FROM page WHERE sourceID = ?").execute(arguments: [source])
        for page in leftover { try keep(page, of: source, isLeftover: true) }
    }
}
