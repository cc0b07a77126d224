import Foundation
import TestSupport
import Testing

/// Whatever goes wrong on either side of the running binary, the client gets the right shape, nothing is sent twice, and
/// the ledger agrees with what the provider served.
@Suite(.serialized) struct FaultMatrixTests {
    private struct Row: Decodable {
        var name: String
        var wrong: String?
    }

    /// Runs the matrix against a gateway of its own; the process is that of the gateway.
    private func rows(killing: Bool = false) async throws -> [Row] {
        let user = try User()
        let port = try freePort()
        try user.folder.write(
            """
            [serve]
            first_byte_ms = 10000
            idle_ms = 10000

            [[upstream]]
            name = "faulty"
            provider = "anthropic"
            url = "http://127.0.0.1:\(port)"
            key_env = "TEST_UPSTREAM_KEY"
            models = ["claude-haiku-4-5"]

            [[upstream]]
            name = "unreachable"
            provider = "anthropic"
            url = "http://127.0.0.1:\(try freePort())"
            key_env = "TEST_UPSTREAM_KEY"
            models = ["claude-unreachable"]
            """,
            to: "configuration/suffice.toml"
        )
        let gateway = try ServedGateway(configuredIn: user, key: "sk-test")
        let address = try await gateway.listening()
        var arguments = [
            "python3", PythonClients.folder + "/faults.py", "--port", String(address.port), "--upstream-port",
            String(port), "--journal", user.data + "/gateway", "--records", user.folder.path + "/records.jsonl",
        ]
        if killing { arguments += ["--kill", String(gateway.processID)] }
        let answer = try await Started("/usr/bin/env", arguments, user: user).end()
        let left = try await gateway.stop()
        #expect(left.status == (killing ? 128 + SIGKILL : 0), "\(left.trouble)")
        #expect(answer.status == 0, "\(answer.trouble)")
        return try answer.output.split(separator: "\n").map {
            try JSONDecoder().decode(Row.self, from: Data($0.utf8))
        }
    }

    @Test func `every fault of the matrix`() async throws {
        let rows = try await rows()
        #expect(rows.count == 22)
        for row in rows { #expect(row.wrong == nil, "\(row.name)") }
    }

    @Test func `each request that a killed gateway had sent is in its journal`() async throws {
        let rows = try await rows(killing: true)
        #expect(rows.map(\.name) == ["kill -9 under load"])
        #expect(rows.first?.wrong == nil)
    }
}
