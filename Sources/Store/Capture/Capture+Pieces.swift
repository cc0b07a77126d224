import Foundation

extension Capture {
    func path(ofPiece hash: String) -> String { folder + "/pieces/" + hash }

    /// Writes a piece, whole or not at all, unless it is there already.
    ///
    /// - Returns: its hash.
    func keep(_ bytes: [UInt8]) throws(StoreError) -> String {
        let hash = contentName(of: bytes)
        let path = path(ofPiece: hash)
        if access(path, F_OK) == 0 { return hash }
        // One writer at a time holds the index: what lies here is what a killed one left.
        try ContentFile.write(bytes, to: path, through: folder + "/unfinished", isSynced: true)
        return hash
    }
}

/// Files that are there as a whole or not at all, for the user alone.
enum ContentFile {
    /// Writes a file by way of an unfinished one, which must be no other writer's at the time.
    ///
    /// Only a synced one is there after the machine lost its power.
    static func write(
        _ bytes: [UInt8],
        to path: String,
        through unfinished: String,
        isSynced: Bool
    ) throws(StoreError) {
        let file = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw trouble(at: path) }
        let isWritten = write(bytes, to: file) && (!isSynced || fsync(file) == 0)
        let trouble = trouble(at: path)
        guard close(file) == 0, isWritten, rename(unfinished, path) == 0 else {
            unlink(unfinished)
            throw trouble
        }
    }

    private static func write(_ bytes: [UInt8], to file: CInt) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    private static func trouble(at path: String) -> StoreError {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case let code: .failed(path: path, reason: String(cString: strerror(code)))
        }
    }
}

/// A log that is open for copying.
struct LogFileBytes: ~Copyable {
    private let file: CInt

    /// Nil where it cannot be read: it may be gone since it was found.
    init?(path: String) {
        file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if file < 0 { return nil }
    }

    deinit { close(file) }

    /// As many bytes as there are, up to so many.
    func read(_ count: Int, at offset: Int64) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = pread(file, base + filled, count - filled, off_t(offset) + off_t(filled))
                if got < 0, errno == EINTR { continue }
                if got <= 0 { break }
                filled += got
            }
        }
    }
}
