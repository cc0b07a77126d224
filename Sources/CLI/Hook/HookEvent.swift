import JSONText
import Reports

/// What the agent is about to do; other events, or none that can be read, are ``other``.
enum HookEvent: String {
    case userPromptSubmit = "UserPromptSubmit"
    case userPromptExpansion = "UserPromptExpansion"
    case preToolUse = "PreToolUse"
    case postToolUse = "PostToolUse"
    case postToolUseFailure = "PostToolUseFailure"
    case postToolBatch = "PostToolBatch"
    case other

    init(json bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            guard scanner.enterObject() else { return .other }
            while let key = scanner.nextKey() {
                if key.is("hook_event_name") {
                    return scanner.text().flatMap { HookEvent(rawValue: $0.string) } ?? .other
                }
                scanner.skipValue()
            }
            return .other
        }
    }

    /// Nil where the agent may go on in silence.
    func answer(to report: GuardReport) -> JSON? {
        let verdict = "Suffice: " + report.verdict
        switch report.state {
        case .ok: return nil
        case .stop:
            return stop(verdict + ". To go on, raise --budget in the hook, or take the hook out of settings.json.")
        case .warn, .unknown: return isOfTool ? nil : ["systemMessage": .string(verdict)]
        }
    }

    /// Once a turn, with somebody waiting for what comes of it.
    var isPrompt: Bool { self == .userPromptSubmit || self == .userPromptExpansion }

    /// They come many times a turn; a warning with each would drown what the agent says.
    private var isOfTool: Bool {
        switch self {
        case .preToolUse, .postToolUse, .postToolUseFailure, .postToolBatch: true
        case .userPromptSubmit, .userPromptExpansion, .other: false
        }
    }

    private func stop(_ reason: String) -> JSON {
        let reason = JSON.string(reason)
        switch self {
        case .userPromptSubmit, .userPromptExpansion: return ["decision": "block", "reason": reason]
        case .preToolUse:
            // Denied alone, the agent would ask for another tool, and another call of the model.
            return [
                "continue": .bool(false),
                "stopReason": reason,
                "hookSpecificOutput": [
                    "hookEventName": .string(rawValue),
                    "permissionDecision": "deny",
                    "permissionDecisionReason": reason,
                ],
            ]
        // On `Stop`, a decision to block would keep the agent going; this outweighs another hook that does.
        case .postToolUse, .postToolUseFailure, .postToolBatch, .other:
            return ["continue": .bool(false), "stopReason": reason]
        }
    }
}
