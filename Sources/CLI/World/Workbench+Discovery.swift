import Domain
import Foundation
import Ingestion

extension Workbench {
    /// The logs at paths the user named.
    ///
    /// A home folder is looked through as agents lay theirs out; of any other path the agent must be known, or show in
    /// the names of its folders.
    func discovery(at paths: [String], agent: Agent?, since: Timestamp?) throws(CommandError) -> Discovery {
        var found = Discovery(sources: [], in: world.places)
        var seen: Set<String> = []
        for path in paths.map(world.absolute) {
            guard FileManager.default.fileExists(atPath: path) else {
                throw .badInput("'\(path)' is not there; name a log file, a folder of logs, or a home folder")
            }
            let part = try discovery(at: path, agent: agent)
            found.files += part.files.filter { seen.insert($0.path).inserted }
            found.roots += part.roots
            found.troubles += part.troubles
        }
        return found.changed(since: since)
    }

    private func discovery(at path: String, agent: Agent?) throws(CommandError) -> Discovery {
        let sources = allLogSources.filter { agent == nil || $0.agent == agent }
        let home = Discovery(sources: sources, in: Places(home: path, environment: [:]))
        if !home.roots.isEmpty { return home }
        guard let agent = agent ?? Agent(ownerOf: path, among: sources, in: world.places),
            let source = sources.first(where: { $0.agent == agent })
        else {
            let names = allLogSources.map(\.agent.rawValue).joined(separator: ", ")
            throw .badInput("cannot tell whose logs '\(path)' holds; say --agent with one of \(names)")
        }
        return Discovery(source: source, at: path)
    }
}

extension Agent {
    /// The agent whose folders the path lies in, or whose folders' names it carries.
    fileprivate init?(ownerOf path: String, among sources: [any LogSource], in places: Places) {
        for source in sources where source.roots(in: places).contains(where: { path == $0 || path.hasPrefix($0 + "/") })
        {
            self = source.agent
            return
        }
        let folders = Set(path.split(separator: "/").map(String.init))
        let marks: [(folder: String, agent: Agent)] = [
            (".claude", .claudeCode), ("claude", .claudeCode), (".codex", .codex), (".copilot", .copilotCLI),
            (".gemini", .geminiCLI), ("opencode", .openCode), (".pi", .pi), ("amp", .amp), (".qwen", .qwenCode),
        ]
        guard let mark = marks.first(where: { folders.contains($0.folder) }) else { return nil }
        self = mark.agent
    }
}
