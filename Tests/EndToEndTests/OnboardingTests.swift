import Foundation
import GRDB
import TestSupport
import Testing

/// What `onboard` adds to agents, and that `offboard` leaves everything as it was.
@Suite struct OnboardingTests {
    private static let claudeSettings = """
        {
          // mine
          "model": "opus",\r
          "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "say done"}]}],},
        }
        """
    private static let codexSettings = "\u{FEFF}# mine\nmodel = \"gpt-5.5\"\n\n[tui]\ntheme = 'dark' # for the night\n"

    /// A user of both agents, with settings as people write them.
    private func user() throws -> User {
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1")])
        try user.folder.write(Self.claudeSettings, to: "home/.claude/settings.json")
        try user.folder.write(Self.codexSettings, to: "home/.codex/config.toml")
        try user.folder.write("# Be kind.\n", to: "home/.claude/CLAUDE.md")
        return user
    }

    /// Every file and folder in the home, and what the files hold.
    private func tree(_ user: User) throws -> [String: Data?] {
        var tree: [String: Data?] = [:]
        for case let name as String in try #require(FileManager.default.enumerator(atPath: user.home)) {
            tree[name] = .some(FileManager.default.contents(atPath: user.home + "/" + name))
        }
        return tree
    }

    private func text(_ user: User, _ name: String) throws -> String {
        try String(contentsOfFile: user.home + "/" + name, encoding: .utf8)
    }

    @Test func `what was added is taken away to the byte`() async throws {
        let user = try user()
        let before = try tree(user)
        let added = try await user.suffice("onboard", "--yes", "--hooks", "--since", "all")
        #expect(added.status == 0, "\(added.trouble)")
        #expect(added.trouble.contains("+[mcp_servers.suffice]"))
        let during = try tree(user)
        #expect(during.count > before.count + 6)
        #expect(try text(user, ".claude/settings.json").contains("statusline"))
        #expect(try text(user, ".codex/config.toml").contains("[mcp_servers.suffice]"))
        let left = try await user.suffice("offboard")
        #expect(left.status == 0, "\(left.trouble)")
        #expect(try tree(user) == before)
        let again = try await user.suffice("offboard")
        #expect(again.output.contains("Nothing of Suffice"))
    }

    @Test func `a whole life with suffice leaves the home as it was`() async throws {
        let user = try user()
        let app = user.home + "/app"
        for index in 1..<10 {
            let time = "2026-10-0\(index)T10:00:0"
            let prompt = ClaudeLine.prompt("What is \(index)?", session: "r\(index)", at: time + "0.000Z", project: app)
            let reply = ClaudeLine.reply(
                "r\(index)",
                session: "r\(index)",
                at: time + "1.000Z",
                model: "claude-opus-4-8",
                project: app
            )
            try user.log([prompt, reply], as: "r\(index)")
        }
        try user.folder.write("# The app\r\n", to: "home/app/CLAUDE.md")
        chmod(user.home + "/.claude/settings.json", 0o640)
        let before = try tree(user)
        let limits = ["SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_USD": "0"]
        func run(_ arguments: String...) async throws -> Answer {
            let answer = try await user.run(arguments, environment: limits)
            #expect(answer.status == 0, "\(arguments): \(answer.trouble)")
            return answer
        }
        _ = try await run("onboard", "--yes", "--hooks", "--since", "all")
        let listed = try await run("rules", "list", "--format", "json").output
        let rules = try #require(JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [String: Any])
        let proposals = try #require(rules["proposals"] as? [[String: Any]])
        let finding = try #require(
            proposals.first { ($0["finding"] as? String)?.hasPrefix("model-downgrade") == true }?["finding"] as? String
        )
        _ = try await run("rules", "apply", finding, "--yes")
        #expect(try text(user, "app/.claude/settings.local.json").contains("model"))
        _ = try await run("onboard", "--yes", "--since", "all")
        _ = try await run("statusline")
        let left = try await run("offboard")
        #expect(left.output.contains("settings.local.json"))
        #expect(try tree(user) == before)
        let facts = try FileManager.default.attributesOfItem(atPath: user.home + "/.claude/settings.json")
        #expect(facts[.posixPermissions] as? Int == 0o640)
        // The rule is remembered as taken back, and there is nothing more to take away.
        #expect(try await run("rules", "history").output.contains("undone"))
        #expect(try await run("offboard").output.contains("Nothing of Suffice"))
        #expect(try tree(user) == before)
    }

    @Test func `in an empty home it says where it looked, twice, and makes nothing there`() async throws {
        let user = try User()
        for _ in 0..<2 {
            let answer = try await user.suffice("onboard", "--yes", "--hooks")
            #expect(answer.status == 0, "\(answer.trouble)")
            #expect((answer.output + answer.trouble).contains(".claude/projects"))
            #expect(try tree(user).isEmpty)
        }
        #expect(try await user.suffice("offboard").output.contains("Nothing of Suffice"))
    }

    @Test func `added twice it is added once`() async throws {
        let user = try user()
        let before = try tree(user)
        _ = try await user.suffice("onboard", "--yes", "--hooks")
        let once = try tree(user)
        let twice = try await user.suffice("onboard", "--yes", "--hooks")
        #expect(!twice.trouble.contains("added"))
        #expect(try tree(user) == once)
        // Hooks are left out again by not asking for them.
        _ = try await user.suffice("onboard", "--yes")
        #expect(!FileManager.default.fileExists(atPath: user.home + "/.claude/skills/suffice/hooks"))
        _ = try await user.suffice("offboard")
        #expect(try tree(user) == before)
    }

    @Test func `hooks are added though it takes longer than a hook may`() async throws {
        let user = try user()
        _ = try await user.totals()
        try user.log([ClaudeLine.reply("2")], as: "s2")
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: user.database, configuration: configuration)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let onboarding = try user.start("onboard", "--yes", "--hooks", "--since", "all")
        try await Task.sleep(for: .seconds(6))
        try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        let answer = try await onboarding.end()
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.trouble.contains("hooks that tell"))
    }

    @Test func `on a pipe nothing is changed without a yes`() async throws {
        let user = try user()
        let before = try tree(user)
        let answer = try await user.suffice("onboard", "--since", "all")
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("→ suffice onboard --yes"))
        #expect(try tree(user) == before)
    }

    @Test(arguments: [("--claude-code", ".codex/config.toml"), ("--codex", ".claude/skills")])
    func `only the agents named are touched`(flag: String, untouched: String) async throws {
        let user = try user()
        let before = try tree(user)
        _ = try await user.suffice("onboard", flag, "--yes")
        let after = try tree(user)
        #expect(after != before)
        #expect(after[untouched] == before[untouched])
    }

    @Test func `an agent that was never used here gets no folder`() async throws {
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1")])
        _ = try await user.suffice("onboard", "--yes", "--hooks")
        #expect(!FileManager.default.fileExists(atPath: user.home + "/.codex"))
        #expect(FileManager.default.fileExists(atPath: user.home + "/.claude/settings.json"))
        _ = try await user.suffice("offboard")
        #expect(!FileManager.default.fileExists(atPath: user.home + "/.claude/settings.json"))
        #expect(!FileManager.default.fileExists(atPath: user.home + "/.claude/skills"))
    }

    @Test func `what the user edits meanwhile stays`() async throws {
        let user = try user()
        _ = try await user.suffice("onboard", "--yes", "--hooks")
        let settings = try text(user, ".claude/settings.json").replacing("\"opus\"", with: "\"sonnet\"")
        try user.folder.write(settings, to: "home/.claude/settings.json")
        try user.folder.write("Mine.\n", to: "home/.claude/skills/suffice/commands/spend.md")
        try user.folder.write("Mine, too.\n", to: "home/.claude/skills/own/SKILL.md")
        let left = try await user.suffice("offboard")
        #expect(left.status == 0, "\(left.trouble)")
        let wanted = Self.claudeSettings.replacing("\"opus\"", with: "\"sonnet\"")
        #expect(try text(user, ".claude/settings.json") == wanted)
        #expect(try text(user, ".claude/skills/suffice/commands/spend.md") == "Mine.\n")
        #expect(try text(user, ".claude/skills/own/SKILL.md") == "Mine, too.\n")
        #expect(left.output.contains("commands/spend.md: it was edited since"))
        #expect(!FileManager.default.fileExists(atPath: user.home + "/.claude/skills/suffice/.mcp.json"))
    }

    @Test func `settings that cannot be understood are named and left alone`() async throws {
        let user = try user()
        try user.folder.write("[broken\n", to: "home/.codex/config.toml")
        let answer = try await user.suffice("onboard", "--codex", "--yes")
        #expect(answer.trouble.contains("config.toml:1"))
        #expect(try text(user, ".codex/config.toml") == "[broken\n")
    }

    @Test func `a status line of another program stays`() async throws {
        let user = try user()
        let own = #"{"statusLine":{"type":"command","command":"mine"}}"#
        try user.folder.write(own, to: "home/.claude/settings.json")
        _ = try await user.suffice("onboard", "--yes", "--hooks")
        #expect(try text(user, ".claude/settings.json") == own)
    }

    @Test func `a plugin of the same name that is somebody else's stays`() async throws {
        let user = try user()
        try user.folder.write("Not ours.\n", to: "home/.claude/skills/suffice/SKILL.md")
        let before = try tree(user)
        let answer = try await user.suffice("onboard", "--claude-code", "--yes")
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("not from suffice onboard"))
        _ = try await user.suffice("offboard")
        #expect(try tree(user) == before)
    }

    @Test func `without its own data, offboard still takes the plugin away`() async throws {
        let user = try user()
        _ = try await user.suffice("onboard", "--claude-code", "--yes", "--hooks")
        try FileManager.default.removeItem(atPath: user.data)
        let left = try await user.suffice("offboard")
        #expect(!FileManager.default.fileExists(atPath: user.home + "/.claude/skills/suffice"))
        #expect(left.output.contains("settings.json names suffice"))
    }

    @Test func `the plugin in the repository is the one that is installed`() async throws {
        let user = try user()
        let bin = user.folder.path + "/bin"
        try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: bin + "/suffice", withDestinationPath: Binary.path)
        let path = ["PATH": bin + ":/usr/bin:/bin"]
        _ = try await user.suffice("onboard", "--claude-code", "--yes", "--hooks", environment: path)
        let installed = user.home + "/.claude/skills/suffice"
        let kept = Package.root + "/Plugins/claude-code"
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try? FileManager.default.removeItem(atPath: kept)
            try FileManager.default.copyItem(atPath: installed, toPath: kept)
        }
        #expect(FileManager.default.contentsEqual(atPath: installed, andPath: kept))
        #expect(try text(user, ".claude/skills/suffice/.mcp.json").contains(#""command": "suffice""#))
    }
}
