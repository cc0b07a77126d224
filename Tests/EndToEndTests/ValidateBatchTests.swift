import Foundation
import TestSupport
import Testing

/// The batch options of `suffice validate`, each row answered by a line.
@Suite struct ValidateBatchTests {
    private struct Judged: Decodable, Equatable {
        var id: String
        var valid: Bool
        var errorType: String?
    }

    private struct Canonical: Decodable {
        var id, kind, canonical: String
        var targets: [String]
        var parsed: Bool
    }

    private func rows<Row: Decodable>(_ answer: Answer) throws -> [Row] {
        try answer.output.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    }

    private let vector = #"""
        {"id":"a","functions":[{"name":"f","parameters":{"type":"dict","properties":{"x":{"type":"integer"}},"required":["x"]}}],"output":[{"f":{"x":1}}],"possible":[{"f":{"x":[1]}}],"category":"simple_python","underscoreToDot":false}
        """#

    @Test func `vectors are judged line by line, and a broken one is named while the rest goes on`() async throws {
        let user = try User()
        let wrong = vector.replacing(#""id":"a""#, with: #""id":"b""#).replacing(#"[{"f":{"x":1}}]"#, with: "[]")
        try user.folder.write(
            [vector, "{broken", "", wrong, "[1]", #"{"id":"c"}"#, "{}"].joined(separator: "\n"),
            to: "v"
        )
        let answer = try await user.suffice("validate", "--check-vectors", user.folder.path + "/v")
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(
            try rows(answer) == [
                Judged(id: "a", valid: true),
                Judged(id: "b", valid: false, errorType: "simple_function_checker:wrong_count"),
            ]
        )
        #expect(answer.output.contains(#""errorType": null"#))
        for (line, reason) in [(2, "no JSON value"), (5, "no JSON object"), (6, "no \"output\""), (7, "no \"id\"")] {
            #expect(answer.trouble.contains("line \(line): \(reason)"), "\(answer.trouble)")
        }
    }

    @Test func `calls are answered with what they do`() async throws {
        let user = try User()
        let lines = [
            #"{"id":"1","agent":"claude-code","tool":"Bash","input":{"command":"cd /app && sed -n 1,5p ./a.go"},"cwd":"/app"}"#,
            #"{"id":"2","agent":"codex","tool":"shell","input":"{\"command\":[\"bash\",\"-lc\",\"git   status\"]}","cwd":"/app"}"#,
            #"{"id":"3","agent":"codex","tool":"apply_patch","input":"*** Begin Patch\n*** Add File: b\n+x\n*** End Patch","cwd":"/app"}"#,
            #"{"id":"4","tool":"Bash","input":{"command":"time ("},"cwd":"/app"}"#, #"{"id":"5","input":{}}"#,
        ]
        try user.folder.write(lines.joined(separator: "\n"), to: "c")
        let answer = try await user.shell("suffice validate --canonical - < '\(user.folder.path)/c'")
        #expect(answer.status == 0, "\(answer.trouble)")
        let found: [Canonical] = try rows(answer)
        #expect(found.map(\.id) == ["1", "2", "3", "4"])
        #expect(found.map(\.kind) == ["readFile", "readGit", "edit", "other"])
        #expect(found.map(\.canonical).prefix(2) == ["read /app/a.go 1-5", "git status"])
        #expect(found.map(\.targets).prefix(3) == [["/app/a.go"], [], ["/app/b"]])
        #expect(found.map(\.parsed) == [true, true, true, false])
        #expect(answer.trouble.contains("line 5: no \"tool\""))
    }

    @Test(arguments: [
        (["--check-vectors", "/nowhere"], "is not there"), (["--check-vectors", "/"], "cannot be read"),
        (["--canonical", "/dev/null"], "no row"),
        (["--canonical", "a", "--check-vectors", "b"], "not both"),
    ])
    func `what cannot be read at all is said with exit 2`(arguments: [String], trouble: String) async throws {
        let answer = try await User().run(["validate"] + arguments)
        #expect(answer.status == 2)
        #expect(answer.trouble.contains(trouble), "\(answer.trouble)")
    }
}
