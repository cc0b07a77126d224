package import Domain

/// Qwen Code's chat recordings: see the README beside this file.
package struct QwenCodeLogs: LogSource {
    package let agent = Agent.qwenCode
    package let extractorVersion = 2

    package init() {}

    package func roots(in places: Places) -> [String] {
        let homes =
            places.folders(in: "QWEN_RUNTIME_DIR") ?? places.folders(in: "QWEN_HOME") ?? [places.home + "/.qwen"]
        return homes.flatMap { [$0 + "/projects", $0 + "/tmp"] }
    }

    /// Lines in `PROJECT/chats/` and `PROJECT/subagents/`; the first versions wrote Gemini CLI's documents.
    package func layout(of path: String, under root: String) -> LogLayout? {
        let parts = path.split(separator: "/")
        guard parts.count >= 3, parts[1] == "chats" || parts[1] == "subagents" else { return nil }
        if path.hasSuffix(".jsonl") { return .lines }
        return parts[1] == "chats" && path.hasSuffix(".json") ? .document : nil
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        switch file.layout {
        case .document: GeminiCLIExtractor(file: file, resuming: state)
        case .lines, .database: QwenCodeExtractor(file: file)
        }
    }
}
