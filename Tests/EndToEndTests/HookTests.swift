import Foundation
import GRDB
import TestSupport
import Testing

/// What the plugin's hooks answer Claude Code: a word, or nothing; never a stop.
@Suite struct HookTests {
    private func json(_ answer: Answer) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    }

    private func subagent(_ prompt: String, model: String? = nil, transcript: String = "/nowhere") -> String {
        let model = model.map { #","model":"\#($0)""# } ?? ""
        return
            #"{"hook_event_name":"PreToolUse","tool_name":"Agent","cwd":"/code/app","transcript_path":"\#(transcript)""#
            + #","tool_input":{"subagent_type":"Explore","prompt":"\#(prompt)"\#(model)}}"#
    }

    private static let search = "Find every file that names the class and return the list of paths"

    @Test func `a session begins with a line about the project's spend`() async throws {
        let user = try User()
        for session in 0..<3 {
            try user.log(
                [
                    ClaudeLine.prompt("what is 1 + 1", session: "s\(session)", at: ClaudeLine.time(ago: 60)),
                    ClaudeLine.reply("\(session)", session: "s\(session)", at: ClaudeLine.time(ago: 50))
                        .replacing("\":500", with: "\":50000"),
                ],
                as: "s\(session)"
            )
        }
        let answer = try await user.suffice(
            "hook",
            "claude-code",
            input: #"{"hook_event_name":"SessionStart","source":"startup","cwd":"/code/app"}"#
        )
        #expect(answer.status == 0, "\(answer.trouble)")
        let json = try json(answer)
        #expect(Array(json.keys) == ["systemMessage"])
        #expect((json["systemMessage"] as? String)?.contains("looks recoverable") == true)
        let elsewhere = try await user.suffice(
            "hook",
            "claude-code",
            input: #"{"hook_event_name":"SessionStart","cwd":"/code/other"}"#
        )
        #expect(elsewhere.output.isEmpty)
    }

    @Test func `a subagent that only looks something up gets a hint, and starts all the same`() async throws {
        let answer = try await User().suffice("hook", "claude-code", input: subagent(Self.search))
        #expect(answer.status == 0, "\(answer.trouble)")
        let json = try json(answer)
        #expect(Set(json.keys) == ["systemMessage", "hookSpecificOutput"])
        let output = try #require(json["hookSpecificOutput"] as? [String: String])
        #expect(Set(output.keys) == ["hookEventName", "additionalContext"])
        #expect(output["additionalContext"]?.contains("\"haiku\"") == true)
    }

    @Test(arguments: [
        ("Find every file that names the class and return the list of paths", "haiku"),
        ("Find out why the build fails and mend it", "opus"),
    ])
    func `nothing is said where nothing is known to be cheaper`(prompt: String, model: String) async throws {
        let answer = try await User().suffice("hook", "claude-code", input: subagent(prompt, model: model))
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.isEmpty)
    }

    @Test(arguments: [
        "", "garbage", "{", "[]", "null", #"{"hook_event_name":7}"#, #"{"hook_event_name":"Stop"}"#,
        #"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}"#,
        #"{"hook_event_name":"PreToolUse","tool_name":"Agent","tool_input":7}"#,
    ])
    func `whatever else it is given, it says nothing`(input: String) async throws {
        let answer = try await User().suffice("hook", "claude-code", input: input)
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.isEmpty)
    }

    @Test(arguments: [
        ["hook"], ["hook", "cursor"], ["hook", "claude-code", "stray"], ["hook", "claude-code", "--what"],
    ])
    func `a slip of the pen never blocks`(arguments: [String]) async throws {
        let answer = try await User().run(arguments)
        #expect(answer.status == 1)
        #expect(answer.output.isEmpty)
    }

    @Test(arguments: [#"{"hook_event_name":"SessionStart","cwd":"/code/app"}"#, ""])
    func `trouble of its own never blocks`(event: String) async throws {
        let input = event.isEmpty ? subagent(Self.search) : event
        let broken = try User()
        try broken.folder.write(String(repeating: "junk ", count: 2000), to: "data/suffice.sqlite")
        let wrong = try User()
        try wrong.folder.write("[billing\n", to: "home/.config/suffice/suffice.toml")
        for user in [broken, wrong] {
            let answer = try await user.suffice("hook", "claude-code", input: input)
            #expect(answer.status == 1)
            #expect(answer.output.isEmpty)
        }
    }
}
