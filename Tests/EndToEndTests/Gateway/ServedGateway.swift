import Foundation
import TestSupport

/// The binary serving, as a user starts it, before a provider with a script.
struct ServedGateway {
    /// What `suffice serve --format json` says once it listens.
    struct Address: Decodable {
        var url: String
        var adminURL: String
        var adminTokenFile: String

        var port: Int { URL(string: url)?.port ?? 0 }
    }

    /// A request as the provider got it.
    struct Received: Decodable {
        struct Body: Decodable {
            var model: String
            var stream: Bool?
        }

        var path: String
        var headers: [String: String]
        var body: Body
        /// Answers to tool calls that the provider never made.
        var unknownCalls: [String]
    }

    let user: User
    private let upstream: Started?
    private let gateway: Started

    /// Serves before a provider with a script; the configuration is put before the upstreams in `suffice.toml`.
    init(_ configuration: String = "") async throws {
        let user = try User()
        let script = PythonClients.folder + "/upstream.py"
        let upstream = try Started(
            "/usr/bin/env",
            ["python3", script, "--log", user.folder.path + "/upstream.jsonl"],
            user: user
        )
        let port = try await upstream.firstLine().trimmingCharacters(in: .whitespacesAndNewlines)
        try user.configure(before: "http://127.0.0.1:\(port)", configuration)
        try self.init(configuredIn: user, key: "sk-test-upstream", upstream: upstream)
    }

    /// Serves before a server that speaks both providers' APIs.
    init(before url: String, key: String, user: User) throws {
        try user.configure(before: url)
        try self.init(configuredIn: user, key: key)
    }

    /// Serves with the `suffice.toml` that the user wrote.
    init(
        configuredIn user: User,
        key: String,
        upstream: Started? = nil,
        environment: [String: String] = [:]
    ) throws {
        self.user = user
        self.upstream = upstream
        gateway = try Started(
            Binary.path,
            ["serve", "--port", "0", "--dashboard-port", "0", "--format", "json"],
            user: user,
            environment: ["SUFFICE_CONFIG": user.folder.path + "/configuration", "TEST_UPSTREAM_KEY": key]
                .merging(environment) { $1 }
        )
    }

    /// Waits until it listens.
    func listening() async throws -> Address {
        try JSONDecoder().decode(Address.self, from: Data(try await gateway.firstValue().utf8))
    }

    var processID: Int32 { gateway.processID }

    func send(_ signal: Int32) { gateway.send(signal) }

    /// What the provider got so far.
    func received() throws -> [Received] {
        try String(contentsOfFile: user.folder.path + "/upstream.jsonl", encoding: .utf8)
            .split(separator: "\n").map { try JSONDecoder().decode(Received.self, from: Data($0.utf8)) }
    }

    /// Ends the gateway as Ctrl-C does, and the provider; answers what the gateway left behind.
    func stop(_ signal: Int32 = SIGINT) async throws -> Answer {
        gateway.send(signal)
        let answer = try await gateway.end()
        upstream?.send(SIGKILL)
        _ = try await upstream?.end()
        return answer
    }
}

extension User {
    /// Writes a configuration with an upstream of each provider at one address.
    func configure(before url: String, _ configuration: String = "") throws {
        let upstreams = ["anthropic", "openai"].map { provider in
            """

            [[upstream]]
            name = "\(provider)"
            provider = "\(provider)"
            url = "\(url)"
            key_env = "TEST_UPSTREAM_KEY"

            """
        }
        try folder.write(configuration + upstreams.joined(), to: "configuration/suffice.toml")
    }
}
