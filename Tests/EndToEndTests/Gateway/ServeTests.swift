import Foundation
import TestSupport
import Testing

/// `suffice serve` as its user meets it.
@Suite struct ServeTests {
    private static let request =
        #"{"model":"claude-haiku-4-5","max_tokens":5,"messages":[{"role":"user","content":"Hi"}]}"#

    /// What curl gets: the reply's text, and its status on a line of its own.
    private func curl(_ url: String, _ user: User, headers: [String] = [], body: String? = nil) async throws -> String {
        let fields = headers.map { "--header '\($0)'" }.joined(separator: " ")
        let data = body.map { "--header 'content-type: application/json' --data '\($0)'" } ?? ""
        return try await user.shell("curl --silent --write-out '\\n%{http_code}' '\(url)' \(fields) \(data)").output
    }

    @Test func `a configuration that is in order is said to be`() async throws {
        let user = try User()
        let answer = try await user.suffice("serve", "--check")
        #expect(answer.status == 0 && answer.output == "The configuration is in order.\n", "\(answer.trouble)")
    }

    @Test func `what is wrong with a configuration is said by line and key, and nothing starts`() async throws {
        let user = try User()
        try user.folder.write("[routing]\nmode = \"fast\"\ndail = 1\n", to: "configuration/suffice.toml")
        let folder = user.folder.path + "/configuration"
        for arguments in [["--check"], ["--port", "0"]] {
            let answer = try await user.run(["serve", "--config", folder] + arguments)
            #expect(answer.status == 2)
            #expect(answer.output.isEmpty)
            #expect(
                answer.trouble.contains("suffice.toml:2:1: error: routing.mode: is 'fast'; write off, observe, route")
            )
            #expect(answer.trouble.contains("suffice.toml:3:1: warning: routing.dail"))
        }
    }

    @Test func `a second one on the same port says so and ends`() async throws {
        let gateway = try await ServedGateway()
        let address = try await gateway.listening()
        let second = try await gateway.user.suffice("serve", "--port", String(address.port), "--dashboard-port", "0")
        _ = try await gateway.stop()
        #expect(second.status == 1)
        #expect(second.trouble.contains("port \(address.port) is in use"))
    }

    @Test func `a new app counts from the next SIGHUP on, without a restart`() async throws {
        let gateway = try await ServedGateway()
        let (address, user) = (try await gateway.listening(), gateway.user)
        let url = address.url + "/v1/messages"
        #expect(try await curl(url, user, body: Self.request).hasSuffix("\n200"))
        let added = try await user.suffice("apps", "add", "ci", "--format", "json")
        let key = try #require(added.output.firstMatch(of: #/sk-suffice-[0-9a-f]+/#)?.output)
        gateway.send(SIGHUP)
        var refused = ""
        for _ in 0..<200 where !refused.hasSuffix("\n401") {
            refused = try await curl(url, user, body: Self.request)
        }
        #expect(refused.hasSuffix("\n401"))
        #expect(refused.contains("suffice apps add"))
        #expect(try await curl(url, user, headers: ["x-api-key: \(key)"], body: Self.request).hasSuffix("\n200"))
        let left = try await gateway.stop()
        #expect(left.status == 0 && !left.trouble.contains(key))
        let received = try gateway.received()
        #expect(received.allSatisfy { !$0.headers.values.contains { $0.contains(key) } })
    }

    @Test func `new prices count from the next SIGHUP on, without a restart`() async throws {
        let gateway = try await ServedGateway()
        let (address, user) = (try await gateway.listening(), gateway.user)
        let token = try String(contentsOfFile: address.adminTokenFile, encoding: .utf8).dropLast()
        let request = Self.request.replacing("claude-haiku-4-5", with: "claude-novum-9")
        func metrics() async throws -> String {
            #expect(try await curl(address.url + "/v1/messages", user, body: request).hasSuffix("\n200"))
            return try await curl(address.adminURL + "/metrics", user, headers: ["authorization: Bearer \(token)"])
        }
        #expect(try await metrics().contains(#"gen_ai_response_model="other"}"#))
        let list = """
            {"claude-novum-9": {"litellm_provider": "anthropic", "mode": "chat", "max_input_tokens": 200000,
             "input_cost_per_token": 1e-5, "output_cost_per_token": 5e-5}}
            """
        try user.folder.write(list, to: "prices.json")
        let update = try await user.suffice("prices", "update", user.folder.path + "/prices.json")
        #expect(update.status == 0, "\(update.trouble)")
        gateway.send(SIGHUP)
        var told = ""
        for _ in 0..<200 where !told.contains("claude-novum-9") { told = try await metrics() }
        _ = try await gateway.stop()
        #expect(told.contains(#"gen_ai_response_model="claude-novum-9"}"#))
    }

    @Test func `the admin listener tells what went through to whoever holds the token`() async throws {
        let gateway = try await ServedGateway()
        let (address, user) = (try await gateway.listening(), gateway.user)
        #expect(try await curl(address.url + "/v1/messages", user, body: Self.request).hasSuffix("\n200"))
        let token = try String(contentsOfFile: address.adminTokenFile, encoding: .utf8).dropLast()
        let bearer = ["authorization: Bearer \(token)"]
        let metrics = try await curl(address.adminURL + "/metrics", user, headers: bearer)
        let report = try await curl(address.adminURL + "/api/gateway", user, headers: bearer)
        let refused = try await curl(address.adminURL + "/metrics", user)
        _ = try await gateway.stop()
        #expect(metrics.contains(#"gen_ai_response_model="claude-haiku-4-5"} 1"#))
        #expect(report.contains(#""totals": {"requests": 1, "calls": 1"#))
        #expect(refused.hasSuffix("\n401"))
        let mode = try FileManager.default.attributesOfItem(atPath: address.adminTokenFile)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
