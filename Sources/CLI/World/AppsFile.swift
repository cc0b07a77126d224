import Domain
import Foundation
import Gateway
import Reports

/// `apps.json` in the data folder: the clients of the gateway and the hashes of their keys, for the user alone.
struct AppsFile {
    let path: String
    private let folder: String

    init(folder: String) {
        self.folder = folder
        path = folder + "/apps.json"
    }

    /// None where nobody has added any.
    func apps() throws(CommandError) -> Apps {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            guard !FileManager.default.fileExists(atPath: path) else {
                throw .failed("\(path) cannot be read; allow it (chmod u+r)")
            }
            return Apps()
        }
        do {
            return try Apps(json: Array(bytes))
        } catch {
            throw .failed("\(path) \(error); mend it or move it away")
        }
    }

    /// Changes the list while no other suffice does, and writes it as a whole or not at all.
    func change<Outcome>(_ change: (inout Apps) throws(CommandError) -> Outcome) throws(CommandError) -> Outcome {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .failed(
                "\(folder) cannot be made: \(error.localizedDescription); set SUFFICE_DATA to a folder to write"
            )
        }
        let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .failed("\(path).lock cannot be opened: \(AppsFile.trouble)") }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0, errno == EINTR {}
        var apps = try apps()
        let outcome = try change(&apps)
        try write(Array((apps.json.text + "\n").utf8))
        return outcome
    }

    private func write(_ bytes: [UInt8]) throws(CommandError) {
        let unfinished = path + ".unfinished"
        unlink(unfinished)
        let file = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .failed("\(path) cannot be written: \(AppsFile.trouble)") }
        let isWritten = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) } == bytes.count
        guard isWritten, fsync(file) == 0, rename(unfinished, path) == 0 else {
            let trouble = AppsFile.trouble
            close(file)
            unlink(unfinished)
            throw .failed("\(path) cannot be written: \(trouble)")
        }
        close(file)
    }

    private static var trouble: String { String(cString: strerror(errno)) }
}

extension Apps {
    fileprivate var json: JSON { ["schema": 1, "apps": .array(apps.map(\.json))] }
}

extension App {
    fileprivate var json: JSON {
        var json: JSON = [
            "name": .string(name),
            "sha256": .string(keyHash),
            "created": .integer(Int(created.milliseconds)),
            "models": .array(models.map { .string($0) }),
        ]
        if let budget {
            json =
                json + [
                    "budgetNanoUSD": .integer(Int(budget.amount.nanoUSD)), "budgetWindow": .string(budget.window),
                ]
        }
        return json
    }
}
