/// Why a prompt that was in the cache had to be cached (or sent) again.
package enum RebuildReason: UInt8, CaseIterable, Sendable {
    /// The entries were not used for longer than they live.
    case lifetimePassed
    /// As ``lifetimePassed``, over a night: the session was taken up again on another day.
    case resumedAnotherDay
    /// Every model has a cache of its own.
    case modelSwitched
    case effortSwitched
    /// Fast and standard requests do not share a cache.
    case fastToggled
    /// Tools came or went, an MCP server's among them: they stand before everything else.
    case toolsChanged
    /// The system prompt, project files or skills changed.
    case instructionsChanged
    /// Earlier messages changed: a rewind, cleared tool results, dropped reasoning, a hook.
    case conversationChanged
    /// A compaction, and with it the standing prompt was cached again.
    case compacted
    /// Nothing in the log explains it.
    case unexplained
}

extension RebuildReason {
    /// For the reader of a candidate, after "12 rebuilds of 300000 tokens: ".
    package var phrase: String {
        switch self {
        case .lifetimePassed: "a pause longer than the cache entries live"
        case .resumedAnotherDay: "taken up again on another day"
        case .modelSwitched: "the model was switched"
        case .effortSwitched: "the effort was switched"
        case .fastToggled: "fast mode was switched on or off"
        case .toolsChanged: "tools or MCP servers changed"
        case .instructionsChanged: "the system prompt or project files changed"
        case .conversationChanged: "earlier messages changed"
        case .compacted: "the conversation was compacted"
        case .unexplained: "unexplained"
        }
    }

    /// What avoids it; one sentence, for an action.
    var advice: String {
        switch self {
        case .lifetimePassed:
            "Before a break that outlasts the cache, compact while it is still warm, or take up new work in a new "
                + "session afterwards; see also the kind cache-lifetime."
        case .resumedAnotherDay:
            "Compact before leaving for the night, or begin the next day with a new session and a short summary: a long "
                + "conversation that waits overnight is always cached anew."
        case .modelSwitched:
            "Choose the model at the start; switch right after a compaction or in a new session, and give a step that "
                + "another model should do to a subagent with that model, which leaves this cache alone."
        case .effortSwitched: "Choose the effort at the start of a conversation, not in the middle of a long one."
        case .fastToggled: "Switch fast mode on at the start of a conversation, not in the middle of a long one."
        case .toolsChanged:
            "Connect MCP servers and plugins before the first prompt, leave out those that come and go, and change "
                + "them, or rules that deny a whole tool, between sessions."
        case .instructionsChanged:
            "Leave what goes into the system prompt alone during a session: MCP servers that reconnect, plugins, "
                + "skills, the agent's own update."
        case .conversationChanged:
            "Look for what rewrites earlier messages: hooks that add context, many images, cleared tool results, "
                + "rewinding far back."
        case .compacted: "Compact at a break in the work, where little of the conversation is needed afterwards."
        case .unexplained:
            "Nothing in the log says why. It may be the provider (entries can go early), a request sent before the one "
                + "before it had begun to answer, or more than 20 blocks added at once, as far as Anthropic looks back."
        }
    }
}
