import Domain

/// What an agent's makers call what every agent has; as documented by them.
extension Agent {
    /// The file with what it is told in every session.
    var instructionFile: String {
        switch self {
        case .claudeCode: "CLAUDE.md"
        case .geminiCLI: "GEMINI.md"
        case .qwenCode: "QWEN.md"
        case .codex, .copilotCLI, .openCode, .pi, .amp: "AGENTS.md"
        case .gateway: "the system prompt"
        }
    }

    /// Ways out of a long conversation: into a new one, or on from a summary.
    fileprivate var waysOut: String {
        switch self {
        case .claudeCode, .copilotCLI: "/clear or /compact"
        case .geminiCLI, .qwenCode: "/clear or /compress"
        case .codex, .openCode, .pi: "/new or /compact"
        case .amp: "a new thread or a handoff"
        case .gateway: "a new conversation"
        }
    }

    private var name: String {
        switch self {
        case .claudeCode: "Claude Code"
        case .codex: "Codex"
        case .copilotCLI: "Copilot CLI"
        case .geminiCLI: "Gemini CLI"
        case .openCode: "OpenCode"
        case .pi: "Pi"
        case .amp: "Amp"
        case .qwenCode: "Qwen Code"
        case .gateway: "clients of the gateway"
        }
    }

    fileprivate static func named(_ agents: [Agent]) -> String { agents.map(\.name).joined(separator: " and ") }
}

extension Set<Agent> {
    private var inOrder: [Agent] { Agent.allCases.filter(contains) }

    /// Where these agents look for what they are told in every session.
    var instructionFile: String { inOrder.map(\.instructionFile).eachOnce.joined(separator: " or ") }

    /// Ways out of a long conversation, by agent where they differ.
    var waysOut: String {
        let ways = inOrder.map(\.waysOut).eachOnce
        guard ways.count > 1 else { return ways.first ?? "" }
        return ways.map { way in "\(way) in \(Agent.named(inOrder.filter { $0.waysOut == way }))" }
            .joined(separator: ", ")
    }
}

extension [String] {
    fileprivate var eachOnce: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
