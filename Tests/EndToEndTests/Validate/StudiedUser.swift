import Foundation
import TestSupport

/// A user with a history of steps, and a provider who answers them.
struct StudiedUser {
    /// As `suffice validate --format json` tells it.
    struct Study: Decodable {
        var outcome: String
        var steps: Int
        var spentUSD: Double
        var spentNowUSD: Double
        var lostUSD: Double
        var budgetUSD: Double
        var fidelity: [String: Int]
        var ending: String
        var delivery: String
    }

    struct Plan: Decodable {
        var estimatedUSD: Double
        var requests: Int
        var fidelity: [String: Int]
        var delivery: String
    }

    /// How the installed agent was started.
    struct AgentStart: Decodable {
        var home: String
        var arguments: [String]
        var folder: String
        var key: String
    }

    struct Logged: Decodable {
        var connection: Bool?
        var model: String?
        var session: String?
        var step: Int?
        var key: String?
        var batched: Bool?
        var caches: Bool?
        /// The id of a batch that was taken, asked for or cancelled.
        var created: String?
        var poll: String?
        var cancelled: String?
        /// The name of a file that was removed.
        var deleted: String?
    }

    static let original = "claude-opus-4-5"
    private static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Scripts"

    let user: User
    let sessions: [String]
    private let provider: Started

    /// Each model does what was recorded with the chance given; what it does else ends in the marks.
    ///
    /// After so many replies the provider says nothing until it is let go. With options of theirs, it takes batches.
    init(
        sessions: Int,
        steps: Int,
        heldAfter: Int? = nil,
        marks: String = "",
        recordsRequests: Bool = true,
        ofCodex: Bool = false,
        batches: [String]? = nil,
        _ chances: [String: Double]
    ) async throws {
        user = try User()
        let written = try await Started(
            "/usr/bin/env",
            [
                "python3", Self.scripts + (ofCodex ? "/codex.py" : "/history.py"), user.home, String(sessions),
                String(steps),
            ]
                + (recordsRequests ? [] : ["unrecorded"]),
            user: user
        ).end()
        guard written.status == 0 else { throw Started.Silent(trouble: written.trouble) }
        self.sessions = (0..<sessions).map {
            let digits = String($0)
            return (ofCodex ? "019f" : "0000") + String(repeating: "0", count: 4 - digits.count) + digits
                + "-0000-4000-8000-000000000000"
        }
        let folder = user.folder.path
        let held = heldAfter.map { ["--held", String($0), "--go", folder + "/go"] } ?? []
        provider = try Started(
            "/usr/bin/env",
            ["python3", Self.scripts + "/provider.py", "--log", folder + "/provider.jsonl", "--marks", marks] + held
                + (batches.map { ["--batches"] + $0 } ?? [])
                + chances.map { "\($0.key)=\($0.value)" },
            user: user
        )
        let port = try await provider.firstLine().trimmingCharacters(in: .whitespacesAndNewlines)
        try user.folder.write(
            """
            [[upstream]]
            name = "scripted"
            provider = "anthropic"
            url = "http://127.0.0.1:\(port)"
            key_env = "SCRIPTED_KEY"

            [[upstream]]
            name = "scripted-too"
            provider = "openai"
            url = "http://127.0.0.1:\(port)"
            key_env = "SCRIPTED_KEY"
            """,
            to: "home/.config/suffice/suffice.toml"
        )
    }

    private static let environment = ["SCRIPTED_KEY": "sk-scripted"]

    func validate(_ arguments: String...) async throws -> Answer {
        try await user.run(["validate"] + sessions + arguments, environment: Self.environment)
    }

    func suffice(_ arguments: String...) async throws -> Answer { try await suffice(arguments) }

    func suffice(_ arguments: [String]) async throws -> Answer {
        try await user.run(arguments, environment: Self.environment)
    }

    func startValidating(_ arguments: String...) throws -> Started {
        try Started(Binary.path, ["validate"] + sessions + arguments, user: user, environment: Self.environment)
    }

    func study(_ arguments: String...) async throws -> Study {
        let answer = try await user.run(
            ["validate"] + sessions + arguments + ["--yes", "--format", "json"],
            environment: Self.environment
        )
        guard answer.status == 0 else { throw Started.Silent(trouble: answer.trouble) }
        return try JSONDecoder().decode(Study.self, from: Data(answer.output.utf8))
    }

    func plan(_ arguments: String...) async throws -> Plan {
        let answer = try await user.run(["validate"] + sessions + arguments + ["--dry-run", "--format", "json"])
        return try JSONDecoder().decode(Plan.self, from: Data(answer.output.utf8))
    }

    /// What would be asked, with the agent's prompt of a version that is found by `PATH`; and what is said besides.
    func planRecapturing(as agent: String = "claude", _ arguments: String...) async throws -> (
        plan: Plan, trouble: String, start: AgentStart
    ) {
        let place = user.folder.path + "/bin"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let script = agent == "codex" ? "/installed_codex.py" : "/claude.py"
        try FileManager.default.copyItem(atPath: Self.scripts + script, toPath: place + "/" + agent)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place + "/" + agent)
        let answer = try await user.run(
            ["validate"] + sessions + arguments + ["--recapture", "--dry-run", "--format", "json"],
            environment: ["PATH": place + ":/usr/bin:/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
        )
        let start = try Data(contentsOf: URL(fileURLWithPath: place + "/started.json"))
        return (
            try JSONDecoder().decode(Plan.self, from: Data(answer.output.utf8)), answer.trouble,
            try JSONDecoder().decode(AgentStart.self, from: start)
        )
    }

    var log: [Logged] {
        get throws {
            let text = try? String(contentsOfFile: user.folder.path + "/provider.jsonl", encoding: .utf8)
            return try (text ?? "").split(separator: "\n").map {
                try JSONDecoder().decode(Logged.self, from: Data($0.utf8))
            }
        }
    }

    var replies: [Logged] { get throws { try log.filter { $0.model != nil } } }

    /// Waits until the provider has answered so many requests.
    func replied(_ count: Int) async throws {
        while try replies.count < count { try await Task.sleep(for: .milliseconds(20)) }
    }

    func letGo() throws { try user.folder.write("", to: "go") }

    var created: [String] { get throws { try log.compactMap(\.created) } }

    func stop() async throws {
        provider.send(SIGKILL)
        _ = try await provider.end()
    }
}
