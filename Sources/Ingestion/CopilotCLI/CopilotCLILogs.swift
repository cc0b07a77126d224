package import Domain

/// Copilot CLI's session events: see the README beside this file.
package struct CopilotCLILogs: LogSource {
    package let agent = Agent.copilotCLI
    package let extractorVersion = 2

    package init() {}

    package func roots(in places: Places) -> [String] {
        let homes = places.folders(in: "COPILOT_HOME") ?? [places.home + "/.copilot"]
        return homes.map { $0 + "/session-state" }
    }

    /// A session is a folder with `events.jsonl`; the first versions wrote `SESSION.jsonl`.
    package func layout(of path: String, under root: String) -> LogLayout? {
        let parts = path.split(separator: "/")
        let isEvents = parts.count == 2 && parts[1] == "events.jsonl"
        return isEvents || (parts.count == 1 && path.hasSuffix(".jsonl")) ? .lines : nil
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        CopilotCLIExtractor(file: file, resuming: state)
    }
}
