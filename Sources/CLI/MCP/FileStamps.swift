import Foundation

/// What files were when they were looked at: whether they have changed is told without reading them.
struct FileStamps: Equatable {
    fileprivate struct Stamp: Equatable {
        var inode: UInt64
        var size: Int64
        var modified: Int
        var nanoseconds: Int
    }

    private var stamps: [String: Stamp] = [:]

    /// - Parameters:
    ///   - paths: files that may not be there, and folders, of which every file in them counts.
    ///   - living: files that others write all the time: only their being replaced counts.
    init(of paths: [String], living: [String]) {
        for path in paths {
            guard let status = FileStamps.status(of: path) else { continue }
            stamps[path] = Stamp(status)
            guard status.st_mode & S_IFMT == S_IFDIR else { continue }
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
                stamps[path + "/" + name] = FileStamps.status(of: path + "/" + name).map { Stamp($0) }
            }
        }
        for path in living {
            guard let status = FileStamps.status(of: path) else { continue }
            stamps[path] = Stamp(inode: UInt64(status.st_ino), size: 0, modified: 0, nanoseconds: 0)
        }
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}

extension FileStamps.Stamp {
    fileprivate init(_ status: stat) {
        #if os(macOS)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        self.init(
            inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            modified: modified.tv_sec,
            nanoseconds: modified.tv_nsec
        )
    }
}
