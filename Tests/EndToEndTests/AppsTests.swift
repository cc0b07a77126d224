import Foundation
import TestSupport
import Testing

@Suite struct AppsTests {
    private func json(_ answer: Answer) throws -> [[String: Any]] {
        let json = try #require(JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        #expect(json["schema"] as? Int == 1)
        return try #require(json["apps"] as? [[String: Any]])
    }

    @Test func `a key is shown once, and only its hash is kept`() async throws {
        let user = try User()
        let added = try await user.suffice(
            "apps",
            "add",
            "ci",
            "--models",
            "claude-*",
            "gpt-6-luna",
            "--budget",
            "5",
            "--format",
            "json"
        )
        #expect(added.status == 0)
        let app = try #require(try json(added).first)
        let key = try #require(app["key"] as? String)
        #expect(key.hasPrefix("sk-suffice-") && key.count == 75)
        #expect(app["models"] as? [String] == ["claude-*", "gpt-6-luna"])
        #expect(app["budgetUSD"] as? Double == 5 && app["window"] as? String == "day")
        let file = try String(contentsOfFile: user.data + "/apps.json", encoding: .utf8)
        #expect(!file.contains(key) && !file.contains(key.dropFirst(11)))
        let mode = try FileManager.default.attributesOfItem(atPath: user.data + "/apps.json")[.posixPermissions]
        #expect(mode as? Int == 0o600)

        let listed = try await user.suffice("apps", "list", "--format", "json")
        let row = try #require(try json(listed).first)
        #expect(row["name"] as? String == "ci" && row["key"] == nil && row["lastUsed"] is NSNull)
        for format in ["table", "csv", "markdown"] {
            let answer = try await user.suffice("apps", "--format", format)
            #expect(answer.status == 0 && answer.output.contains("ci") && !answer.output.contains("sk-suffice"))
        }
    }

    @Test func `a name is taken once, and an unknown one is answered with those there are`() async throws {
        let user = try User()
        #expect(try await user.suffice("apps", "add", "ci").status == 0)
        #expect(try await user.suffice("apps", "add", "cd").status == 0)
        let again = try await user.suffice("apps", "add", "ci")
        #expect(again.status == 2 && again.trouble.contains("suffice apps remove ci"))
        let unknown = try await user.suffice("apps", "remove", "cx")
        #expect(unknown.status == 2 && unknown.trouble.contains("no app is called 'cx'; there are cd, ci"))
        let removed = try await user.suffice("apps", "remove", "ci")
        #expect(removed.status == 0 && removed.output.contains("app 'ci' removed"))
        #expect(try json(try await user.suffice("apps", "--format", "json")).count == 1)
    }

    @Test(arguments: [["add", "a b"], ["add", ""], ["add", "a", "--window", "day"], ["add", "a", "--budget", "-1"]])
    func `what cannot be is refused and changes nothing`(arguments: [String]) async throws {
        let user = try User()
        #expect(try await user.run(["apps"] + arguments).status == 2)
        #expect(!FileManager.default.fileExists(atPath: user.data + "/apps.json"))
    }

    @Test func `apps added at once are all kept`() async throws {
        let user = try User()
        try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 0..<8 { group.addTask { try await user.suffice("apps", "add", "a\(number)").status } }
            for try await status in group { #expect(status == 0) }
        }
        #expect(try json(try await user.suffice("apps", "--format", "json")).count == 8)
    }

    @Test func `a list that cannot be read is left as it is`() async throws {
        let user = try User()
        try user.folder.write("{\"schema\":1,\"apps\":[", to: "data/apps.json")
        let answer = try await user.suffice("apps", "add", "ci")
        #expect(answer.status == 1 && answer.trouble.contains("mend it or move it away"))
        #expect(try String(contentsOfFile: user.data + "/apps.json", encoding: .utf8) == "{\"schema\":1,\"apps\":[")
    }
}
