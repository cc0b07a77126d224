package import Domain
import Foundation
import Synchronization

/// Bodies of requests as clients sent them to the gateway (`[capture] content`), each a file named by its SHA-256.
///
/// The folder is 0700, files are 0600. A conversation's requests repeat one another only in part: each is kept whole,
/// the same one once. Nothing here waits for the disk: a copy may be lost where the machine's power is, and then stands
/// as missing, never as another.
package final class RequestCopies: Sendable {
    private let folder: String
    /// Tells this process's unfinished files apart.
    private let writes = Mutex(0)

    /// Opens the copies in a folder, making it where it is not there yet.
    package init(folder: String) throws(StoreError) {
        self.folder = folder
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
        } catch {
            throw .cannotOpen(path: folder, reason: error.localizedDescription)
        }
    }

    /// Keeps a body, as a whole or not at all; one that is there already stays a full time longer.
    ///
    /// - Returns: its name, which stands as ``Exchange/Intent/content`` in the journal.
    package func keep(_ bytes: [UInt8]) throws(StoreError) -> String {
        let name = contentName(of: bytes)
        try keep(bytes, named: name)
        return name
    }

    /// Keeps a body whose ``contentName(of:)`` is known.
    package func keep(_ bytes: [UInt8], named name: String) throws(StoreError) {
        let path = folder + "/" + name
        if utimes(path, nil) == 0 { return }
        let number = writes.withLock { number in
            number += 1
            return number
        }
        // A kill leaves at most this behind, which goes when its time is up like all others.
        let unfinished = folder + "/unfinished-\(getpid())-\(number)"
        try ContentFile.write(bytes, to: path, through: unfinished, isSynced: false)
    }

    /// A body by its name; nil where it is not there (any more), or is not what was kept.
    package func body(named name: String) -> [UInt8]? {
        guard name.utf8.count == 64, !name.contains("/"),
            let bytes = FileManager.default.contents(atPath: folder + "/" + name).map(Array.init),
            contentName(of: bytes) == name
        else { return nil }
        return bytes
    }

    /// Lets go of what was kept last before then.
    package func remove(keptBefore time: Timestamp) {
        let oldest = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = folder + "/" + name
            guard let kept = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date,
                kept < oldest
            else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
