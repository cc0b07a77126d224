import Domain
import Foundation
import Settings

/// A rule that could be applied, with the edits that bring it about.
struct RuleDraft {
    var rule: Rule
    var changes: [SettingsChange]
    var notes: [String]
}

extension RuleDraft {
    /// What is known when the edits are made out.
    struct Ground {
        var finding: Finding
        var action: Rule.Action
        var agent: Agent
        var places: AgentSettings
        var profile: String?
        /// Types of subagents that were flagged.
        var subagents: [String]
        /// Settings of the cache's life that save, with their value.
        var lifetimes: [(setting: String, value: String)]
        var forecast: Rule.Forecast
        var now: Timestamp
    }

    init(_ ground: Ground) throws(CommandError) {
        let finding = ground.finding
        let pair = finding.mainReplacement
        var subagents: [String] = []
        notes = []
        let text: String
        switch ground.action {
        case .model:
            guard let pair else { throw .badInput("\(finding.id) names no cheaper model; see: suffice rules show") }
            changes = [try RuleDraft.model(pair.target, ground)]
            text = "make \(pair.target) the model that \(ground.agent.rawValue) starts on"
        case .subagentModel:
            guard let pair else { throw .badInput("\(finding.id) names no cheaper model; see: suffice rules show") }
            (changes, subagents) = try RuleDraft.subagents(pair.target, ground)
            let names = subagents.isEmpty ? "subagents that name no model" : subagents.joined(separator: ", ")
            text = "run \(names) on \(pair.target)"
        case .cacheLifetime:
            guard ground.agent == .claudeCode else {
                throw .badInput("only Claude Code lets the life of its cache be set; see: suffice optimize --explain")
            }
            guard !ground.lifetimes.isEmpty else {
                throw .badInput("over all history neither life of the cache would have saved: nothing to change")
            }
            let edits = ground.lifetimes.map { SettingsEdit.set(path: [$0.setting], value: .string($0.value)) }
            changes = [SettingsChange(path: ground.places.claude, form: .json, edits: edits)]
            text = "set " + ground.lifetimes.map { "\($0.setting) to \($0.value)" }.joined(separator: " and ")
            notes.append("Claude Code knows these settings since 2.1.242.")
        case .instruction:
            guard let instruction = finding.instruction, let path = ground.places.instructions(of: ground.agent) else {
                throw .badInput("no instruction would help with \(finding.id): \(finding.action.text)")
            }
            let edit = SettingsEdit.block(name: finding.id, text: instruction)
            changes = [SettingsChange(path: path, form: .instructions, edits: [edit])]
            text = "tell \(ground.agent.rawValue) \"\(instruction)\""
        case .route:
            (changes, text) = RuleDraft.route(ground, pair)
            notes.append("The gateway reads it when it starts: restart suffice serve.")
        }
        rule = Rule(
            id: RuleDraft.id(finding.id, ground.action, changes.map(\.path)),
            finding: finding.id,
            kind: finding.kind,
            action: ground.action,
            agent: ground.agent,
            project: ground.places.project,
            model: pair?.model,
            target: pair?.target,
            subagents: subagents,
            text: text,
            applied: ground.now,
            forecast: ground.forecast
        )
        if ground.agent == .codex, ground.places.project != nil,
            changes.contains(where: { $0.path.contains("/.codex/") })
        {
            notes.append("Codex reads a project's .codex folder only where the project is trusted.")
        }
    }

    private static func model(_ target: ModelID, _ ground: Ground) throws(CommandError) -> SettingsChange {
        let edit = SettingsEdit.set(path: ["model"], value: .string(target.rawValue))
        switch ground.agent {
        case .claudeCode: return SettingsChange(path: ground.places.claude, form: .json, edits: [edit])
        case .codex:
            let path = ground.profile.map(ground.places.codexProfile) ?? ground.places.codex
            return SettingsChange(path: path, form: .toml, edits: [edit])
        default:
            throw .badInput(
                "the settings of \(ground.agent.rawValue) are not known to Suffice: \(ground.finding.action.text)"
            )
        }
    }

    /// The definitions of the flagged types; where one has none, the variable for all that name no model.
    private static func subagents(_ target: ModelID, _ ground: Ground) throws(CommandError) -> (
        changes: [SettingsChange], types: [String]
    ) {
        let model = SettingsEdit.set(path: ["model"], value: .string(target.rawValue))
        var changes: [SettingsChange] = []
        for type in ground.subagents {
            guard let path = ground.places.definition(of: type, for: ground.agent) else {
                guard ground.agent == .claudeCode else { continue }
                let variable = SettingsEdit.set(
                    path: ["env", "CLAUDE_CODE_SUBAGENT_MODEL"],
                    value: .string(target.rawValue)
                )
                return ([SettingsChange(path: ground.places.claude, form: .json, edits: [variable])], [])
            }
            changes.append(
                SettingsChange(path: path, form: ground.agent == .codex ? .toml : .frontMatter, edits: [model])
            )
        }
        guard !changes.isEmpty else {
            throw .badInput("these subagents have no definition that could be changed: \(ground.finding.action.text)")
        }
        return (changes, ground.subagents)
    }

    /// For the phases of work the gateway's own routing; else a route for the model.
    private static func route(_ ground: Ground, _ pair: (model: ModelID, target: ModelID)?) -> (
        changes: [SettingsChange], text: String
    ) {
        guard let pair, ground.finding.kind != "routing-by-phase" else {
            let edit = SettingsEdit.set(path: ["routing", "mode"], value: "route")
            return (
                [SettingsChange(path: ground.places.gateway, form: .toml, edits: [edit])],
                "let the gateway send what is simple to cheaper models"
            )
        }
        var when: [SettingValue.Entry] = [.init("agent", .string(ground.agent.rawValue))]
        if let project = ground.places.project { when.append(.init("project", .string(project))) }
        when.append(.init("model", .string(pair.model.rawValue)))
        let route: SettingValue = .table([.init("when", .table(when)), .init("use", .string(pair.target.rawValue))])
        return (
            [
                SettingsChange(
                    path: ground.places.gateway,
                    form: .toml,
                    edits: [.append(path: ["route"], value: route)]
                )
            ],
            "send what asks the gateway for \(pair.model) to \(pair.target)"
        )
    }

    /// FNV-1a over what makes it the same rule.
    private static func id(_ finding: String, _ action: Rule.Action, _ paths: [String]) -> String {
        var hash: UInt32 = 0x811c_9dc5
        for part in [finding, action.rawValue] + paths {
            for byte in Array(part.utf8) + [0xff] { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        }
        let digits = String(hash, radix: 16)
        return "r-" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
