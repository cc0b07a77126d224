package import Domain

/// Pi's session files: see the README beside this file.
package struct PiLogs: LogSource {
    package let agent = Agent.pi
    package let extractorVersion = 2

    package init() {}

    package func roots(in places: Places) -> [String] {
        let sessions = places.folders(in: "PI_CODING_AGENT_SESSION_DIR") ?? []
        let homes =
            places.folders(in: "PI_CODING_AGENT_DIR") ?? [places.home + "/.pi/agent", places.home + "/.omp/agent"]
        return sessions + homes.map { $0 + "/sessions" }
    }

    package func layout(of path: String, under root: String) -> LogLayout? {
        path.hasSuffix(".jsonl") ? .lines : nil
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        PiExtractor(file: file, resuming: state)
    }
}
