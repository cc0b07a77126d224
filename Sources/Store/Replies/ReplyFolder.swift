package import Domain
import Foundation

/// The replies of replays, each a file named by the hash of the request it answers, so that none is paid for twice.
///
/// Folders are 0700, files 0600. A reply is there as a whole, and synced, or not at all. While a request is out, a file
/// beside it says what it may cost: where the process is killed then, nobody knows whether the reply was paid, and it
/// counts as paid. One process at a time holds the folder: two that ask the same would pay twice.
package final class ReplyFolder: Sendable {
    private let folder: String
    /// Nil where it is only looked at.
    private let lock: Int32?
    /// What requests may have cost whose replies were lost in runs before this one.
    package let lost: Money

    /// Opens the folder of a study, making it where it is not there yet.
    package init(folder: String) throws(StoreError) {
        self.folder = folder
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .cannotOpen(path: folder, reason: error.localizedDescription)
        }
        lock = try ReplyFolder.hold(folder)
        lost = ReplyFolder.settle(folder)
    }

    /// Opens a study's folder only to look, beside a run that may be under way.
    package init(reading folder: String) {
        self.folder = folder
        lock = nil
        lost = ReplyFolder.names(in: folder).filter { $0.hasSuffix(".lost") }.reduce(.zero) {
            $0 + ReplyFolder.cost(notedAt: folder + "/" + $1)
        }
    }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func cost(notedAt path: String) -> Money {
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        return Money(nanoUSD: Int64(String(decoding: bytes, as: UTF8.self)) ?? 0)
    }

    /// What the replies in the folder have cost, as far as that is noted.
    package var paid: Money {
        let names = Set(Self.names(in: folder))
        return names.reduce(.zero) { sum, name in
            // A note without its reply is of a run that was killed between the two: that reply counts as lost.
            guard name.hasSuffix(".paid"), names.contains(String(name.dropLast(".paid".count))) else { return sum }
            return sum + Self.cost(notedAt: folder + "/" + name)
        }
    }

    deinit { if let lock { close(lock) } }

    /// The lock goes with the process, however that ends.
    private static func hold(_ folder: String) throws(StoreError) -> Int32 {
        let path = folder + "/lock"
        let lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        // A program that is being started holds what its parent has open until it begins: a moment is waited for it.
        for _ in 0..<20 {
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { return lock }
            usleep(25_000)
        }
        close(lock)
        throw .busy(path: folder)
    }

    /// Removes studies of which nothing was written since, with their pages; one that is held stays.
    package static func remove(from replays: String, writtenBefore oldest: Timestamp) throws(StoreError) {
        let manager = FileManager.default
        func written(_ path: String) -> Date {
            let date = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            return date ?? .distantPast
        }
        let limit = Date(timeIntervalSince1970: Double(oldest.milliseconds) / 1000)
        for name in (try? manager.contentsOfDirectory(atPath: replays)) ?? [] where !name.hasSuffix(".html") {
            let folder = replays + "/" + name
            let files = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).map { folder + "/" + $0 }
            guard ([folder] + files).map(written).max() ?? .distantPast < limit else { continue }
            guard let lock = try? hold(folder) else { continue }
            defer { close(lock) }
            do {
                try manager.removeItem(atPath: folder)
                if manager.fileExists(atPath: folder + ".html") { try manager.removeItem(atPath: folder + ".html") }
            } catch {
                throw .failed(path: folder, reason: error.localizedDescription)
            }
        }
    }

    /// Adds up what was out when a run before this one ended.
    private static func settle(_ folder: String) -> Money {
        var lost = Money.zero
        for name in names(in: folder) {
            let path = folder + "/" + name
            let (reply, isOut, isLost) = (
                name.split(separator: ".").first.map(String.init) ?? "", name.hasSuffix(".out"), name.hasSuffix(".lost")
            )
            guard isOut || isLost else { continue }
            // Killed between the reply's file and this one's end: the reply is there, and says what it cost.
            if isOut, FileManager.default.fileExists(atPath: folder + "/" + reply) {
                unlink(path)
                continue
            }
            lost += cost(notedAt: path)
            if isOut { rename(path, folder + "/\(reply).\(getpid()).lost") }
        }
        return lost
    }

    /// Notes that a request goes out which may cost so much.
    package func begin(_ name: String, mayCost cost: Money) throws(StoreError) {
        try write(Array(String(cost.nanoUSD).utf8), to: name + ".out")
    }

    /// Keeps a reply, as a whole or not at all, and what was paid for it.
    package func keep(_ bytes: [UInt8], named name: String, cost: Money? = nil) throws(StoreError) {
        if let cost {
            try write(Array(String(cost.nanoUSD).utf8), to: name + ".paid")
        } else {
            unlink(path(name) + ".paid")
        }
        try write(bytes, to: name)
        unlink(path(name) + ".out")
    }

    /// The request cost nothing.
    package func forget(_ name: String) { unlink(path(name) + ".out") }

    package func reply(named name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path(name)).map(Array.init)
    }

    /// What was paid for a reply; nil where that was not noted.
    package func cost(of name: String) -> Money? {
        FileManager.default.fileExists(atPath: path(name) + ".paid") ? Self.cost(notedAt: path(name) + ".paid") : nil
    }

    var names: [String] { Self.names(in: folder) }

    /// Writes a file of the folder, as a whole or not at all.
    func write(_ bytes: [UInt8], to name: String) throws(StoreError) {
        try ContentFile.write(bytes, to: path(name), through: folder + "/unfinished", isSynced: true)
    }

    func path(_ name: String) -> String { folder + "/" + name }
}
