import Foundation
import Testing

@Suite struct FirstRunTests {
    @Test func `the version is one line`() async throws {
        let answer = try await User().suffice("--version")
        #expect(answer.status == 0)
        #expect(answer.output.split(separator: "\n").count == 1)
        #expect(answer.output.first?.isNumber == true)
        #expect(answer.trouble.isEmpty)
    }

    @Test func `help lists every command on stdout`() async throws {
        let answer = try await User().suffice("--help")
        #expect(answer.status == 0)
        for command in [
            "spend", "optimize", "sessions", "ingest", "onboard", "kpi", "guard", "tokenmaxx", "prices", "doctor",
        ] {
            #expect(answer.output.contains("  \(command)"))
        }
    }

    @Test(arguments: [
        [], ["spend"], ["sessions"], ["optimize"], ["optimize", "downsize"], ["kpi"], ["tokenmaxx"], ["ingest"],
        ["onboard"],
    ])
    func `without any logs a command says where it looked`(arguments: [String]) async throws {
        let user = try User()
        let answer = try await user.run(arguments)
        #expect(answer.status == 0)
        #expect(answer.output.contains("Looked in"))
        #expect(answer.output.contains("~/.claude/projects"))
        #expect(answer.output.contains("~/.codex/sessions"))
        #expect(answer.trouble.isEmpty)
    }

    @Test func `without any logs programs get an empty answer`() async throws {
        let spend = try await User().suffice("spend", "--format", "json").spend
        #expect(spend.rows.isEmpty)
        #expect(spend.totals == .zero)
    }

    @Test(arguments: [
        [], ["spend"], ["sessions"], ["sessions", "aab92e69"], ["optimize"], ["optimize", "downsize"], ["kpi"],
        ["guard", "--budget", "5", "--window", "month"], ["tokenmaxx"], ["ingest"], ["onboard"], ["prices"],
        ["prices", "list"], ["prices", "Opus"], ["prices", "show", "claude-opus-4-8"],
        ["prices", "check"], ["doctor"],
    ])
    func `every command answers on the sample`(arguments: [String]) async throws {
        let answer = try await User(home: Package.sample).run(arguments)
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(!answer.output.isEmpty)
        #expect(!answer.output.contains("\u{1B}"))
    }

    @Test func `the script behind make run takes the sample where there are no logs`() async throws {
        let user = try User()
        let answer = try await user.shell("sh '\(Package.root)/Scripts/first-run.sh' '\(Binary.path)'")
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("Sample/home"))
        #expect(answer.output.contains("claude-opus-4-8"))
        #expect(answer.output.contains("→ suffice optimize"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions are written for every shell`(shell: String) async throws {
        let answer = try await User().suffice("--generate-completion-script", shell)
        #expect(answer.status == 0)
        #expect(answer.output.contains("tokenmaxx"))
    }
}
