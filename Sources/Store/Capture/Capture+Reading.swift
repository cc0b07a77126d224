package import Domain
import Foundation
import GRDB

extension Capture {
    /// What a log held at a place, in every kept version that reaches there, the newest first.
    ///
    /// More than one only where the log was rewritten: who looks for a call takes the copy that holds it.
    package func copies(of path: String, at offset: Int64, count: Int) throws -> [[UInt8]] {
        guard offset >= 0, count > 0 else { return [] }
        let (first, last) = (offset / Int64(pieceSize), (offset + Int64(count) - 1) / Int64(pieceSize))
        let versions = try read { db in
            try Int64.fetchAll(
                db,
                sql: "SELECT id FROM log WHERE path = ? AND size >= ? ORDER BY id DESC",
                arguments: [path, offset + Int64(count)]
            ).map { id in
                try String.fetchAll(
                    db,
                    sql: "SELECT hash FROM piece WHERE logID = ? AND number BETWEEN ? AND ? ORDER BY number",
                    arguments: [id, first, last]
                )
            }
        }
        return versions.compactMap { hashes in
            let pieces = hashes.compactMap { FileManager.default.contents(atPath: self.path(ofPiece: $0)) }
            let start = Int(offset - first * Int64(pieceSize))
            let bytes = pieces.joined().dropFirst(start).prefix(count)
            return pieces.count == hashes.count && bytes.count == count ? Array(bytes) : nil
        }
    }

    /// Forgets logs that were last written before then, and whatever no log is made of.
    package func remove(writtenBefore time: Timestamp) throws {
        let isAnythingOld = try read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT * FROM log WHERE modified < ?)",
                arguments: [time.nanoseconds]
            )
        }
        guard isAnythingOld == true else { return }
        try write { db in
            try db.execute(sql: "DELETE FROM log WHERE modified < ?", arguments: [time.nanoseconds])
        }
        try write { db in
            try removeUnused(FileManager.default.contentsOfDirectory(atPath: folder + "/pieces"), in: db)
        }
    }

    /// Takes away those of the pieces that no log is made of any more.
    ///
    /// While the index is locked nobody begins to use one.
    func removeUnused(_ hashes: [String], in db: Database) throws {
        for hash in hashes {
            let isUsed = try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT * FROM piece WHERE hash = ?)",
                arguments: [hash]
            )
            if isUsed != true { try? FileManager.default.removeItem(atPath: path(ofPiece: hash)) }
        }
    }
}
