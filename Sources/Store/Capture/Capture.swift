import Foundation
import GRDB

/// Copies of logs that their agent deletes, so that what a call said can still be read.
///
/// A log is kept in pieces of a megabyte, each a file named by the hash of its bytes: growth costs the last piece and
/// what is new, and sessions that share a beginning share its pieces. Which pieces make up which log stands in an
/// index; a log's growth is in it as a whole or not at all. Folders are 0700, files 0600.
package final class Capture: Sendable {
    /// A log as far as it has been read.
    package struct Log: Sendable {
        package var path: String
        package var size: Int64
        /// Nanoseconds since 1970.
        package var modified: Int64

        package init(path: String, size: Int64, modified: Int64) {
            self.path = path
            self.size = size
            self.modified = modified
        }
    }

    let folder: String
    let index: DatabaseQueue
    /// Bytes of a piece; the last one of a log holds what is left.
    let pieceSize: Int

    private static let version = 1

    /// Opens the copies in a folder, making it where it is not there yet.
    package init(folder: String, pieceSize: Int = 1 << 20) throws(StoreError) {
        self.folder = folder
        self.pieceSize = pieceSize
        let path = folder + "/index.sqlite"
        do {
            try FileManager.default.createDirectory(
                atPath: folder + "/pieces",
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .cannotOpen(path: path, reason: error.localizedDescription)
        }
        // Made if it is not there, and never emptied: another suffice may make it at the same time.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        close(file)
        let lock = OpeningLock(path: folder + "/index.lock")
        makePrivateFile(at: path)
        do {
            index = try DatabaseQueue(path: path, configuration: Capture.configuration)
            try index.write { db in
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                if version > Capture.version { throw StoreError.newerVersion(path: path) }
                if version == 0 { try Capture.createTables(db) }
            }
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .failed(path: path, reason: "\(error)")
        }
        _ = consume lock
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "capture"
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        return configuration
    }

    /// A log that was rewritten has a row for each version, the newest last.
    private static func createTables(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE log (
                    id INTEGER PRIMARY KEY,
                    path TEXT NOT NULL,
                    size INTEGER NOT NULL,
                    modified INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX logByPath ON log (path);
                CREATE TABLE piece (
                    logID INTEGER NOT NULL REFERENCES log (id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,
                    hash TEXT NOT NULL,
                    PRIMARY KEY (logID, number)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX pieceByHash ON piece (hash);
                PRAGMA user_version = 1;
                """
        )
    }

    func write<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try index.write(body)
        } catch let error as DatabaseError {
            throw StoreError(error, path: index.path)
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try index.read(body)
        } catch let error as DatabaseError {
            throw StoreError(error, path: index.path)
        }
    }
}
