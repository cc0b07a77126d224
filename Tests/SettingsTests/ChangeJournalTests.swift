import Foundation
import Settings
import Synchronization
import TestSupport
import Testing

@Suite struct ChangeJournalTests {
    private struct Killed: Error {}

    private let model = SettingsEdit.set(path: ["model"], value: "haiku")

    /// Throws at one step and counts those before.
    private final class Knife: Sendable {
        let steps = Mutex(0)
        let at: Int

        init(at: Int) { self.at = at }

        func cut(_ step: WriteStep) throws {
            let now = steps.withLock { steps in
                steps += 1
                return steps
            }
            if now == at { throw Killed() }
        }
    }

    private func changes(in folder: TemporaryFolder) -> [SettingsChange] {
        [
            SettingsChange(path: folder.path + "/a/settings.json", form: .json, edits: [model]),
            SettingsChange(path: folder.path + "/new/deep/config.toml", form: .toml, edits: [model]),
            SettingsChange(
                path: folder.path + "/a/CLAUDE.md",
                form: .instructions,
                edits: [.block(name: "x", text: "y")]
            ),
        ]
    }

    private func furnished() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("{\"a\": 1} // mine\n", to: "a/settings.json")
        try folder.write("Mine.\n", to: "a/CLAUDE.md")
        return folder
    }

    private func expectUntouched(_ folder: TemporaryFolder) {
        #expect(folder.bytes(folder.path + "/a/settings.json") == Array("{\"a\": 1} // mine\n".utf8))
        #expect(folder.bytes(folder.path + "/a/CLAUDE.md") == Array("Mine.\n".utf8))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
        #expect(folder.strays.isEmpty)
    }

    @Test(arguments: 1...40)
    func `cut off at any step of applying, the next start finds everything as it was`(step: Int) throws {
        let folder = try furnished()
        let knife = Knife(at: step)
        let journal = ChangeJournal(folder: folder.path + "/changes") { try knife.cut($0) }
        let later = ChangeJournal(folder: folder.path + "/changes")
        do {
            try journal.apply(try journal.plan(changes(in: folder)), as: "r")
            #expect(knife.steps.withLock { $0 } < step, "there are no more steps to cut at")
            try later.undo("r")
        } catch is Killed {
            // Every file is either as it was or as announced at any moment, never in between.
            let plan = Array("{\"a\": 1, \"model\": \"haiku\"} // mine\n".utf8)
            let now = folder.bytes(folder.path + "/a/settings.json")
            #expect(now == plan || now == Array("{\"a\": 1} // mine\n".utf8))
            let recovered = try later.recover()
            if recovered.isEmpty { try later.undo("r") }
            #expect(recovered.allSatisfy { $0.trouble == nil })
        }
        expectUntouched(folder)
        #expect(try later.recover().isEmpty)
    }

    @Test(arguments: 1...20)
    func `cut off at any step of undoing, the next start finishes it`(step: Int) throws {
        let folder = try furnished()
        let later = ChangeJournal(folder: folder.path + "/changes")
        try later.apply(try later.plan(changes(in: folder)), as: "r")
        let knife = Knife(at: step)
        let journal = ChangeJournal(folder: folder.path + "/changes") { try knife.cut($0) }
        do {
            try journal.undo("r")
        } catch is Killed {
            try later.recover()
        }
        expectUntouched(folder)
    }

    @Test func `a file that cannot be parsed stops the whole change before anything is written`() throws {
        let folder = try furnished()
        try folder.write("{\n  oops", to: "a/settings.json")
        let journal = ChangeJournal(folder: folder.path + "/changes")
        let error = #expect(throws: SettingsError.self) { try journal.plan(changes(in: folder)) }
        #expect(error?.description.contains("a/settings.json:2:3: a name in quotes is missing") == true)
    }

    @Test func `a read-only file is refused with what to do`() throws {
        let folder = try furnished()
        let path = folder.path + "/a/settings.json"
        chmod(path, 0o444)
        let journal = ChangeJournal(folder: folder.path + "/changes")
        #expect(throws: SettingsError.isReadOnly(path: path)) { try journal.plan(changes(in: folder)) }
    }

    @Test func `a file written between look and change is not overwritten`() throws {
        let folder = try furnished()
        let journal = ChangeJournal(folder: folder.path + "/changes")
        let plan = try journal.plan(changes(in: folder))
        try folder.write("{\"a\": 2}\n", to: "a/settings.json")
        #expect(throws: SettingsError.changedMeanwhile(path: folder.path + "/a/settings.json")) {
            try journal.apply(plan, as: "r")
        }
        #expect(folder.bytes(folder.path + "/a/settings.json") == Array("{\"a\": 2}\n".utf8))
        #expect(try !journal.isApplied("r"))
    }

    @Test func `mode and link stay, the record is for its owner alone`() throws {
        let folder = try furnished()
        let path = folder.path + "/a/settings.json"
        chmod(path, 0o640)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link.json",
            withDestinationPath: "a/settings.json"
        )
        let journal = ChangeJournal(folder: folder.path + "/changes")
        let change = SettingsChange(path: folder.path + "/link.json", form: .json, edits: [model])
        try journal.apply(try journal.plan([change]), as: "r")
        #expect(mode(path) == 0o640)
        #expect(mode(folder.path + "/changes/r.json") == 0o600)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/link.json") == "a/settings.json"
        )
    }

    private func mode(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]) as? Int ?? 0
    }

    @Test func `a key that somebody changed by hand is left alone`() throws {
        let folder = try furnished()
        let path = folder.path + "/a/settings.json"
        let journal = ChangeJournal(folder: folder.path + "/changes")
        let change = SettingsChange(
            path: path,
            form: .json,
            edits: [model, .set(path: ["env", "X"], value: "1")]
        )
        try journal.apply(try journal.plan([change]), as: "r")
        try folder.write("{\"a\": 1, \"model\": \"sonnet\", \"env\": {\"X\": \"1\"}}", to: "a/settings.json")
        #expect(try journal.standing(of: "r").map(\.holds) == [[false, true]])
        #expect(try journal.undo("r").map(\.outcome) == [.keysReverted(1, leftAsEdited: 1)])
        #expect(folder.bytes(path) == Array("{\"a\": 1, \"model\": \"sonnet\"}".utf8))
    }

    @Test func `an undo that cannot be done leaves the rule as it is, and a later one does it`() throws {
        let folder = try furnished()
        let path = folder.path + "/a/settings.json"
        let journal = ChangeJournal(folder: folder.path + "/changes")
        let change = SettingsChange(path: path, form: .json, edits: [model])
        try journal.apply(try journal.plan([change]), as: "r")
        try folder.write("{\"model\": \"haiku\"", to: "a/settings.json")
        #expect(throws: SettingsError.self) { try journal.undo("r") }
        #expect(try journal.isApplied("r"))
        #expect(try journal.recover().isEmpty)
        try folder.write("{\"model\": \"haiku\"}", to: "a/settings.json")
        try journal.undo("r")
        #expect(folder.bytes(path) == Array("{}".utf8))
    }

    @Test func `a key that was in use goes back to how it was spelled`() throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"model\": \"op\\u0075s\", \"b\": 1}", to: "s.json")
        let journal = ChangeJournal(folder: folder.path + "/changes")
        let change = SettingsChange(path: folder.path + "/s.json", form: .json, edits: [model])
        try journal.apply(try journal.plan([change]), as: "r")
        try folder.write("{\"model\": \"haiku\", \"b\": 2}", to: "s.json")
        try journal.undo("r")
        #expect(folder.bytes(folder.path + "/s.json") == Array("{\"model\": \"op\\u0075s\", \"b\": 2}".utf8))
    }

    @Test func `a link to nothing is refused`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/s.json"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "gone")
        #expect(throws: SettingsError.self) {
            try ChangeJournal(folder: folder.path + "/changes").plan([
                SettingsChange(path: path, form: .json, edits: [model])
            ])
        }
    }
}
