internal import Domain
internal import GRDB
internal import JSONText

/// Reads OpenCode's database: queries only, on a connection that cannot write.
struct OpenCodeDatabaseExtractor: DatabaseExtractor {
    private var messages = OpenCodeMessages()
    /// The newest moment a kept message was made or completed.
    private var newest: Int64 = 0
    /// Messages kept within the last seconds before it, so that they are not kept twice.
    private var recent: [UInt64: Int64] = [:]

    /// Two processes may commit out of order; no transaction of OpenCode's takes longer.
    private static let overlap: Int64 = 60_000

    init(resuming bytes: [UInt8]) {
        var state = ResumeStateReader(bytes)
        guard state.integer() == 1 else { return }
        newest = Int64(state.integer())
        var left = state.integer()
        while left > 0, !state.isBroken {
            left -= 1
            let id = state.number()
            recent[id] = Int64(state.integer())
        }
        if state.isBroken { (newest, recent) = (0, [:]) }
    }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        scanner.skipValue()
        return "is a database"
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) {
        var state = ResumeStateWriter()
        state.write(1)
        state.write(Int(newest))
        let kept = recent.filter { $0.value >= newest - OpenCodeDatabaseExtractor.overlap }
        state.write(kept.count)
        for (id, time) in kept.sorted(by: { $0.key < $1.key }) {
            state.write(id)
            state.write(Int(time))
        }
        return (messages.strands.take(), state.bytes)
    }

    mutating func read(databaseAt path: String) throws -> [SkippedLine] {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(2)
        configuration.label = "OpenCode"
        let database = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? database.close() }
        var next = self
        let skipped = try database.read { db in try next.read(db) }
        self = next
        return skipped
    }

    private mutating func read(_ db: Database) throws -> [SkippedLine] {
        guard try db.tableExists("message") else { return [] }
        let sessions = try sessions(in: db)
        let hasParts = try db.tableExists("part")
        let columns = Set(try db.columns(in: "message").map(\.name))
        guard columns.isSuperset(of: ["id", "session_id", "data"]) else {
            return [SkippedLine(line: 0, reason: "messages are laid out in a way that is not known")]
        }
        let since = newest > 0 ? newest - OpenCodeDatabaseExtractor.overlap : .min
        // Whatever changes a message moves this time, so older rows hold nothing new.
        let bound = columns.contains("time_updated") ? "time_updated >= ?" : "? IS NOT NULL"
        let order = columns.contains("time_created") ? "time_created, id" : "rowid"
        var skipped: [SkippedLine] = []
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT rowid AS place, id, session_id, data FROM message WHERE \(bound) ORDER BY \(order)",
            arguments: [since]
        )
        while let row = try rows.next() {
            let id = row["id"] as String? ?? ""
            let data = row["data"] as String? ?? ""
            let parts = hasParts ? try self.parts(of: id, in: db) : []
            let reason = keep(
                data,
                parts: parts,
                id: id,
                sessionID: row["session_id"] as String? ?? "",
                sessions: sessions,
                at: row["place"] as Int64? ?? 0,
                since: since
            )
            if let reason { skipped.append(SkippedLine(line: 0, reason: "message \(id): \(reason)")) }
        }
        newest = max(newest, recent.values.max() ?? 0)
        return skipped
    }

    private mutating func keep(
        _ data: String,
        parts: [String],
        id: String,
        sessionID: String,
        sessions: [String: OpenCodeSession],
        at place: Int64,
        since: Int64
    ) -> String? {
        // The texts point into these bytes, so everything is read before they go.
        let all = [data, "\"\(id)\"", "\"\(sessionID)\""] + parts
        let bytes = all.flatMap { Array($0.utf8) }
        return bytes.withUnsafeBytes { buffer in
            var start = 0
            let pieces = all.map { text in
                defer { start += text.utf8.count }
                return UnsafeRawBufferPointer(rebasing: buffer[start..<start + text.utf8.count])
            }
            var scanner = JSONScanner(pieces[0], layout: .document)
            var message = scanner.openCodeMessage()
            guard !scanner.isBroken else { return "no JSON" }
            var hasRefusedTime = scanner.hasRefusedValue
            var names = (id: JSONScanner(pieces[1]), session: JSONScanner(pieces[2]))
            message.id = names.id.text()
            message.session = names.session.text()
            guard isNew(message, id: id, since: since) else { return nil }
            // What an open response's parts hold comes with the complete one.
            let read = pieces.dropFirst(message.isOpen ? pieces.count : 3).map { piece in
                var scanner = JSONScanner(piece, layout: .document)
                let part = scanner.openCodePart()
                hasRefusedTime = hasRefusedTime || scanner.hasRefusedValue
                return scanner.isBroken ? OpenCodePart() : part
            }
            let reason = messages.keep(
                message,
                parts: read,
                in: sessions[sessionID] ?? OpenCodeSession(root: sessionID),
                at: LogPosition(offset: place, length: data.utf8.count)
            )
            return reason ?? (hasRefusedTime ? JSONScanner.refusedTime : nil)
        }
    }

    /// Whether a message is worth keeping and was not kept before.
    private mutating func isNew(_ message: OpenCodeMessage, id: String, since: Int64) -> Bool {
        // Kept for its tokens, in case it never gets complete; the same key joins it to what it becomes.
        if message.isOpen { return message.tokens?.isEmpty == false }
        let isUser = message.role?.is("user") == true
        let moment = (isUser ? message.created : message.completed ?? message.created) ?? 0
        let hash = stableHash(id)
        guard moment >= since, recent[hash] == nil else { return false }
        recent[hash] = moment
        return true
    }

    /// Sessions by id, each with the one at the top of its tree.
    private func sessions(in db: Database) throws -> [String: OpenCodeSession] {
        guard try db.tableExists("session") else { return [:] }
        let columns = Set(try db.columns(in: "session").map(\.name))
        let wanted = ["parent_id", "directory", "time_created"].map { columns.contains($0) ? $0 : "NULL AS \($0)" }
        var parents: [String: String] = [:]
        var sessions: [String: OpenCodeSession] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, \(wanted.joined(separator: ", ")) FROM session")
        while let row = try rows.next() {
            let id = row["id"] as String? ?? ""
            var session = OpenCodeSession(root: id)
            session.folder = row["directory"] as String? ?? ""
            session.created = (row["time_created"] as Int64?).flatMap(JSONScanner.plausible)
            sessions[id] = session
            if let parent = row["parent_id"] as String?, !parent.isEmpty { parents[id] = parent }
        }
        for id in parents.keys {
            var root = id
            var steps = 0
            // A database in disorder may go in a circle.
            while let parent = parents[root], steps < 100 { (root, steps) = (parent, steps + 1) }
            sessions[id]?.root = root
            sessions[id]?.isSubagent = true
        }
        return sessions
    }

    private func parts(of message: String, in db: Database) throws -> [String] {
        try String?.fetchAll(
            db.cachedStatement(sql: "SELECT data FROM part WHERE message_id = ? ORDER BY id"),
            arguments: [message]
        )
        .compactMap { $0 }
    }
}
