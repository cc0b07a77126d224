import Domain
import Foundation
import Ingestion

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

    /// The same where the files are, in this version of suffice and the next process of it.
    var fingerprint: String {
        let lines = stamps.sorted { $0.key < $1.key }.map { path, stamp in
            "\(path) \(stamp.inode) \(stamp.size) \(stamp.modified).\(stamp.nanoseconds)"
        }
        return ([Suffice.version] + lines).joined(separator: "\n")
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}

extension FileStamps {
    /// All that answers rest on besides what the database holds.
    init(_ world: World) {
        let folders = [
            world["SUFFICE_CONFIG"].map(world.absolute), world.workingFolder, world.places.configHome + "/suffice",
        ]
        let data = world.dataFolder
        self.init(
            of: folders.compactMap { $0.map { $0 + "/suffice.toml" } }
                + [data + "/router", data + "/apps.json", data + "/price-updates.txt"],
            living: [data + "/suffice.sqlite"]
        )
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
