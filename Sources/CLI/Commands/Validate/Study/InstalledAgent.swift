import Domain
import Foundation
import Gateway
import Ingestion

/// The user's own Claude Code or Codex, to be run once so that it shows its standing prompt.
///
/// It runs in an empty home and folder, without the user's settings, hooks, MCP servers or login, with a key that is none,
/// before a server that only notes what it is asked. Its log goes with the home: such a run is never read as work.
struct InstalledAgent {
    private let agent: Agent
    private let path: String
    private let searchPath: String

    /// Nil where none is to be found by `PATH`.
    init?(_ agent: Agent, in world: World) {
        self.agent = agent
        searchPath = world["PATH"] ?? "/usr/bin:/bin"
        let places = searchPath.split(separator: ":").map { world.absolute(String($0)) + "/" + agent.program }
        guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return nil }
        self.path = path
    }

    private static let patience = Duration.seconds(60)

    /// What it sends a model first; nil where it asks nothing within a minute.
    func standingPrompt(for model: ModelID) async throws -> StandingPrompt? {
        let files = FileManager.default
        let name = "suffice-agent-\(UUID().uuidString)"
        let home = files.temporaryDirectory.resolvingSymlinksInPath().appending(path: name)
        let folder = home.appending(path: "project")
        try files.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        // Codex wants its home to be there.
        try files.createDirectory(at: home.appending(path: ".codex"), withIntermediateDirectories: true)
        defer { try? files.removeItem(at: home) }
        let catcher = try await RequestCatcher.start()
        let (asked, environment) = start(for: model, at: catcher.port, in: home.path)
        let process = try start(asked, environment, in: folder)
        let version = (try? version(environment, in: folder)) ?? ""
        let isCodex = agent == .codex
        let prompt = await first(of: catcher) {
            isCodex
                ? StandingPrompt(responses: $0.body, version: version)
                : StandingPrompt(request: $0.body, version: version, folder: folder.path, name: name)
        }
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        await catcher.stop()
        return prompt
    }

    /// How it is started before a server at a port.
    private func start(for model: ModelID, at port: Int, in home: String) -> (
        arguments: [String], environment: [String: String]
    ) {
        let address = "http://127.0.0.1:\(port)"
        var environment = ["PATH": searchPath, "HOME": home]
        guard agent == .codex else {
            environment["CLAUDE_CONFIG_DIR"] = home + "/.claude"
            environment["ANTHROPIC_BASE_URL"] = address
            environment["ANTHROPIC_API_KEY"] = "sk-ant-none"
            environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1"
            environment["DISABLE_AUTOUPDATER"] = "1"
            return (
                [
                    "-p", "--model", model.rawValue, "--settings", #"{"disableAllHooks":true}"#, "--strict-mcp-config",
                    "--mcp-config", #"{"mcpServers":{}}"#, "--", "hello",
                ], environment
            )
        }
        environment["CODEX_HOME"] = home + "/.codex"
        environment["SUFFICE_NO_KEY"] = "sk-none"
        // Whatever else it would ask of anybody comes to the same server, and is refused.
        environment["HTTPS_PROXY"] = address
        environment["NO_PROXY"] = "127.0.0.1"
        let provider =
            "model_providers.suffice={name=\"suffice\",base_url=\"\(address)/v1\",env_key=\"SUFFICE_NO_KEY\","
            + "wire_api=\"responses\",request_max_retries=0,stream_max_retries=0}"
        return (
            [
                "exec", "--skip-git-repo-check", "-m", model.rawValue, "-c", "model_provider=\"suffice\"", "-c",
                provider,
                "-c", "analytics.enabled=false", "-c", "check_for_update_on_startup=false", "hello",
            ], environment
        )
    }

    private func first(
        of catcher: RequestCatcher,
        _ prompt: @escaping @Sendable (RequestCatcher.Request) -> StandingPrompt?
    ) async -> StandingPrompt? {
        let path = agent == .codex ? APIFormat.responses.path : APIFormat.messages.path
        return await withTaskGroup(of: StandingPrompt?.self) { tasks in
            tasks.addTask {
                for await request in catcher.requests where request.path.hasPrefix(path) {
                    if let prompt = prompt(request) { return prompt }
                }
                return nil
            }
            tasks.addTask {
                try? await Task.sleep(for: InstalledAgent.patience)
                return nil
            }
            let prompt = await tasks.next() ?? nil
            tasks.cancelAll()
            return prompt
        }
    }

    /// As it says itself: `2.1.327 (Claude Code)`, `codex-cli 0.163.0`.
    private func version(_ environment: [String: String], in folder: URL) throws -> String {
        let output = Pipe()
        let process = try start(["--version"], environment, in: folder, output: output)
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let words = String(decoding: said, as: UTF8.self).split { $0 == " " || $0.isNewline }
        return words.first { $0.first?.isNumber == true }.map(String.init) ?? ""
    }

    private func start(
        _ arguments: [String],
        _ environment: [String: String],
        in folder: URL,
        output: Pipe? = nil
    ) throws -> Process {
        let agent = Process()
        agent.executableURL = URL(fileURLWithPath: path)
        agent.arguments = arguments
        agent.environment = environment
        agent.currentDirectoryURL = folder
        agent.standardInput = FileHandle.nullDevice
        agent.standardError = FileHandle.nullDevice
        if let output { agent.standardOutput = output } else { agent.standardOutput = FileHandle.nullDevice }
        try agent.run()
        return agent
    }
}

extension Agent {
    /// What it is started by.
    fileprivate var program: String { self == .codex ? "codex" : "claude" }
}

extension Workbench {
    /// The installed agent's prompt, where the user wants it taken; nil, and said why, where there is none.
    func standingPrompt(for task: StudyTask, with options: StudyOptions) async throws(CommandError) -> StandingPrompt? {
        guard options.recapture else { return nil }
        let kind: Agent = task.sessions.values.contains { $0.agent != .codex } ? .claudeCode : .codex
        guard let agent = InstalledAgent(kind, in: world) else {
            Output.trouble("no \(kind.program) is to be found by PATH: its prompt cannot be taken")
            return nil
        }
        do {
            if let prompt = try await agent.standingPrompt(for: task.model) { return prompt }
            Output.trouble("the installed \(kind.program) asked nothing within a minute: its prompt cannot be taken")
            return nil
        } catch {
            throw .failed("the installed \(kind.program) cannot be run: \(error.localizedDescription)")
        }
    }
}

extension StudyDesk {
    /// Says why prompts are guessed although the installed agent was asked for its own.
    func tellOfGuesses() {
        guard options.recapture, !history.guessedVersions.isEmpty else { return }
        let versions = history.guessedVersions.sorted().joined(separator: ", ")
        Output.trouble(
            "steps recorded with \(versions) keep a guessed prompt: only an agent of the very version tells its own"
        )
    }
}
