/// Whose session it is: a coding agent whose logs Suffice reads; the raw value is its name on the command line.
package enum Agent: String, CaseIterable, Sendable, Codable {
    case claudeCode = "claude-code"
    case codex
    case copilotCLI = "copilot-cli"
    case geminiCLI = "gemini-cli"
    case openCode = "opencode"
    case pi
    case amp
    case qwenCode = "qwen-code"
    /// A client of Suffice's gateway that is none of these.
    case gateway
}

/// How a call was paid for: a flat plan's calls have an API value but no bill.
package enum Billing: String, CaseIterable, Sendable, Codable {
    case api
    case subscription
    case unknown
}
