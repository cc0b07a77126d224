package import Domain

extension PriceBook {
    /// What a model refuses, told from its name and what the catalogue knows of it; nil for a model it does not know.
    ///
    /// Rules of versions rather than a list, so that a model that comes with `suffice prices update` has its limits at
    /// once. Sources: the providers' documentation and LiteLLM 1.109.1's model map (`supports_adaptive_thinking`,
    /// `supports_legacy_thinking`, `supports_assistant_prefill`, `supports_sampling_params`,
    /// `supports_forced_tool_use`, `thinking_always_on`, `supports_mid_conversation_system`, `supports_…_effort`).
    package func limits(of model: ModelID) -> ModelLimits? {
        guard let facts = facts(of: model) else { return nil }
        var limits =
            switch facts.family {
            case "claude": ModelLimits(claude: ClaudeName(facts.model.rawValue))
            case "gpt": ModelLimits(gpt: GPTName(facts.model.rawValue), thinks: facts.capabilities.contains(.thinking))
            // Others are reached through upstreams that speak OpenAI's API; what they refuse is not known.
            default: ModelLimits(provider: nil, formats: [.chatCompletions])
            }
        if !facts.capabilities.contains(.thinking) {
            limits.rejected.formUnion([.adaptiveThinking, .thinkingBudget, .effort])
        }
        if !facts.capabilities.contains(.tools) { limits.rejected.formUnion([.tools, .forcedTool]) }
        if !facts.capabilities.contains(.vision) { limits.rejected.formUnion([.images, .documents]) }
        limits.contextWindow = facts.contextWindow
        limits.maxOutputTokens = facts.maxOutput
        if (facts.contextWindow ?? 0) + (facts.maxOutput ?? 0) < 1_000_000 { limits.rejected.insert(.longContext) }
        return limits
    }
}

extension ModelLimits {
    fileprivate init(claude name: ClaudeName) {
        self.init(provider: .anthropic, formats: [.messages])
        let version = name.version
        if version >= 46 { rejected.insert(.prefill) }
        if version >= 47 { rejected.formUnion([.sampling, .thinkingBudget]) }
        if version < 46 { rejected.insert(.adaptiveThinking) }
        if version < 45 { rejected.insert(.structuredOutput) }
        if version < 48 || name.words.contains("preview") { rejected.insert(.lateSystem) }
        if version < 37 { rejected.insert(.thinkingBudget) }
        if version >= 46 || (version == 45 && name.line == "opus") {
            efforts = [.low, .medium, .high]
            if version >= 46 { efforts.insert(.max) }
            if version >= 47 { efforts.insert(.xhigh) }
        } else {
            rejected.insert(.effort)
        }
        let isLargest = name.line == "fable" || name.line == "mythos"
        let isLateBalanced = version >= 55 && (name.line == "opus" || name.line == "sonnet")
        if isLargest || isLateBalanced { rejected.insert(.thinkingOff) }
        if isLateBalanced || (isLargest && version >= 51) { rejected.insert(.forcedTool) }
    }

    fileprivate init(gpt name: GPTName, thinks: Bool) {
        self.init(provider: .openAI, formats: [.chatCompletions, .responses])
        if name.isOnlyOnResponses { formats = [.responses] }
        if name.version < 40 || name.words.first == "gpt" && name.words.dropFirst().first == "4" {
            rejected.insert(.structuredOutput)
        }
        // OpenAI has no thinking with a budget of its own; a request that crosses over gets an effort instead.
        rejected.insert(.thinkingBudget)
        guard thinks else { return }
        rejected.insert(.sampling)
        guard !name.words.contains("chat") else {
            efforts = [.medium]
            rejected.insert(.thinkingOff)
            return
        }
        efforts = [.low, .medium, .high]
        if name.version == 50, !name.words.contains("codex") { efforts.insert(.minimal) }
        if name.version >= 52 || name.words.contains("max") { efforts.insert(.xhigh) }
        if name.version >= 60 { efforts.insert(.max) }
        if name.takesNoEffort { efforts.insert(.none) } else { rejected.insert(.thinkingOff) }
    }
}

/// The parts of `claude-opus-4-8` or `claude-3-5-haiku`.
private struct ClaudeName {
    var words: [Substring]
    var line: Substring
    /// Major and minor version as two digits, such as 48; 50 where the name has none.
    var version: Int

    init(_ name: String) {
        words = name.split(separator: "-").dropFirst().map { $0 }
        line = words.first { $0.first?.isLetter == true } ?? ""
        let numbers = words.compactMap { Int($0) }
        version = numbers.first.map { $0 * 10 + (numbers.dropFirst().first ?? 0) } ?? 50
    }
}

/// The parts of `gpt-5.1-codex-mini` or `o4-mini`.
private struct GPTName {
    var words: [Substring]
    /// Major and minor version as two digits, such as 51; the o series stands between 4.1 and 5.
    var version: Int

    init(_ name: String) {
        words = name.split(separator: "-").map { $0 }
        guard words.first == "gpt", words.count > 1 else {
            version = words.first == "codex" ? 50 : 45
            return
        }
        let digits = words[1].split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
        version = (digits.first ?? 0) * 10 + (digits.dropFirst().first ?? 0)
    }

    var isOnlyOnResponses: Bool { words.contains("codex") || words.contains("pro") || words.contains("deep") }

    /// Whether it can be told not to think at all.
    var takesNoEffort: Bool {
        guard version >= 51, !words.contains("pro"), !words.contains("astra"), !words.contains("rosalind") else {
            return false
        }
        if words.contains("codex") { return version == 53 }
        return !(version == 61 && words.contains("sol"))
    }
}
