import Foundation
import TestSupport
import Testing

@Suite struct RulesTests {
    /// A user with a project of ten small sessions on a frontier model.
    private struct Project {
        let user: User
        let folder: String
        let settings: String

        init(sessions: Int = 10) throws {
            user = try User()
            folder = user.folder.path + "/home/app"
            settings = folder + "/.claude/settings.local.json"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for index in 0..<sessions { try log("s\(index)", model: "claude-opus-4-8", day: 1 + index) }
        }

        func log(_ session: String, model: String, day: Int, month: String = "10") throws {
            let time = "2026-\(month)-\(day < 10 ? "0" : "")\(day)T10:00:0"
            try user.log(
                [
                    ClaudeLine.prompt("What is \(session)?", session: session, at: time + "0.000Z", project: folder),
                    ClaudeLine.reply(session, session: session, at: time + "1.000Z", model: model, project: folder),
                ],
                as: session
            )
        }

        func write(_ text: String) throws { try user.folder.write(text, to: "home/app/.claude/settings.local.json") }

        var text: String? { try? String(contentsOfFile: settings, encoding: .utf8) }

        /// With no limit to how little a finding may save.
        func rules(_ arguments: String...) async throws -> Answer {
            try await user.run(["rules"] + arguments, environment: Project.environment)
        }

        static let environment = ["SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_USD": "0"]

        func finding() async throws -> String {
            let answer = try await rules("list", "--format", "json")
            let list = try JSONDecoder().decode(List.self, from: Data(answer.output.utf8))
            return try #require(list.proposals?.first { $0.kind == "model-downgrade" }?.finding, "\(answer.output)")
        }
    }

    private struct List: Decodable {
        struct Proposal: Decodable {
            var finding: String
            var kind: String
        }
        struct Rule: Decodable {
            var id: String
            var status: String
            var action: String
        }
        struct Event: Decodable {
            var event: String
        }
        var proposals: [Proposal]?
        var rules: [Rule]
        var events: [Event]?
    }

    private struct Change: Decodable {
        struct File: Decodable {
            var path: String
            var diff: String
            var outcome: String
        }
        struct Rule: Decodable {
            struct Forecast: Decodable {
                var savingUSD: Double
                var sessions: Int
                var unflaggedSessions: Int
                var flaggedShare: Double
            }
            var id: String
            var action: String
            var target: String?
            var forecast: Forecast
        }
        var event: String
        var rule: Rule
        var files: [File]
    }

    private func change(_ answer: Answer) throws -> Change {
        try JSONDecoder().decode(Change.self, from: Data(answer.output.utf8))
    }

    private func list(_ answer: Answer) throws -> List {
        try JSONDecoder().decode(List.self, from: Data(answer.output.utf8))
    }

    @Test func `a rule is shown, applied as shown, and taken back to the byte`() async throws {
        let project = try Project()
        let before = "{\r\n  // mine\r\n  \"permissions\": {\"allow\": [\"Bash(ls)\"]},\r\n}\r\n"
        try project.write(before)
        let finding = try await project.finding()
        let shown = try change(try await project.rules("show", finding, "--format", "json"))
        #expect(shown.event == "proposed")
        #expect(shown.rule.action == "model")
        #expect(shown.rule.forecast.sessions == 10)
        #expect(shown.rule.forecast.savingUSD > 0)
        #expect(shown.rule.forecast.flaggedShare > 0.9)
        #expect(project.text == before)

        let refused = try await project.rules("apply", finding)
        #expect(refused.status == 3)
        #expect(refused.trouble.contains("--yes"))
        #expect(project.text == before)

        let applied = try change(try await project.rules("apply", finding, "--yes", "--format", "json"))
        #expect(applied.event == "applied")
        #expect(applied.files.map(\.diff) == shown.files.map(\.diff))
        let target = try #require(applied.rule.target)
        #expect(
            project.text
                == before.replacingOccurrences(of: "]},\r\n", with: "]},\r\n  \"model\": \"\(target)\",\r\n")
        )
        #expect(try list(try await project.rules("list", "--format", "json")).rules.map(\.status) == ["applied"])
        #expect(try change(try await project.rules("apply", finding, "--yes", "--format", "json")).event == "unchanged")

