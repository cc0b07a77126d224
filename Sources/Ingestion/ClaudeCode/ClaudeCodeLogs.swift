package import Domain

/// Claude Code's session files: see the README beside this file.
package struct ClaudeCodeLogs: LogSource {
    package let agent = Agent.claudeCode
    package let extractorVersion = 3

    package init() {}

    package func roots(in places: Places) -> [String] {
        let homes =
            places.folders(in: "CLAUDE_CONFIG_DIR") ?? [places.configHome + "/claude", places.home + "/.claude"]
        let projects = homes.map { home in
            home.hasSuffix("/projects") || home.hasSuffix("/projects/") ? home : home + "/projects"
        }
        return projects + [places.home + "/Library/Application Support/Claude/local-agent-mode-sessions"]
    }

    package func layout(of path: String, under root: String) -> LogLayout? {
        guard path.hasSuffix(".jsonl") else { return nil }
        // The desktop app keeps other records beside its sessions.
        if root.hasSuffix("local-agent-mode-sessions"), !path.contains("/projects/") { return nil }
        return .lines
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        ClaudeCodeExtractor(file: file)
    }
}
