import GRDB

/// Why the store cannot be used, and what to do about it.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    case newerVersion(path: String)
    case notADatabase(path: String)
    case cannotOpen(path: String, reason: String)
    case diskFull(path: String)
    case busy(path: String)
    case failed(path: String, reason: String)

    package var description: String {
        switch self {
        case .newerVersion(let path):
            "\(path) was written by a newer suffice; update suffice, or set SUFFICE_DATA to another folder"
        case .notADatabase(let path):
            "\(path) is no suffice database; move it away and run again: the logs are read anew"
        case .cannotOpen(let path, let reason):
            "\(path) cannot be opened (\(reason)); set SUFFICE_DATA to a folder that can be written"
        case .diskFull(let path):
            "no room left on the disk of \(path); free some and run again: nothing that was kept is lost"
        case .busy(let path):
            "\(path) is held by another suffice that does not finish; try again when it is done"
        case .failed(let path, let reason):
            "\(path): \(reason)"
        }
    }

    /// What opening the database may throw.
    init(anything error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        default: self = .failed(path: path, reason: "\(error)")
        }
    }

    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notADatabase(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            self = .cannotOpen(path: path, reason: error.message ?? "\(error.resultCode)")
        case .SQLITE_FULL: self = .diskFull(path: path)
        case .SQLITE_IOERR:
            self = .failed(path: path, reason: "cannot be written (disk I/O error); check the disk and its limits")
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        default: self = .failed(path: path, reason: error.message ?? "\(error.resultCode)")
        }
    }
}
