package import Domain

/// Gemini CLI's chat recordings: see the README beside this file.
package struct GeminiCLILogs: LogSource {
    package let agent = Agent.geminiCLI
    package let extractorVersion = 2

    package init() {}

    package func roots(in places: Places) -> [String] {
        (places.folders(in: "GEMINI_CLI_HOME") ?? [places.home]).map { $0 + "/.gemini/tmp" }
    }

    /// Sessions lie in `PROJECT/chats/`, subagents in a folder below named for their session.
    package func layout(of path: String, under root: String) -> LogLayout? {
        let parts = path.split(separator: "/")
        guard parts.count >= 3, parts[1] == "chats" else { return nil }
        if path.hasSuffix(".jsonl") { return .lines }
        return path.hasSuffix(".json") ? .document : nil
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        GeminiCLIExtractor(file: file, resuming: state)
    }
}
