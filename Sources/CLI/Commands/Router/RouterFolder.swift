import Domain
import Evaluation
import Foundation

/// The folder `router` in the data folder: the installed router, and the record that says what it is.
///
/// The record is written last and names the router's file: whoever reads meanwhile finds the old pair or the new one.
struct RouterFolder {
    static let recordName = "record.json"

    let path: String

    init(dataFolder: String) { path = dataFolder + "/router" }

    /// Nil where no router is installed.
    func record() throws(CommandError) -> RouterRecord? {
        let place = path + "/" + Self.recordName
        guard FileManager.default.fileExists(atPath: place) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: place) else {
            throw .failed("\(place) cannot be read; allow it (chmod u+r)")
        }
        guard let record = try? JSONDecoder().decode(RouterRecord.self, from: bytes) else {
            throw .failed("\(place) is damaged; move it away and train again")
        }
        guard record.schema == 1 else {
            throw .failed(
                "\(place) is of another version of suffice (schema \(record.schema)); use that one, or train again"
            )
        }
        return record
    }

    func router(of record: RouterRecord, with kit: LearningKit) throws(CommandError) -> RouterTraining.Incumbent {
        let place = path + "/" + record.file
        guard !record.file.contains("/"), let bytes = FileManager.default.contents(atPath: place) else {
            throw .failed("\(place) cannot be read; train again: suffice router train --replace FILE…")
        }
        do {
            return try kit.incumbent(Array(bytes))
        } catch {
            throw .failed("\(place): \(error); train again: suffice router train --replace FILE…")
        }
    }

    /// Installs a router as a whole or not at all, while no other suffice does.
    func install(_ router: [UInt8], _ record: RouterRecord) throws(CommandError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .failed(
                "\(path) cannot be made: \(error.localizedDescription); set SUFFICE_DATA to a folder to write"
            )
        }
        let lock = open(path + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .failed("\(path)/.lock cannot be opened: \(String(cString: strerror(errno)))") }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0, errno == EINTR {}
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try write(Data(router), to: record.file)
            try write(try encoder.encode(record), to: Self.recordName)
        } catch {
            throw .failed("\(path) cannot be written: \(error.localizedDescription)")
        }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        where name.hasPrefix("router-") && name != record.file {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }

    func write(_ data: Data, to name: String) throws {
        let place = path + "/" + name
        try data.write(to: URL(fileURLWithPath: place), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place)
    }
}
