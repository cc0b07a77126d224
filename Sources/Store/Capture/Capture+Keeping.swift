import GRDB

extension Capture {
    /// Keeps what the logs have gained since they were kept last; one that is gone or cannot be read is left out.
    package func keep(_ logs: [Log]) throws {
        let known = try read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT path, size, modified FROM log ORDER BY id")
            return Dictionary(
                rows.map { ($0[0] as String, Log(path: $0[0], size: $0[1], modified: $0[2])) },
                uniquingKeysWith: { $1 }
            )
        }
        for log in logs {
            if let known = known[log.path], known.size == log.size, known.modified == log.modified { continue }
            guard log.size > 0, let file = LogFileBytes(path: log.path) else { continue }
            let replaced = try write { db in try keep(log, from: file, in: db) }
            if let replaced { try write { db in try removeUnused([replaced], in: db) } }
        }
    }

    /// - Returns: the hash of a last piece that has grown and now goes by another.
    private func keep(_ log: Log, from file: borrowing LogFileBytes, in db: Database) throws -> String? {
        var version = try continued(log, file, in: db) ?? Version(log, in: db)
        let known = version.size
        var replaced: String?
        while version.size < log.size {
            let number = version.size / Int64(pieceSize)
            let start = number * Int64(pieceSize)
            let bytes = file.read(Int(min(Int64(pieceSize), log.size - start)), at: start)
            // A live log may have shrunk: the next look sees that.
            guard start + Int64(bytes.count) > version.size else { break }
            if version.size > start { replaced = try version.hash(ofPiece: number, in: db) }
            try version.setPiece(number, to: keep(bytes), in: db)
            version.size = start + Int64(bytes.count)
        }
        if version.size > 0 {
            try version.update(modified: log.modified, in: db)
        } else {
            try version.delete(in: db)
        }
        return version.size > known ? replaced : nil
    }

    /// The version the file still shows, if it does: it is no shorter, and the last piece is the same.
    private func continued(_ log: Log, _ file: borrowing LogFileBytes, in db: Database) throws -> Version? {
        guard let version = try Version(newestOf: log.path, in: db), version.size <= log.size else { return nil }
        let number = (version.size - 1) / Int64(pieceSize)
        let start = number * Int64(pieceSize)
        let bytes = file.read(Int(version.size - start), at: start)
        return try version.hash(ofPiece: number, in: db) == contentName(of: bytes) ? version : nil
    }

    /// What the index knows of one version of a log.
    struct Version {
        var id: Int64
        var size: Int64

        init(_ log: Log, in db: Database) throws {
            try db.execute(
                sql: "INSERT INTO log (path, size, modified) VALUES (?, 0, ?)",
                arguments: [log.path, log.modified]
            )
            id = db.lastInsertedRowID
            size = 0
        }

        init?(newestOf path: String, in db: Database) throws {
            let sql = "SELECT id, size FROM log WHERE path = ? ORDER BY id DESC LIMIT 1"
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [path]) else { return nil }
            (id, size) = (row[0], row[1])
        }

        func hash(ofPiece number: Int64, in db: Database) throws -> String? {
            try String.fetchOne(
                db,
                sql: "SELECT hash FROM piece WHERE logID = ? AND number = ?",
                arguments: [id, number]
            )
        }

        func setPiece(_ number: Int64, to hash: String, in db: Database) throws {
            try db.execute(
                sql: "INSERT OR REPLACE INTO piece (logID, number, hash) VALUES (?, ?, ?)",
                arguments: [id, number, hash]
            )
        }

        func update(modified: Int64, in db: Database) throws {
            try db.execute(
                sql: "UPDATE log SET size = ?, modified = ? WHERE id = ?",
                arguments: [size, modified, id]
            )
        }

        func delete(in db: Database) throws {
            try db.execute(sql: "DELETE FROM log WHERE id = ?", arguments: [id])
        }
    }
}
