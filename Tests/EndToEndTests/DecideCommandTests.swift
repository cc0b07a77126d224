import Foundation
import TestSupport
import Testing

@Suite struct DecideCommandTests {
    private struct Answer: Decodable {
        var schema: Int
        var requested, model, served, reason, detail, mode: String
        var applied: Bool
        var scores: [Score]

        struct Score: Decodable {
            var model: String
            var expectedScore: Double
        }
    }

    private func decided(_ user: User, _ arguments: String...) async throws -> Answer {
        let answer = try await user.run(["decide"] + arguments + ["--format", "json"])
        #expect(answer.status == 0, "\(answer.trouble)")
        return try JSONDecoder().decode(Answer.self, from: Data(answer.output.utf8))
    }

    @Test func `a chore is observed to need no more than a small model`() async throws {
        let answer = try await decided(try User(), "git status please", "--model", "claude-opus-4-8")
        #expect(answer.requested == "claude-opus-4-8")
        #expect(answer.model.contains("haiku"))
        #expect(answer.served == "claude-opus-4-8")
        #expect(!answer.applied)
        #expect((answer.reason, answer.detail, answer.mode) == ("pattern", "git", "observe"))
    }

    @Test(arguments: [
        #"{"model":"claude-opus-4-8","max_tokens":100,"messages":[{"role":"user","content":"git status"}]}"#,
        #"{"model":"gpt-5.5","messages":[{"role":"user","content":"git status"}]}"#,
        #"{"model":"gpt-5.5","input":"git status"}"#,
    ])
    func `a request of each API is read`(body: String) async throws {
        let user = try User()
        try user.folder.write(body, to: "request.json")
        let answer = try await decided(user, "--request", user.folder.path + "/request.json")
        #expect(answer.reason == "pattern")
        #expect(answer.model != answer.requested)
    }

    @Test(arguments: [
        ([String](), "give a prompt"), (["  "], "the prompt is empty"), (["a", "--request", "b"], "not both"),
        (["--request", "/nowhere"], "cannot be read"),
    ])
    func `what cannot be decided is said with exit 2`(arguments: [String], trouble: String) async throws {
        let answer = try await User().run(["decide"] + arguments)
        #expect(answer.status == 2)
        #expect(answer.trouble.contains(trouble))
    }

    @Test func `what was certified decides, here and in what router show says`() async throws {
        let user = try User()
        let rows = (0..<400).map { index in
            let isProof = index % 5 < 2
            let task = isProof ? "prove that every case of \(index) holds" : "tell a short story of number \(index)"
            return #"{"id":"\#(index)","prompt":"\#(task)","results":[{"model":"claude-haiku-4-5","score":"#
                + #"\#(isProof ? 0 : 1)},{"model":"claude-opus-4-8","score":1}]}"# + "\n"
        }
        try user.folder.write(rows.joined(), to: "rows.jsonl")
        let rated = user.folder.path + "/rows.jsonl"
        let calibrated = try await user.suffice("router", "calibrate", rated, "--alpha", "0.05")
        #expect(calibrated.status == 0, "\(calibrated.trouble)")
        let easy = try await decided(user, "tell a short story of number 12345", "--model", "claude-opus-4-8")
        #expect((easy.model, easy.reason) == ("claude-haiku-4-5", "learned"))
        #expect(easy.scores.map(\.model) == ["claude-haiku-4-5", "claude-opus-4-8"])
        let hard = try await decided(user, "prove that every case of 12345 holds", "--model", "claude-opus-4-8")
        #expect((hard.model, hard.reason) == ("claude-opus-4-8", "learned"))
        let shown = try await user.suffice("router", "show")
        #expect(shown.output.contains("at most 5% go to"))
    }

    @Test func `a damaged router is named`() async throws {
        let user = try User()
        let folder = user.data + "/router"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("{".utf8).write(to: URL(fileURLWithPath: folder + "/certificate.json"))
        let answer = try await user.suffice("decide", "hello there")
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("certificate.json cannot be read; calibrate again"))
    }
}
