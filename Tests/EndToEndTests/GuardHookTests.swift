import Foundation
import GRDB
import TestSupport
import Testing

/// What `suffice guard --hook claude-code` answers Claude Code.
@Suite struct GuardHookTests {
    private static let events = ["UserPromptSubmit", "PreToolUse", "Stop", "SubagentStop", "SessionStart"]

    /// A user who has spent $0.006175 a moment ago.
    private func spender(model: String = "claude-opus-4-8") throws -> User {
        let user = try User()
        try user.log([ClaudeLine.reply("new", at: ClaudeLine.time(), model: model)])
        return user
    }

    private func hook(_ user: User, budget: String, input: String) async throws -> Answer {
        try await user.suffice(
            "guard",
            "--budget",
            budget,
            "--window",
            "month",
            "--hook",
            "claude-code",
            input: input
        )
    }

    private func input(_ event: String) -> String {
        #"{"session_id":"s1","cwd":"/code/app","tool_input":{"a":[1,{"hook_event_name":"x"}]},"hook_event_name":"\#(event)"}"#
    }

    private func json(_ answer: Answer) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    }

    @Test(arguments: events) func `while the budget holds it says nothing`(event: String) async throws {
        let answer = try await hook(spender(), budget: "1", input: input(event))
        #expect(answer.status == 0)
        #expect(answer.output.isEmpty)
        #expect(answer.trouble.isEmpty)
    }

    @Test func `a prompt over the budget is blocked with the reason`() async throws {
        let answer = try await hook(spender(), budget: "0.005", input: input("UserPromptSubmit"))
        #expect(answer.status == 0)
        let json = try json(answer)
        #expect(json["decision"] as? String == "block")
        #expect((json["reason"] as? String)?.contains("API value of $0.01 spent this month") == true)
    }

    @Test func `a tool over the budget is denied, and the turn ends`() async throws {
        let json = try json(await hook(spender(), budget: "0.005", input: input("PreToolUse")))
        #expect(json["continue"] as? Bool == false)
        let decision = try #require(json["hookSpecificOutput"] as? [String: String])
        #expect(decision["hookEventName"] == "PreToolUse")
        #expect(decision["permissionDecision"] == "deny")
        #expect(decision["permissionDecisionReason"] == json["stopReason"] as? String)
    }

    @Test(arguments: ["Stop", "SubagentStop", "PostToolUse", "SomethingNew"])
    func `whatever else it is, it ends the turn and never makes the agent go on`(event: String) async throws {
        let answer = try await hook(spender(), budget: "0.005", input: input(event))
        #expect(answer.status == 0)
        let json = try json(answer)
        #expect(Set(json.keys) == ["continue", "stopReason"])
        #expect(json["continue"] as? Bool == false)
    }

    @Test(arguments: [("claude-opus-4-8", "0.008", "remain"), ("nobody-1", "100", "nobody-1")])
    func `short of a stop it warns at most, and not with every tool`(model: String, budget: String, word: String)
        async throws
    {
        let user = try spender(model: model)
        for event in ["UserPromptSubmit", "Stop", "SessionStart"] {
            let answer = try await hook(user, budget: budget, input: input(event))
            #expect(answer.status == 0)
            let json = try json(answer)
            #expect(Set(json.keys) == ["systemMessage"])
            #expect((json["systemMessage"] as? String)?.contains(word) == true)
        }
        let tool = try await hook(user, budget: budget, input: input("PreToolUse"))
        #expect(tool.status == 0)
        #expect(tool.output.isEmpty)
    }

    @Test(arguments: [
        "", "garbage", "{", "[]", "null", "\u{0}\u{1B}", #"{"hook_event_name":7}"#,
        #"{"tool_input":"\#(String(repeating: "x", count: 5_000_000))"}"#,
    ])
    func `whatever it is given, a reached budget stops and one that holds does not`(input: String) async throws {
        let user = try spender()
        let stop = try await hook(user, budget: "0.005", input: input)
        #expect(stop.status == 0)
        #expect(try json(stop)["continue"] as? Bool == false)
        let pass = try await hook(user, budget: "1", input: input)
        #expect(pass.status == 0)
        #expect(pass.output.isEmpty)
    }

    @Test func `an event behind a huge tool input is found`() async throws {
        let text = #"{"tool_input":"\#(String(repeating: "x", count: 5_000_000))","hook_event_name":"PreToolUse"}"#
        let json = try json(await hook(spender(), budget: "0.005", input: text))
        #expect(json["hookSpecificOutput"] != nil)
    }

    @Test func `an input that nobody closes holds nobody up`() async throws {
        let user = try spender()
        let answer = try await user.shell(
            "mkfifo in; exec 3<>in; suffice guard --budget 0.005 --window month --hook claude-code <in"
        )
        #expect(answer.status == 0)
        #expect(try json(answer)["continue"] as? Bool == false)
    }

    @Test(arguments: [
        ["guard", "--hook", "claude-code"], ["guard", "--hook"], ["guard", "--hook="],
        ["guard", "--hook", "cursor", "--budget", "5", "--window", "day"],
        ["guard", "--budgte", "5", "--window", "day", "--hook", "claude-code"],
        ["guard", "--hook=claude-code", "--budget", "five", "--window", "day"],
        ["guard", "--budget", "5", "--window", "fortnight", "--hook", "claude-code"],
        ["guard", "--budget", "5", "--window", "day", "--warn", "2", "--hook", "claude-code"],
        ["guard", "--budget", "5", "--window", "day", "--hook", "claude-code", "stray"],
        ["guard", "--budget", "5", "--window", "day", "--hooks", "claude-code"],
        ["guard", "--budget", "5", "--window", "day", "—hook", "claude-code"],
        ["guard", "--budget", "5", "--window", "day", "--timezone", "Mars/Olympus", "--hook", "claude-code"],
        ["gaurd", "--budget", "5", "--window", "day", "--hook", "claude-code"],
        ["--no-ingest", "guard", "--budget", "5", "--hook", "claude-code"],
    ])
    func `a slip of the pen never blocks`(arguments: [String]) async throws {
        let answer = try await spender().run(arguments)
        #expect(answer.status == 1)
        #expect(!answer.trouble.isEmpty)
        #expect(answer.output.isEmpty)
    }

    @Test func `where Claude Code started it, even a mistyped --hook never blocks`() async throws {
        let answer = try await User().run(
            ["guard", "--budget", "5", "--window", "day", "--hok", "claude-code"],
            environment: ["CLAUDE_PROJECT_DIR": "/code/app"]
        )
        #expect(answer.status == 1)
    }

    @Test func `trouble of its own never blocks`() async throws {
        let prompt = input("UserPromptSubmit")
        let wrong = try spender()
        try wrong.folder.write("[billing\n", to: "home/.config/suffice/suffice.toml")
        let broken = try spender()
        try broken.folder.write(String(repeating: "junk ", count: 2000), to: "data/suffice.sqlite")
        for user in [wrong, broken] {
            let answer = try await hook(user, budget: "0.001", input: prompt)
            #expect(answer.status == 1)
            #expect(answer.trouble.contains("suffice"))
            #expect(answer.output.isEmpty)
        }
        let arguments = ["guard", "--budget", "5", "--window", "day", "--hook", "claude-code"]
        let homeless = try await User().run(arguments, environment: ["HOME": "/nowhere", "SUFFICE_DATA": ""])
        #expect(homeless.status == 0 || homeless.status == 1)
        #expect(homeless.output.isEmpty)
    }

    @Test(arguments: events) func `a database that somebody holds on to never blocks`(event: String) async throws {
        let user = try spender()
        _ = try await user.totals()
        try user.log([ClaudeLine.reply("more", session: "s2", at: ClaudeLine.time())], as: "s2")
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: user.database, configuration: configuration)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        let answer = try await hook(user, budget: "0.005", input: input(event))
        try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        if event == "UserPromptSubmit" {
            // Whoever waited is told why, and what to do.
            #expect(answer.status == 0)
            let json = try json(answer)
            #expect(Array(json.keys) == ["systemMessage"])
            let text = json["systemMessage"] as? String ?? ""
            #expect(text.contains("nothing is blocked") && text.contains("\"suffice ingest\""))
        } else {
            #expect(answer.status == 1)
            #expect(answer.trouble.contains("nothing is blocked"))
            #expect(answer.output.isEmpty)
        }
    }

    @Test func `an input that trickles in is inside the deadline`() async throws {
        let answer = try await spender().shell(
            "while printf ' '; do sleep 0.3; done 2>&- "
                + "| suffice guard --budget 0.005 --window month --hook claude-code"
        )
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("took too long"))
        #expect(answer.output.isEmpty)
    }
}
