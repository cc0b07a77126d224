import Domain
import Foundation
import Settings
import Store

/// A place that says something else than a rule, and that the agent heeds before the rule's.
struct SettingsOverride: Hashable {
    /// A file, or a variable of the environment.
    var place: String
    var key: String
    var value: String

    var text: String { "\(place) sets \(key) to '\(value)' and wins: there the rule changes nothing." }
}

extension AgentSettings {
    /// What wins over a change of this agent's settings, in projects where the rule is meant to hold.
    ///
    /// Claude Code heeds managed settings before a command line's, a project's local ones, its shared ones and the
    /// user's; `ANTHROPIC_MODEL` before any `model`, and `CLAUDE_CODE_SUBAGENT_MODEL` before a subagent's own definition
    /// (code.claude.com/docs/en/settings, /model-config, /sub-agents). Codex heeds its administrator's file before a
    /// project's, that before a profile and the user's (developers.openai.com/codex/config-basic). What a command line
    /// will say nobody knows before.
    func overrides(of change: SettingsChange, for agent: Agent, in projects: [String]) -> [SettingsOverride] {
        let layers = layers(for: agent, in: projects)
        let rank = layers.firstIndex { $0.path == change.path } ?? (isProfile(change.path) ? 0 : layers.count - 1)
        let above = layers.dropFirst(rank + 1)
        var found: [SettingsOverride] = []
        for case .set(let key, let value) in change.edits {
            found += above.compactMap { $0.override(of: key, saying: value) }
            if key == ["routing", "mode"] { found += environment("SUFFICE_ROUTING_MODE", value) }
            guard agent == .claudeCode, key == ["model"] else { continue }
            let variable = change.form == .frontMatter ? "CLAUDE_CODE_SUBAGENT_MODEL" : "ANTHROPIC_MODEL"
            found += layers.compactMap { $0.override(of: ["env", variable], saying: value) }
            found += environment(variable, value)
        }
        var seen: Set<SettingsOverride> = []
        return found.filter { seen.insert($0).inserted }
    }

    private func environment(_ variable: String, _ wanted: SettingValue) -> [SettingsOverride] {
        guard let there = world[variable], SettingValue.string(there) != wanted else { return [] }
        return [SettingsOverride(place: "the environment here", key: variable, value: there)]
    }

    private func isProfile(_ path: String) -> Bool { path.hasSuffix(".config.toml") }

    /// The files of an agent's settings that can be read, the ones that win last.
    private func layers(for agent: Agent, in projects: [String]) -> [Layer] {
        let own = AgentSettings(world: world, project: nil)
        let folders = project.map { [$0] } ?? projects
        switch agent {
        case .claudeCode:
            let shared = folders.map { AgentSettings(world: world, project: $0, isShared: true).claude }
            let local = folders.map { AgentSettings(world: world, project: $0).claude }
            return ([own.claude] + shared + local + managed).compactMap { Layer($0, .json) }
        case .codex:
            let files = folders.map { AgentSettings(world: world, project: $0).codex }
            return ([own.codex] + files + ["/etc/codex/managed_config.toml"]).compactMap { Layer($0, .toml) }
        default: return []
        }
    }

    /// What an administrator has set for Claude Code; of several files the last in their order wins.
    private var managed: [String] {
        #if os(macOS)
        let folder = "/Library/Application Support/ClaudeCode"
        #else
        let folder = "/etc/claude-code"
        #endif
        let parts = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/managed-settings.d")) ?? []
        return [folder + "/managed-settings.json"]
            + parts.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/managed-settings.d/" + $0 }
    }

    /// One file of settings.
    private struct Layer {
        var path: String
        var value: SettingValue

        /// A file that is not there yet says nothing; one that cannot be understood is another command's trouble.
        init?(_ path: String, _ form: SettingsForm) {
            self.path = path
            let bytes = FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
            guard !bytes.isEmpty else {
                value = .table([])
                return
            }
            guard let text = try? SettingsText(bytes, form: form) else { return nil }
            value = text.value
        }

        func override(of key: [String], saying wanted: SettingValue) -> SettingsOverride? {
            guard let there = value[key], !there.means(wanted) else { return nil }
            return SettingsOverride(place: path, key: key.joined(separator: "."), value: there.text ?? "something else")
        }
    }
}

extension Workbench {
    /// What wins over rules in force, and over which.
    func overrides(of rules: [Rule]) throws -> [(rule: Rule, overrides: [SettingsOverride])] {
        try rules.filter(\.status.isInForce).compactMap { rule in
            guard let standing = try? journal.standing(of: rule.id) else { return nil }
            let places = AgentSettings(world: world, project: rule.project)
            let projects = try rule.project == nil ? projects(of: rule.agent) : []
            let found = standing.flatMap { places.overrides(of: $0.change, for: rule.agent, in: projects) }
            return found.isEmpty ? nil : (rule, found)
        }
    }

    /// The folders that an agent worked in and that are still here.
    private func projects(of agent: Agent) throws -> [String] {
        var projects: Set<String> = []
        try forEachCall(in: try selection(SelectionOptions(since: .all, agent: agent), default: .all)) { entry in
            projects.insert(entry.project)
        }
        return projects.sorted().filter { $0.hasPrefix("/") && FileManager.default.fileExists(atPath: $0) }
    }
}
