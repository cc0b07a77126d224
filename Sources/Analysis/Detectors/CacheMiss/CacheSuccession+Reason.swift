import Domain

extension CacheSuccession {
    /// Why the call did not read what the one before it left in the cache; it says nothing of whether it did.
    ///
    /// The provider's own word goes first. Then what came first in time: entries that lived out their time were gone
    /// before anybody switched anything, so that a switch after the pause cost nothing more. Then what makes another
    /// cache (model, speed), then what changes the prompt, as far as what is still read leaves it possible.
    package var reason: RebuildReason {
        if let told = call.cacheMissReason.flatMap(RebuildReason.init(told:)) {
            return told == .conversationChanged && isCompacted ? .compacted : told
        }
        if hasExpired { return isOvernight ? .resumedAnotherDay : .lifetimePassed }
        if call.model != previous.model { return .modelSwitched }
        if call.mode.isFast != previous.mode.isFast { return .fastToggled }
        return changeOfPrompt ?? .unexplained
    }

    /// Tools stand before the system prompt, and that before the messages: what is still read was not changed.
    private var changeOfPrompt: RebuildReason? {
        if !readsConversation {
            if let before = previous.effort, let now = call.effort, before != now { return .effortSwitched }
            if isCompacted { return .compacted }
            if arrivals.contains(where: { Labels.tools.contains($0.label) }) { return .toolsChanged }
            if arrivals.contains(where: { Labels.instructions.contains($0.label) }) { return .instructionsChanged }
        }
        let hasShrunk = call.usage.promptTokens < previous.usage.promptTokens && !isCompacted
        if hasShrunk || arrivals.contains(where: { $0.label == "microcompact_boundary" }) {
            return .conversationChanged
        }
        return nil
    }

    /// It read more than the thread began with: the entries live, and tools and system prompt are as they were.
    private var readsConversation: Bool { call.usage.cacheReadTokens > opening.promptTokens }

    private var pause: Int64 { call.time.pause(since: previous.time) ?? 0 }

    private var hasExpired: Bool { pause > lifetime.milliseconds(provider: provider) && !readsConversation }

    /// Over four hours and past midnight UTC: where the user lives is not logged, and no coffee takes so long.
    private var isOvernight: Bool { pause >= 4 * 3_600_000 && previous.time.day != call.time.day }
}

extension RebuildReason {
    /// Anthropic's `cache_miss_reason`; nil for `unavailable` and `previous_message_not_found`, which say nothing.
    fileprivate init?(told reason: String) {
        switch reason {
        case "model_changed": self = .modelSwitched
        case "system_changed": self = .instructionsChanged
        case "tools_changed": self = .toolsChanged
        case "messages_changed": self = .conversationChanged
        default: return nil
        }
    }
}

/// What Claude Code calls the things it adds to a prompt.
private enum Labels {
    /// Tools, MCP servers or subagent types came or went.
    static let tools: Set = ["deferred_tools_delta", "mcp_instructions_delta", "agent_listing_delta"]
    /// Skills, project files or the date that the system prompt names.
    static let instructions: Set = ["skill_listing", "nested_memory", "date_change"]
}