        let undone = try change(try await project.rules("undo", applied.rule.id, "--format", "json"))
        #expect(undone.files.map(\.outcome) == ["as it was before, to the byte"])
        #expect(project.text == before)
        let history = try list(try await project.rules("history", "--format", "json"))
        #expect(history.events?.map(\.event) == ["applied", "undone"])
        #expect(history.rules.map(\.status) == ["undone"])
    }

    @Test func `a rule makes a settings file where there is none, and undo leaves no trace`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        let applied = try await project.rules("apply", finding, "--yes")
        #expect(applied.status == 0, "\(applied.trouble)")
        #expect(project.text?.contains("\"model\"") == true)
        #expect(try await project.rules("undo", finding).status == 0)
        #expect(!FileManager.default.fileExists(atPath: project.folder + "/.claude"))
    }

    @Test func `a rule that the user takes back in the file is remembered, and not proposed again`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        _ = try await project.rules("apply", finding, "--yes")
        try project.write("{}\n")
        let history = try list(try await project.rules("history", "--format", "json"))
        #expect(history.rules.map(\.status) == ["rolledBack"])
        let after = try list(try await project.rules("list", "--format", "json"))
        #expect(after.proposals?.contains { $0.finding == finding } == false)
        let again = try await project.rules("apply", finding, "--yes")
        #expect(again.status == 2)
        #expect(again.trouble.contains("--again"))
        #expect(project.text == "{}\n")
    }

    @Test func `a file that cannot be parsed is refused with its place`() async throws {
        let project = try Project()
        try project.write("{\n  \"a\" 1\n}\n")
        let answer = try await project.rules("apply", try await project.finding(), "--yes")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("settings.local.json:2:7: ':' is missing"))
        #expect(project.text == "{\n  \"a\" 1\n}\n")
    }

    @Test func `a read-only file is refused with what to do`() async throws {
        let project = try Project()
        try project.write("{}\n")
        chmod(project.settings, 0o444)
        let answer = try await project.rules("apply", try await project.finding(), "--yes")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("chmod u+w"))
        #expect(project.text == "{}\n")
    }

    @Test func `killed at any moment, nothing is lost`() async throws {
        let project = try Project()
        let before = "{\n  // mine\n}\n"
        try project.write(before)
        let finding = try await project.finding()
        for step in 0..<6 {
            let apply = try Started(
                Binary.path,
                ["rules", "apply", finding, "--yes", "--no-ingest"],
                user: project.user,
                environment: Project.environment
            )
            apply.send(SIGKILL, after: .milliseconds(20 * step))
            _ = try await apply.end()
            let now = try #require(project.text)
            #expect(now == before || now.hasPrefix("{\n  // mine\n  \"model\": \"claude-"))
            let rules = try list(try await project.rules("list", "--format", "json")).rules
            // What was half done is undone, what was done is a rule like any other.
            #expect(rules.isEmpty == (project.text == before))
            if !rules.isEmpty { #expect(try await project.rules("undo", finding, "--format", "json").status == 0) }
            #expect(project.text == before)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: project.folder + "/.claude")
        #expect(left == ["settings.local.json"])
    }

    @Test func `applied twice at once there is one rule, which goes back to the byte`() async throws {
        let project = try Project()
        let before = "{\"a\": 1}"
        try project.write(before)
        let finding = try await project.finding()
        let line =
            "suffice rules apply \(finding) --yes --no-ingest & suffice rules apply \(finding) --yes --no-ingest; wait"
        _ = try await project.user.shell(line, environment: Project.environment)
        let rules = try list(try await project.rules("list", "--format", "json")).rules
        #expect(rules.map(\.status) == ["applied"])
        #expect(try await project.rules("undo", finding).status == 0)
        #expect(project.text == before)
    }

    @Test func `an unknown finding or rule is named`() async throws {
        let project = try Project(sessions: 1)
        for arguments in [["show", "x"], ["apply", "x", "--yes"], ["undo", "x"], ["history", "x"]] {
            let answer = try await project.user.run(["rules"] + arguments)
            #expect(answer.status == 2)
            #expect(answer.trouble.contains("'x'"))
        }
    }
}
