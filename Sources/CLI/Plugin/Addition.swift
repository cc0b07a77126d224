import Domain
import Foundation
import Ingestion
import Settings

/// One thing that Suffice adds to an agent, and takes away again.
struct Addition {
    var agent: Agent
    /// What it is, in a few words.
    var title: String
    /// What will change on disk, line by line.
    var preview: String
    /// It is there already.
    var isMade: Bool
    /// Makes it, and gives back what there is to tell.
    var make: () throws -> [String]
}

/// What Suffice can add to the agents of a user.
struct Additions {
    let world: World
    /// Whether it may speak up by itself: hooks, and the status line.
    let withHooks: Bool

    /// How the agents find suffice: by its name where a shell finds this very suffice so.
    private let command: String

    init(world: World, withHooks: Bool) {
        self.world = world
        self.withHooks = withHooks
        command = world.sufficeCommand
    }

    var journal: ChangeJournal { world.changes }

    /// What there is to add to an agent; nothing where the agent is not here.
    func all(for agent: Agent) throws -> [Addition] {
        switch agent {
        case .claudeCode:
            guard let folder = world.claudeCodeFolder else { return [] }
            return [plugin(in: folder)] + (withHooks ? try [statusLine(in: folder)].compactMap { $0 } : [])
        case .codex: return try world.codexFolder.map { [try server(in: $0)] } ?? []
        default: return []
        }
    }

    private func plugin(in folder: String) -> Addition {
        let plugin = ClaudeCodePlugin(command: command, hasHooks: withHooks)
        let target = PluginFolder(path: folder + "/skills/" + ClaudeCodePlugin.name, dataFolder: world.dataFolder)
        let hooks = withHooks ? ", and hooks that tell what was spent and hint at cheaper subagents" : ""
        return Addition(
            agent: .claudeCode,
            title: "a plugin with /suffice:savings, :spend and :model, and the MCP server\(hooks)",
            preview: plugin.files.map { "+ \(target.path)/\($0.path)\n" }.joined(),
            isMade: target.holds(plugin.files),
            make: { try target.install(plugin.files).map { "kept as it is, since it was edited: \($0)" } }
        )
    }

    /// Nil where the user has a status line of another program.
    private func statusLine(in folder: String) throws -> Addition? {
        let line: SettingValue = [
            "type": "command", "command": .string(command.quotedForShell + " statusline"),
        ]
        let path = folder + "/settings.json"
        let change = SettingsChange(path: path, form: .json, edits: [.set(path: ["statusLine"], value: line)])
        let plan = try journal.plan([change])
        if let before = plan.first?.before, let text = try? SettingsText(before, form: .json),
            let there = text.value[["statusLine"]], !there.means(line)
        {
            return nil
        }
        return addition(.claudeCode, "a status line with the session's cost", plan, name: "statusline")
    }

    private func server(in folder: String) throws -> Addition {
        let path = ["mcp_servers", "suffice"]
        let change = SettingsChange(
            path: folder + "/config.toml",
            form: .toml,
            edits: [
                .set(path: path + ["command"], value: .string(command)), .set(path: path + ["args"], value: ["mcp"]),
            ]
        )
        return addition(.codex, "the MCP server", try journal.plan([change]), name: "mcp")
    }

    private func addition(_ agent: Agent, _ title: String, _ plan: [PlannedChange], name: String) -> Addition {
        // Made anew after somebody took it out by hand, it has a record of its own, and the old one stays true.
        let id = "onboard-\(agent.rawValue)-\(name)-\(world.now.milliseconds)"
        let journal = journal
        return Addition(
            agent: agent,
            title: title,
            preview: plan.map(\.diff).joined(),
            isMade: plan.allSatisfy(\.changesNothing),
            make: {
                try journal.apply(plan, as: id)
                return []
            }
        )
    }
}

extension World {
    /// The record of all changes of agents' settings.
    var changes: ChangeJournal { ChangeJournal(folder: dataFolder + "/changes") }

    /// Claude Code's settings; nil where it was never used here.
    var claudeCodeFolder: String? {
        let named = places.folders(in: "CLAUDE_CONFIG_DIR")?.filter { !$0.hasSuffix("/projects") }
        return (named ?? [home + "/.claude", places.configHome + "/claude"]).first(where: isFolder)
    }

    /// Codex's settings; nil where it was never used here.
    var codexFolder: String? { [self["CODEX_HOME"].map(absolute) ?? home + "/.codex"].first(where: isFolder) }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// `suffice` where the shell finds this binary by that name, else the binary's path.
    var sufficeCommand: String {
        let own = Bundle.main.executablePath.map { ($0 as NSString).resolvingSymlinksInPath }
        for folder in (self["PATH"] ?? "").split(separator: ":") where folder.hasPrefix("/") {
            let path = String(folder) + "/suffice"
            guard FileManager.default.isExecutableFile(atPath: path) else { continue }
            // The first one is the one that is started.
            if (path as NSString).resolvingSymlinksInPath == own { return "suffice" }
            break
        }
        return own ?? "suffice"
    }
}
