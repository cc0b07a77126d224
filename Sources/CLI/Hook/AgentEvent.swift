import JSONText

/// What Claude Code tells a hook that only listens (code.claude.com/docs/en/hooks).
struct AgentEvent {
    enum Kind {
        case sessionStart
        /// A subagent is about to be started.
        case subagentStart(Subagent)
        case other
    }

    struct Subagent {
        var prompt: String
        /// Such as `Explore`; empty where it is of no named type.
        var type: String
        /// Nil where the agent leaves the choice to the settings.
        var model: String?
    }

    var kind = Kind.other
    /// The session's folder.
    var folder: String?
    var transcript: String?

    init(json bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), let event = JSONTree(text) else { return }
        folder = event["cwd"]?.text
        transcript = event["transcript_path"]?.text
        let input = event["tool_input"]
        switch (event["hook_event_name"]?.text, event["tool_name"]?.text) {
        case ("SessionStart", _): kind = .sessionStart
        case ("PreToolUse", "Agent"), ("PreToolUse", "Task"):
            guard let prompt = input?["prompt"]?.text else { return }
            let model = input?["model"]?.text
            kind = .subagentStart(
                Subagent(
                    prompt: prompt,
                    type: input?["subagent_type"]?.text ?? "",
                    model: model == "inherit" ? nil : model
                )
            )
        default: return
        }
    }
}
