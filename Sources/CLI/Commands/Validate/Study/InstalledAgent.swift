import Domain
import Foundation
import Gateway
import Ingestion

/// The user's own Claude Code, to be run once so that it shows its standing prompt.
///
/// It runs in an empty home and folder, without the user's settings, hooks, MCP servers or login, with a key that is none,
/// before a server that only notes what it is asked. Its log goes with the home: such a run is never read as work.
struct InstalledAgent {
    private let path: String
    private let searchPath: String

    /// Nil where none is to be found by `PATH`.
    init?(in world: World) {
        searchPath = world["PATH"] ?? "/usr/bin:/bin"
        let places = searchPath.split(separator: ":").map { world.absolute(String($0)) + "/claude" }
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
        defer { try? files.removeItem(at: home) }
        let catcher = try await RequestCatcher.start()
        let environment = [
            "PATH": searchPath, "HOME": home.path, "CLAUDE_CONFIG_DIR": home.path + "/.claude",
            "ANTHROPIC_BASE_URL": "http://127.0.0.1:\(catcher.port)", "ANTHROPIC_API_KEY": "sk-ant-none",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1",
        ]
        let asked = [
            "-p", "--model", model.rawValue, "--settings", #"{"disableAllHooks":true}"#, "--strict-mcp-config",
            "--mcp-config", #"{"mcpServers":{}}"#, "--", "hello",
        ]
        let agent = try start(asked, environment, in: folder)
        let version = try? version(environment, in: folder)
        let prompt = await first(of: catcher) {
            StandingPrompt(request: $0.body, version: version ?? "", folder: folder.path, name: name)
        }
        if agent.isRunning { agent.terminate() }
        agent.waitUntilExit()
        await catcher.stop()
        return prompt
    }

    private func first(
        of catcher: RequestCatcher,
        _ prompt: @escaping @Sendable (RequestCatcher.Request) -> StandingPrompt?
    ) async -> StandingPrompt? {
        await withTaskGroup(of: StandingPrompt?.self) { tasks in
            tasks.addTask {
                for await request in catcher.requests where request.path.hasPrefix("/v1/messages") {
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

    /// As it says itself: `2.1.327 (Claude Code)`.
    private func version(_ environment: [String: String], in folder: URL) throws -> String {
        let output = Pipe()
        let agent = try start(["--version"], environment, in: folder, output: output)
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        agent.waitUntilExit()
        return String(decoding: said.prefix { $0 != 0x20 && $0 != 0x0A }, as: UTF8.self)
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

extension Workbench {
    /// The installed agent's prompt, where the user wants it taken; nil, and said why, where there is none.
    func standingPrompt(for task: StudyTask, with options: StudyOptions) async throws(CommandError) -> StandingPrompt? {
        guard options.recapture else { return nil }
        guard let agent = InstalledAgent(in: world) else {
            Output.trouble("no claude is to be found by PATH: its prompt cannot be taken")
            return nil
        }
        do {
            if let prompt = try await agent.standingPrompt(for: task.model) { return prompt }
            Output.trouble("the installed claude asked nothing within a minute: its prompt cannot be taken")
            return nil
        } catch {
            throw .failed("the installed claude cannot be run: \(error.localizedDescription)")
        }
    }
}

extension StudyDesk {
    /// Says why prompts are guessed although the installed agent was asked for its own.
    func tellOfGuesses() {
        guard options.recapture, !history.guessedVersions.isEmpty else { return }
        let versions = history.guessedVersions.sorted().joined(separator: ", ")
        Output.trouble(
            "steps recorded with \(versions) keep a guessed prompt: only the very version of Claude Code tells its own"
        )
    }
}
