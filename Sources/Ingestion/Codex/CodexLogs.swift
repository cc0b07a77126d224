package import Domain

/// Codex's rollout files: see the README beside this file.
package struct CodexLogs: LogSource {
    package let agent = Agent.codex
    package let extractorVersion = 2

    package init() {}

    package func roots(in places: Places) -> [String] {
        let homes = places.folders(in: "CODEX_HOME") ?? [places.home + "/.codex"]
        return homes.flatMap { [$0 + "/sessions", $0 + "/archived_sessions"] }
    }

    package func layout(of path: String, under root: String) -> LogLayout? {
        path.hasSuffix(".jsonl") ? .lines : nil
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        CodexExtractor(file: file, resuming: state)
    }
}
