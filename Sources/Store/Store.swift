import Foundation
import GRDB
import Synchronization

/// Everything Suffice remembers, in one SQLite file; the only room that says SQL.
///
/// Safe to use from several tasks and, through SQLite's own locks, from several processes at once.
package final class Store: Sendable {
    let database: DatabaseQueue
    let path: String
    let known = Mutex<Known?>(nil)
    private let settling = Mutex(Settling())

    /// What was worked out about copies, and for which state of the database.
    struct Known {
        var version: Int
        var changes: Int
        var deduplication: Deduplication
    }

    /// The connection that empties the write-ahead log, and whether it is at it.
    private struct Settling {
        var beside: DatabaseQueue?
        var isRunning = false
    }

    /// Opens the store in a folder, making both where they are not there yet (folder 0700, file 0600).
    package convenience init(folder: String) throws(StoreError) {
        let path = folder + "/suffice.sqlite"
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .cannotOpen(path: path, reason: error.localizedDescription)
        }
        let lock = OpeningLock(path: folder + "/suffice.lock")
        makePrivateFile(at: path)
        try self.init(path: path)
        _ = consume lock
    }

    /// A store that lasts as long as the value; for tests and dry runs.
    package static func inMemory() throws(StoreError) -> Store { try Store(path: ":memory:") }

    /// Opens the store in a folder only to look: never waits for another process that writes, and never writes itself.
    ///
    /// Nil where there is none yet. One of an earlier version is brought up to this one first, as any command would.
    package convenience init?(reading folder: String) throws(StoreError) {
        let path = folder + "/suffice.sqlite"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var configuration = Configuration()
        configuration.label = "reading"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -16384") }
        do {
            let database = try DatabaseQueue(path: path, configuration: configuration)
            let migrations = Migrations.all
            let (isNewer, isCurrent) = try database.read {
                (try migrations.hasBeenSuperseded($0), try migrations.hasCompletedMigrations($0))
            }
            if isNewer { throw StoreError.newerVersion(path: path) }
            if !isCurrent { _ = try Store(folder: folder) }
            self.init(database, path: path)
        } catch {
            throw StoreError(anything: error, path: path)
        }
    }

    /// Another connection to the same database, which only looks: what it reads long keeps nobody else waiting.
    ///
    /// Nil where there is none, as for a store in memory.
    package func beside() -> Store? {
        guard path != ":memory:" else { return nil }
        return try? Store(reading: String(path.dropLast("/suffice.sqlite".count)))
    }

    private init(_ database: DatabaseQueue, path: String) {
        self.database = database
        self.path = path
    }

    private init(path: String) throws(StoreError) {
        self.path = path
        var configuration = Configuration()
        configuration.label = "store"
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            // Set before the first table is made; larger pages hold a session's blobs in fewer links.
            try db.execute(sql: "PRAGMA page_size = 16384")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            // What a run has just written, its report reads.
            try db.execute(sql: "PRAGMA cache_size = -16384")
        }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            let migrations = Migrations.all
            let isNewer = try database.read { try migrations.hasBeenSuperseded($0) }
            if isNewer { throw StoreError.newerVersion(path: path) }
            if try database.read({ try !migrations.hasCompletedMigrations($0) }) {
                try migrations.migrate(database)
            }
        } catch {
            throw StoreError(anything: error, path: path)
        }
    }

    /// Runs a transaction, telling SQLite's troubles as ``StoreError``.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try database.write(body)
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try database.read(body)
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    /// Starts to move what was written from the write-ahead log into the database file, beside any reader and writer.
    ///
    /// SQLite does this when the last connection closes; done while logs are read and a report is made, the command need
    /// not wait for the disk, and the log is written from its start again instead of growing. Nobody awaits it: it runs
    /// on a thread of its connection's, and whatever it leaves is moved another time.
    package func settle() {
        guard path != ":memory:" else { return }
        settling.withLock { settling in
            guard !settling.isRunning else { return }
            if settling.beside == nil {
                var configuration = Configuration()
                configuration.label = "settle"
                settling.beside = try? DatabaseQueue(path: path, configuration: configuration)
            }
            settling.isRunning = settling.beside != nil
            settling.beside?.asyncWriteWithoutTransaction { [weak self] db in
                _ = try? db.checkpoint(.passive)
                self?.settling.withLock { $0.isRunning = false }
            }
        }
    }
}
