import Foundation
import Testing

/// The official Python client holds conversations with the running binary.
@Suite struct MCPClientTests {
    private struct Check: Decodable {
        var name: String
        var wrong: String?
    }

    @Test func `the official client initialises, lists, calls, errs, cancels and is not alone`() async throws {
        let python = try await PythonClients.mcp.program("python")
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1"), ClaudeLine.reply("2")])
        _ = try await user.totals()
        let script = Package.root + "/Tests/EndToEndTests/MCP/Clients/conversation.py"
        let answer = try await Started(python, [script, Binary.path], user: user).end()
        #expect(answer.status == 0, "\(answer.trouble)")
        let checks = try answer.output.split(separator: "\n").map {
            try JSONDecoder().decode(Check.self, from: Data($0.utf8))
        }
        #expect(checks.count == 39)
        for check in checks { #expect(check.wrong == nil, "\(check.name)") }
    }
}
