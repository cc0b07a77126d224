package import Domain

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The log files there are, and what stood in the way of finding others.
package struct Discovery: Sendable {
    package var files: [LogFile] = []
    /// Folders that exist, by agent.
    package var roots: [(agent: Agent, path: String)] = []
    /// A path and why it could not be looked into or read.
    package var troubles: [(agent: Agent, path: String, reason: String)] = []

    /// Looks through the roots of the sources, following links to folders once.
    package init(sources: [any LogSource], in places: Places) {
        for source in sources {
            var seen: Set<Folder> = []
            for root in source.roots(in: places) { walk(root, "", root: root, source: source, seen: &seen) }
        }
    }

    /// Looks through one folder, or at one file, as a log of one agent.
    package init(source: any LogSource, at path: String) {
        var seen: Set<Folder> = []
        guard let status = status(of: path) else {
            troubles.append((source.agent, path, String(cString: strerror(errno))))
            return
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            walk(path, "", root: path, source: source, seen: &seen)
        } else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let layout = source.layout(of: name, under: path) ?? .lines
            files.append(LogFile(agent: source.agent, path: path, relativePath: name, layout: layout, status: status))
        }
    }

    private struct Folder: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private mutating func walk(
        _ folder: String,
        _ relative: String,
        root: String,
        source: any LogSource,
        seen: inout Set<Folder>
    ) {
        guard let directory = opendir(folder) else {
            // A root that is not there is an agent that is not used.
            if errno != ENOENT && errno != ENOTDIR {
                troubles.append((source.agent, folder, String(cString: strerror(errno))))
            }
            return
        }
        defer { closedir(directory) }
        var own = stat()
        guard fstat(dirfd(directory), &own) == 0,
            seen.insert(Folder(device: UInt64(own.st_dev), inode: UInt64(own.st_ino))).inserted
        else { return }
        if relative.isEmpty { roots.append((source.agent, root)) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let path = folder + "/" + name
            let below = relative.isEmpty ? name : relative + "/" + name
            let type = entry.pointee.d_type
            if type == UInt8(DT_DIR) {
                note(folderAt: path, below, root: root, source: source)
                walk(path, below, root: root, source: source, seen: &seen)
                continue
            }
            guard type == UInt8(DT_REG) || type == UInt8(DT_LNK) || type == UInt8(DT_UNKNOWN) else { continue }
            let layout = source.layout(of: below, under: root)
            if layout == nil, type == UInt8(DT_REG) { continue }
            var status = stat()
            guard fstatat(dirfd(directory), name, &status, 0) == 0 else {
                if layout != nil { troubles.append((source.agent, path, String(cString: strerror(errno)))) }
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                note(folderAt: path, below, root: root, source: source)
                walk(path, below, root: root, source: source, seen: &seen)
            case S_IFREG:
                guard let layout else { continue }
                var file = LogFile(
                    agent: source.agent,
                    path: path,
                    relativePath: below,
                    layout: layout,
                    status: status
                )
                if layout == .database { file.addWriteAheadLog() }
                files.append(file)
            default: continue
            }
        }
    }

    private mutating func note(folderAt path: String, _ below: String, root: String, source: any LogSource) {
        guard source.layout(of: below, under: root) != nil else { return }
        troubles.append((source.agent, path, "is a folder where a log file was expected"))
    }
}

extension LogFile {
    /// What was written to a database last may still stand in the file beside it.
    fileprivate mutating func addWriteAheadLog() {
        var status = stat()
        guard stat(path + "-wal", &status) == 0 else { return }
        let log = LogFile(agent: agent, path: path, relativePath: relativePath, layout: layout, status: status)
        size &+= log.size
        modified = max(modified, log.modified)
    }

    fileprivate init(agent: Agent, path: String, relativePath: String, layout: LogLayout, status: stat) {
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        self.init(
            agent: agent,
            path: path,
            relativePath: relativePath,
            layout: layout,
            size: Int64(status.st_size),
            modified: Int64(modified.tv_sec) &* 1_000_000_000 &+ Int64(modified.tv_nsec),
            inode: UInt64(status.st_ino)
        )
    }
}
