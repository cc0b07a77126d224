import Foundation

/// A settings file on disk: read as a whole, and written as a whole or not at all.
struct SettingsFile {
    /// As it was named.
    let path: String
    /// Where the bytes are, links followed.
    let target: String

    /// What is looked at before a file is written, and kept when it is.
    struct State: Hashable {
        /// Nil where there is no file.
        var bytes: [UInt8]?
        var mode: mode_t = 0o644
        var owner: uid_t = 0
        var group: gid_t = 0
    }

    init(_ path: String) throws(SettingsError) {
        self.path = path
        var info = stat()
        guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFLNK else {
            target = path
            return
        }
        guard let resolved = realpath(path, nil) else {
            throw .unreadable(path: path, reason: "it is a link to nothing; mend or remove the link")
        }
        target = String(cString: resolved)
        free(resolved)
    }

    /// The file as it is; an empty state where there is none.
    func state() throws(SettingsError) -> State {
        var info = stat()
        guard stat(target, &info) == 0 else {
            guard errno == ENOENT else { throw .unreadable(path: path, reason: trouble) }
            return State()
        }
        guard info.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, reason: "it is no file") }
        guard let data = FileManager.default.contents(atPath: target) else {
            throw .unreadable(path: path, reason: "allow it (chmod u+r)")
        }
        return State(bytes: [UInt8](data), mode: info.st_mode & 0o7777, owner: info.st_uid, group: info.st_gid)
    }

    /// Whether its mode forbids its owner to write: root could, and must not either.
    func refuseReadOnly(_ state: State) throws(SettingsError) {
        guard state.bytes == nil || state.mode & S_IWUSR != 0 else { throw .isReadOnly(path: path) }
    }

    /// Puts bytes in the place of what stands there, through a file beside it.
    ///
    /// Whoever reads meanwhile sees the one or the other. Mode and owner stay as they were.
    func write(
        _ bytes: [UInt8],
        inPlaceOf state: State,
        beside temporary: String,
        onStep: (WriteStep) throws -> Void
    ) throws {
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw SettingsError.unwritable(path: path, reason: trouble) }
        defer { close(file) }
        try onStep(.temporaryMade)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, min($0.count, 1 << 20)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SettingsError.unwritable(path: path, reason: trouble) }
            rest = rest.dropFirst(count)
            try onStep(.partWritten)
        }
        if state.bytes != nil, geteuid() != state.owner || getegid() != state.group {
            _ = fchown(file, state.owner, state.group)
        }
        let mode = state.bytes == nil ? state.mode & ~SettingsFile.mask : state.mode
        guard fchmod(file, mode) == 0, fsync(file) == 0 else {
            throw SettingsError.unwritable(path: path, reason: trouble)
        }
        try onStep(.temporarySynced)
        guard try self.state().bytes == state.bytes else { throw SettingsError.changedMeanwhile(path: path) }
        guard rename(temporary, target) == 0 else { throw SettingsError.unwritable(path: path, reason: trouble) }
        try onStep(.renamed)
        syncFolder()
        try onStep(.folderSynced)
    }

    func remove() throws(SettingsError) {
        guard unlink(target) == 0 || errno == ENOENT else { throw .unwritable(path: path, reason: trouble) }
        syncFolder()
    }

    /// Makes the folders over it; gives back those that were not there, the outermost first.
    func makeFolders() throws(SettingsError) -> [String] {
        var made: [String] = []
        for folder in missingFolders {
            guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
                throw .unwritable(path: path, reason: trouble)
            }
            made.append(folder)
        }
        return made
    }

    /// The folders over it that are not there, the outermost first.
    var missingFolders: [String] {
        var folders: [String] = []
        var folder = target.folder
        var info = stat()
        while !folder.isEmpty, folder != "/", stat(folder, &info) != 0 {
            folders.insert(folder, at: 0)
            folder = folder.folder
        }
        return folders
    }

    private func syncFolder() {
        let folder = open(target.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private var trouble: String { String(cString: strerror(errno)) }

    private static var mask: mode_t {
        let mask = umask(0o022)
        umask(mask)
        return mask
    }
}

extension String {
    /// The path of the folder that something lies in.
    var folder: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}

/// A point at which a change of files may be cut off.
package enum WriteStep: Hashable, Sendable {
    case recordWritten
    case foldersMade
    case temporaryMade
    case partWritten
    case temporarySynced
    case renamed
    case folderSynced
    case removed
    case recordClosed
}
