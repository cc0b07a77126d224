import Foundation
import Testing

@Suite struct StatuslineTests {
    private func status(transcript: String) -> String {
        """
        {"hook_event_name":"Status","session_id":"s1","transcript_path":"\(transcript)","cwd":"/code/app",
         "model":{"id":"claude-opus-4-8","display_name":"Opus 4.8"},"workspace":{"current_dir":"/code/app"},
         "version":"2.1.219","cost":{"total_cost_usd":1.234,"total_duration_ms":45000}}
        """
    }

    @Test func `one line with the model, the session's cost and the last call`() async throws {
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1")])
        let path = user.home + "/.claude/projects/-work-app/s1.jsonl"
        let answer = try await user.suffice("statusline", input: status(transcript: path))
        #expect(answer.status == 0)
        #expect(
            answer.output
                == "Opus 4.8 · $1.23 this session · last call $0.01 · 1.61k in context · 66% from cache\n"
        )
        #expect(answer.trouble.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: user.data))
    }

    @Test func `a transcript that is not there is left out`() async throws {
        let answer = try await User().suffice("statusline", input: status(transcript: "/nowhere/s1.jsonl"))
        #expect(answer.status == 0)
        #expect(answer.output == "Opus 4.8 · $1.23 this session\n")
    }

    @Test(arguments: [
        "", "garbage", "{", "[]", "null", #"{"model":7,"cost":"much","transcript_path":{}}"#, "\u{0}\u{1B}",
    ])
    func `whatever it is given, it prints one line`(input: String) async throws {
        let answer = try await User().suffice("statusline", input: input)
        #expect(answer.status == 0)
        #expect(answer.output.split(separator: "\n").count == 1)
        #expect(answer.trouble.isEmpty)
    }

    @Test(arguments: ["garbage\n", "\u{0}\u{1}", "{\"type\":\"assistant\"}\n"])
    func `a transcript that is no log is left out`(text: String) async throws {
        let user = try User()
        try user.log([text])
        let path = user.home + "/.claude/projects/-work-app/s1.jsonl"
        let answer = try await user.suffice("statusline", input: status(transcript: path))
        #expect(answer.status == 0)
        #expect(answer.output == "Opus 4.8 · $1.23 this session\n")
    }
}
