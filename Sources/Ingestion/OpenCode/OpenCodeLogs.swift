package import Domain

/// OpenCode's database, its older files, and exports: see the README beside this file.
package struct OpenCodeLogs: LogSource {
    package let agent = Agent.openCode
    package let extractorVersion = 2

    package init() {}

    package func roots(in places: Places) -> [String] {
        places.folders(in: "OPENCODE_DATA_DIR") ?? [places.dataHome + "/opencode"]
    }

    package func layout(of path: String, under root: String) -> LogLayout? {
        let parts = path.split(separator: "/")
        guard let name = parts.last else { return nil }
        if parts.count == 1, name.hasPrefix("opencode"), name.hasSuffix(".db") { return .database }
        guard name.hasSuffix(".json") else { return nil }
        if parts.count == 1 { return .document }
        // `storage/message/SESSION/msg_….json`; the first versions: `project/NAME/storage/session/message/…`.
        guard parts.count >= 4, parts[parts.count - 3] == "message", parts.contains("storage") else { return nil }
        return .document
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        switch file.layout {
        case .database: OpenCodeDatabaseExtractor(resuming: state)
        case .document, .lines: OpenCodeDocumentExtractor()
        }
    }
}
