import Foundation
import Settings
import Synchronization
import TestSupport
import Testing

@Suite struct GeneratedSettingsTests {
    @Test(arguments: 0..<1_000 as Range<UInt64>)
    func `the diff is what was announced, and undo brings back every byte`(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let file = GeneratedSettings(seed: seed)
        let path = try folder.place(file, seed: seed)
        let journal = ChangeJournal(folder: folder.path + "/changes")
        let change = SettingsChange(path: path, form: file.form, edits: file.edits)
        if file.isReadOnly {
            // An edit that changes nothing needs no leave to write.
            if let plan = try? journal.plan([change]) { return #expect(plan[0].changesNothing) }
            #expect(throws: SettingsError.isReadOnly(path: path)) { try journal.plan([change]) }
            #expect(folder.bytes(path) == file.bytes)
            #expect(folder.mode(path) == file.mode)
            #expect(!FileManager.default.fileExists(atPath: journal.folder))
            chmod(path, file.mode | S_IWUSR)
        }
        let plan = try journal.plan([change])
        #expect(folder.bytes(path) == file.bytes, "a plan writes nothing")
        #expect(try patched(file.bytes, by: plan[0].diff) == plan[0].after)
        try journal.apply(plan, as: "r")
        #expect(folder.bytes(path) == plan[0].after)
        try #expect(file.edits.allSatisfy(SettingsText(plan[0].after, form: file.form).holds))
        #expect(try journal.standing(of: "r").allSatisfy { $0.holds.allSatisfy(\.self) })
        if file.isReadOnly, !plan[0].changesNothing {
            // Closed again by its owner, it keeps what we wrote until it is opened.
            chmod(path, file.mode)
            #expect(throws: SettingsError.isReadOnly(path: try resolved(path))) { try journal.undo("r") }
            #expect(folder.bytes(path) == plan[0].after)
            chmod(path, file.mode | S_IWUSR)
        }
        try journal.undo("r")
        #expect(folder.bytes(path) == file.bytes)
        #expect(folder.mode(path) == file.mode | S_IWUSR)
        #expect(folder.strays.isEmpty)
        #expect(try !journal.isApplied("r"))
    }

    @Test(arguments: 0..<1_000 as Range<UInt64>)
    func `undo of a file edited since takes back our keys only`(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let file = GeneratedSettings(seed: seed)
        let path = try folder.place(file, seed: seed)
        chmod(path, file.mode | S_IWUSR)
        let journal = ChangeJournal(folder: folder.path + "/changes")
        try journal.apply(
            try journal.plan([SettingsChange(path: path, form: file.form, edits: file.edits)]),
            as: "r"
        )
        let edited = file.byHand(folder.bytes(path) ?? [])
        try Data(edited).write(to: URL(fileURLWithPath: path))
        try journal.undo("r")
        let left = folder.bytes(path) ?? []
        let meant = file.byHand(file.bytes)
        if left != meant {
            // Where a key was taken away it comes back behind the others; the values and the comments are the same.
            let isRemoval = file.edits.contains { if case .remove = $0 { true } else { false } }
            #expect(
                isRemoval,
                "\(String(decoding: left, as: UTF8.self)) should be \(String(decoding: meant, as: UTF8.self))"
            )
            let (text, other) = try (SettingsText(left, form: file.form), SettingsText(meant, form: file.form))
            #expect(text.value.means(other.value))
            #expect(left.comments == meant.comments)
        }
        #expect(folder.strays.isEmpty)
    }
}

/// Where the bytes are, links followed.
private func resolved(_ path: String) throws -> String {
    let real = try #require(realpath(path, nil))
    defer { free(real) }
    return String(cString: real)
}

extension GeneratedSettings {
    func byHand(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).replacing(handEdit.from, with: handEdit.to).utf8)
    }
}

extension TemporaryFolder {
    /// Writes a file, every third one behind a link.
    func place(_ file: GeneratedSettings, seed: UInt64) throws -> String {
        let isLinked = seed % 3 == 0
        let real = isLinked ? "elsewhere/real" : "home/\(file.name)"
        try write(file.bytes, to: real)
        chmod(path + "/" + real, file.mode)
        guard isLinked else { return "\(path)/home/\(file.name)" }
        try FileManager.default.createDirectory(atPath: path + "/home", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/home/\(file.name)",
            withDestinationPath: "../elsewhere/real"
        )
        return "\(path)/home/\(file.name)"
    }

    func mode(_ path: String) -> mode_t {
        var facts = stat()
        return stat(path, &facts) == 0 ? facts.st_mode & 0o7777 : 0
    }

    func bytes(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { [UInt8]($0) } }

    /// Files that only stand while something is written.
    var strays: [String] {
        (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.contains(".suffice-") || $0.hasSuffix(".unfinished") }
    }
}

extension [UInt8] {
    /// How many comments the generator has put in.
    fileprivate var comments: Int {
        let text = String(decoding: self, as: UTF8.self)
        return ["// so", "/* so */", "# so", "// about", "/* end", "# my", "# of", "# one", "// my"].reduce(0) {
            $0 + text.ranges(of: $1).count
        }
    }
}
