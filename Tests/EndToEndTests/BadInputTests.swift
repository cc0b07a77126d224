import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct BadInputTests {
    @Test(arguments: [
        (["spend", "--frobnicate"], "--frobnicate"), (["spend", "--by", "colour"], "colour"),
        (["spend", "--agent", "emacs"], "emacs"), (["spend", "--timezone", "Mars/Olympus"], "Mars/Olympus"),
        (["spend", "--since", "soon"], "soon"), (["spend", "--since", "2026-11-02T10:00:00"], "no time"),
        (["spend", "--format", "xml"], "xml"), (["spendd"], "spendd"),
        (["spend", "--since", "2026-08-05", "--until", "2026-08-01"], "--until"),
        (["optimize", "--finding", "laziness"], "laziness"), (["optimize", "--explain", "laziness"], "laziness"),
        (["sessions", "no-such-id"], "no-such-id"), (["prices", "show", "nobody-1"], "nobody-1"),
        (["prices", "nobody-1"], "nobody-1"),
        (["ingest", "/nowhere"], "/nowhere"),
    ])
    func `what was mistyped is named`(arguments: [String], name: String) async throws {
        let answer = try await User().run(arguments)
        #expect(answer.status == 2)
        #expect(answer.trouble.contains(name))
        #expect(answer.output.isEmpty)
    }

    @Test(arguments: [
        ("[billing]\nclaude-code = \"cash\"\n", ":2", "billing.claude-code"), ("[capture\n", ":1", "']'"),
        ("[capture]\n\ncontent = \"yes\"\n", ":3", "capture.content"),
        ("[thresholds.model-downgrade]\ninput_tokens = -1\n", ":2", "thresholds.model-downgrade.input_tokens"),
        ("[[price]]\nmodel = \"x\"\n", "", "price"),
    ])
    func `a wrong configuration is named with its line and key`(text: String, line: String, key: String) async throws {
        let user = try User()
        try user.folder.write(text, to: "home/.config/suffice/suffice.toml")
        let answer = try await user.suffice("spend")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("/.config/suffice/suffice.toml\(line)"))
        #expect(answer.trouble.contains(key))
        #expect(answer.output.isEmpty)
    }

    @Test func `an unknown key is told and ignored`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        try user.folder.write("[biling]\ncodex = \"api\"\n", to: "home/.config/suffice/suffice.toml")
        let answer = try await user.suffice("spend", "--format", "json")
        #expect(answer.status == 0)
        #expect(answer.trouble.contains("unknown key 'biling'"))
        #expect(try answer.spend.totals.calls == 1)
    }

    @Test func `a variable that makes no sense is named`() async throws {
        let answer = try await User().suffice("spend", environment: ["SUFFICE_FORMAT": "xml"])
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("SUFFICE_FORMAT"))
    }

    @Test func `a file that is no database is left alone, with advice`() async throws {
        let user = try User()
        try user.folder.write(String(repeating: "junk ", count: 2000), to: "data/suffice.sqlite")
        let answer = try await user.suffice("spend")
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("suffice.sqlite is no suffice database; move it away"))
        #expect(try String(contentsOfFile: user.database, encoding: .utf8).hasPrefix("junk"))
    }

    @Test func `a database of a newer version is refused`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        _ = try await user.totals()
        try await DatabaseQueue(path: user.database)
            .write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999 from the future')") }
        let answer = try await user.suffice("spend")
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("newer suffice"))
        #expect(answer.trouble.contains("SUFFICE_DATA"))
    }

    @Test func `a data folder that cannot be is named`() async throws {
        let user = try User()
        try user.folder.write("a file", to: "file")
        let answer = try await user.suffice("spend", environment: ["SUFFICE_DATA": user.folder.path + "/file/data"])
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("set SUFFICE_DATA to a folder that can be written"))
    }

    @Test func `where nobody said where to keep it, it answers all the same and keeps nothing`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        for folder in [".local", "Library"] { try user.folder.write("a file", to: "home/" + folder) }
        let answer = try await user.suffice("spend", "--format", "json", environment: ["SUFFICE_DATA": ""])
        #expect(answer.status == 0)
        #expect(try answer.spend.totals.calls == 1)
        #expect(answer.trouble.contains("nothing is kept"))
    }

    @Test(.enabled("nothing is read-only for root") { geteuid() != 0 })
    func `a read-only data folder is named`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        try FileManager.default.createDirectory(atPath: user.data, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: user.data)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: user.data) }
        let answer = try await user.suffice("spend")
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("set SUFFICE_DATA to a folder that can be written"))
    }

    @Test func `lines that cannot be read are counted and named, and the rest is kept`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1"), "{\"type\":\"assistant\",\"mess\n", ClaudeLine.reply("2")])
        let answer = try await user.suffice("spend", "--format", "json")
        #expect(answer.status == 0)
        #expect(try answer.spend.totals.calls == 2)
        #expect(try answer.spend.skippedLines == 1)
        let doctor = try await user.suffice("doctor")
        #expect(doctor.output.contains(/s1\.jsonl +2 +no JSON record/))
    }
}
