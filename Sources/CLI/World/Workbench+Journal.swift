import Domain
import Foundation
import Journal
import Store

extension Workbench {
    /// Where the gateway's journal is.
    var journalFolder: String { world.dataFolder + "/gateway" }

    /// Lets go of journal files that were kept for so many days and stand in the database to the last byte.
    func removeOldJournalFiles(keptFor days: Int, on today: Day) throws {
        let manager = FileManager.default
        var sizes: [String: Int64] = [:]
        for name in (try? manager.contentsOfDirectory(atPath: journalFolder)) ?? [] {
            let facts = try? manager.attributesOfItem(atPath: journalFolder + "/" + name)
            if let size = facts?[.size] as? Int { sizes[name] = Int64(size) }
        }
        var read: [String: Int64] = [:]
        for checkpoint in try telling({ try store.checkpoints() }) where checkpoint.agent == .gateway {
            guard checkpoint.path.hasPrefix(journalFolder + "/") else { continue }
            read[String(checkpoint.path.dropFirst(journalFolder.count + 1))] = checkpoint.offset
        }
        for name in JournalFiles.removable(sizes, read: read, on: today, keptFor: days) {
            try? manager.removeItem(atPath: journalFolder + "/" + name)
        }
    }
}
