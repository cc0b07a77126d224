import Domain
import Pricing
import Reports
import Settings

/// A program that a configuration can be written for.
enum ExportTarget: String, CaseIterable {
    /// Claude Code's `settings.json`.
    case claudeCodeSettings = "claude-code-settings"
    /// Codex's `config.toml`, or a profile of its own.
    case codexConfig = "codex-config"
    /// LiteLLM's proxy.
    case liteLLM = "litellm"
    /// Suffice's gateway: `suffice.toml`.
    case gateway
    /// Variables for a shell.
    case shell
}

extension ExportTarget {
    /// The whole file: it stands alone, and is valid also where there is nothing to change.
    func text(of choice: ExportedChoice, prices: PriceBook) throws(EditRefusal) -> String {
        switch self {
        case .claudeCodeSettings: try claudeCode(choice)
        case .codexConfig: try codex(choice)
        case .liteLLM: liteLLM(choice, prices)
        case .gateway: try gateway(choice, prices)
        case .shell: shell(choice)
        }
    }

    private func claudeCode(_ choice: ExportedChoice) throws(EditRefusal) -> String {
        // The schema is what editors check the file by.
        var edits: [SettingsEdit] = [
            .set(path: ["$schema"], value: "https://json.schemastore.org/claude-code-settings.json")
        ]
        if let swap = choice.standard[.claudeCode] {
            edits.append(.set(path: ["model"], value: .string(swap.target.rawValue)))
        }
        for (setting, value) in choice.lifetimes { edits.append(.set(path: [setting], value: .string(value))) }
        if let swap = choice.subagents[.claudeCode] {
            edits.append(
                .set(path: ["env", "CLAUDE_CODE_SUBAGENT_MODEL"], value: .string(swap.target.rawValue))
            )
        }
        return String(decoding: try SettingsText.empty(.json).edited(by: edits).bytes, as: UTF8.self)
    }

    private func codex(_ choice: ExportedChoice) throws(EditRefusal) -> String {
        guard let swap = choice.standard[.codex] else { return comments(["Nothing to change was found for Codex."]) }
        let text = try SettingsText.empty(.toml).edited(by: [
            .set(path: ["model"], value: .string(swap.target.rawValue))
        ])
        return comments([
            "For ~/.codex/config.toml, or as a profile for ~/.codex/NAME.config.toml (codex --profile NAME).",
            "Most of what was spent on \(swap.model) was work that this model does for less.",
        ]) + String(decoding: text.bytes, as: UTF8.self)
    }

    private func gateway(_ choice: ExportedChoice, _ prices: PriceBook) throws(EditRefusal) -> String {
        var edits: [SettingsEdit] = []
        for provider in Provider.allCases {
            edits.append(
                .append(
                    path: ["upstream"],
                    value: [
                        "name": .string(provider.rawValue),
                        "provider": .string(provider.rawValue),
                        "url": .string(provider == .anthropic ? "https://api.anthropic.com" : "https://api.openai.com"),
                        "pass_through": true,
                    ]
                )
            )
        }
        edits.append(.set(path: ["routing", "mode"], value: "route"))
        for swap in choice.swaps where prices.provider(of: swap.model) != nil {
            let when: SettingValue = ["model": .string(swap.model.rawValue)]
            edits.append(.append(path: ["route"], value: ["when": when, "use": .string(swap.target.rawValue)]))
        }
        let text = try SettingsText.empty(.toml).edited(by: edits)
        return comments([
            "For suffice serve --config FILE. Clients' own credentials are passed on; set key_env instead to use yours.",
            choice.swaps.isEmpty
                ? "No model's work was found to be mostly simple: what is simple is told request by request."
                : "The routes are for models most of whose spend was work that the other does for less.",
        ]) + String(decoding: text.bytes, as: UTF8.self)
    }

    private func liteLLM(_ choice: ExportedChoice, _ prices: PriceBook) -> String {
        func quoted(_ text: String) -> String { JSON.string(text).text }
        var lines = [
            "# For litellm --config FILE. A model that is asked for by the name on the left is answered by the deployment",
            "# under it: where these differ, most of what was spent on the first was work that the second does for less.",
            "# Clients need a key of your choice: LITELLM_MASTER_KEY=sk-… in the environment.",
            "general_settings:",
            "  master_key: \"os.environ/LITELLM_MASTER_KEY\"",
            "model_list:",
        ]
        let swaps = Dictionary(choice.swaps.map { ($0.model, $0.target) }) { first, _ in first }
        let known = choice.allModels.filter { prices.provider(of: $0) != nil }
        for model in known.isEmpty ? [ModelID("claude-haiku-4-5")] : known {
            let served = swaps[model] ?? model
            guard let provider = prices.provider(of: served) else { continue }
            lines += [
                "  - model_name: \(quoted(model.rawValue))",
                "    litellm_params:",
                "      model: \(quoted("\(provider.rawValue)/\(served.rawValue)"))",
                "      api_key: \(quoted("os.environ/\(provider == .anthropic ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY")"))",
            ]
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func shell(_ choice: ExportedChoice) -> String {
        func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
        var text = comments([
            "For a shell's start-up file, or: eval \"$(suffice optimize export-config --target shell)\""
        ])
        if let swap = choice.standard[.claudeCode] {
            text += "export ANTHROPIC_MODEL=\(quoted(swap.target.rawValue))\n"
        }
        if let swap = choice.subagents[.claudeCode] {
            text += "export CLAUDE_CODE_SUBAGENT_MODEL=\(quoted(swap.target.rawValue))\n"
        }
        // Codex reads its model from no variable.
        if let swap = choice.standard[.codex] {
            text += "alias codex=\(quoted("codex --model \(swap.target.rawValue)"))\n"
        }
        return text.contains("\nexport ") || text.contains("\nalias ")
            ? text : text + comments(["Nothing to change was found."])
    }

    private func comments(_ lines: [String]) -> String { lines.map { "# \($0)\n" }.joined() }
}

extension PriceBook {
    fileprivate func provider(of model: ModelID) -> Provider? {
        facts(of: model).flatMap { Provider(rawValue: $0.provider) }
    }
}
