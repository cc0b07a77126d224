import Domain
import Foundation
import Ingestion
import Settings

/// Where agents keep the settings that a rule changes.
struct AgentSettings {
    let world: World
    /// The project's folder; nil: the user's own settings, for every project.
    let project: String?
    /// In a project the file that is shared with others, not the user's own.
    var isShared = false

    /// Claude Code's `settings.json`: the user's, a project's shared one, or the user's own in a project.
    ///
    /// See code.claude.com/docs/en/settings.
    var claude: String {
        guard let project else { return claudeHome + "/settings.json" }
        return project + "/.claude/" + (isShared ? "settings.json" : "settings.local.json")
    }

    /// Codex's `config.toml`; it reads a project's only where the user trusts the project.
    var codex: String { project.map { $0 + "/.codex/config.toml" } ?? codexHome + "/config.toml" }

    /// A profile of Codex is a file of its own since 0.134 (developers.openai.com/codex/config-advanced).
    func codexProfile(_ name: String) -> String { "\(codexHome)/\(name).config.toml" }

    func instructions(of agent: Agent) -> String? {
        switch agent {
        case .claudeCode: (project ?? claudeHome) + "/CLAUDE.md"
        case .codex: (project ?? codexHome) + "/AGENTS.md"
        case .copilotCLI, .openCode, .pi, .amp: project.map { $0 + "/AGENTS.md" }
        case .geminiCLI: project.map { $0 + "/GEMINI.md" }
        case .qwenCode: project.map { $0 + "/QWEN.md" }
        case .gateway: nil
        }
    }

    /// The gateway's `suffice.toml`: in `$SUFFICE_CONFIG`, else the user's own.
    var gateway: String {
        (world["SUFFICE_CONFIG"].map(world.absolute) ?? world.places.configHome + "/suffice") + "/suffice.toml"
    }

    /// The file that defines a type of subagent: the project's before the user's.
    func definition(of subagent: String, for agent: Agent) -> String? {
        let folders = [project.map { $0 + agent.subagentFolder }, home(of: agent).map { $0 + "/agents" }]
        let suffix = agent == .codex ? ".toml" : ".md"
        for folder in folders.compactMap({ $0 }) {
            let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
            for name in names where name.hasSuffix(suffix) {
                let path = folder + "/" + name
                if self.name(in: path, agent) ?? String((name as NSString).lastPathComponent.dropLast(suffix.count))
                    == subagent
                {
                    return path
                }
            }
        }
        return nil
    }

    /// The name that a definition gives itself.
    private func name(in path: String, _ agent: Agent) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? SettingsText([UInt8](data), form: agent == .codex ? .toml : .frontMatter).value[["name"]]?.text
    }

    private func home(of agent: Agent) -> String? {
        switch agent {
        case .claudeCode: claudeHome
        case .codex: codexHome
        default: nil
        }
    }

    private var claudeHome: String {
        world.places.folders(in: "CLAUDE_CONFIG_DIR")?.first.map(world.absolute) ?? world.home + "/.claude"
    }

    private var codexHome: String { world["CODEX_HOME"].map(world.absolute) ?? world.home + "/.codex" }
}

extension Agent {
    fileprivate var subagentFolder: String { self == .codex ? "/.codex/agents" : "/.claude/agents" }
}
