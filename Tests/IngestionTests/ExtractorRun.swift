import Domain
import Foundation
import JSONText

@testable import Ingestion

/// What an extractor makes of a text, fed the way the ingestor feeds files.
struct ExtractorRun {
    var strands: [Reading.Strand] = []
    var reasons: [String] = []
    var state: [UInt8] = []

    var calls: [Call] { strands.flatMap(\.calls) }
    var toolCalls: [ToolCall] { strands.flatMap(\.toolCalls) }
    var arrivals: [Arrival] { strands.flatMap(\.arrivals) }
    var usage: Usage { calls.reduce(.zero) { $0 + $1.usage } }

    /// Reads lines that stand at an offset of their file, going on from a state.
    init(
        lines text: String,
        of source: some LogSource,
        path: String = "session.jsonl",
        resuming state: [UInt8] = [],
        at offset: Int = 0
    ) {
        self.init(bytes: Array(text.utf8), of: source, path: path, layout: .lines, resuming: state, at: offset)
    }

    /// Reads one document.
    init(document text: String, of source: some LogSource, path: String = "session.json") {
        self.init(bytes: Array(text.utf8), of: source, path: path, layout: .document)
    }

    /// Reads a file on disk, laid out as its source says.
    init(file path: String, below root: String, of source: some LogSource) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: root + "/" + path)))
        self.init(bytes: bytes, of: source, path: path, layout: source.layout(of: path, under: root) ?? .lines)
    }

    /// Reads a database on disk, going on from a state.
    init(database path: String, of source: some LogSource, resuming resumed: [UInt8] = []) throws {
        let file = LogFile(
            agent: source.agent,
            path: path,
            relativePath: "database.db",
            layout: .database,
            size: 1,
            modified: 0,
            inode: 1
        )
        guard var extractor = source.extractor(for: file, resuming: resumed) as? any DatabaseExtractor else { return }
        reasons = try extractor.read(databaseAt: path).map(\.reason)
        (strands, state) = extractor.finish()
    }

    private init(
        bytes: [UInt8],
        of source: some LogSource,
        path: String,
        layout: LogLayout,
        resuming resumed: [UInt8] = [],
        at offset: Int = 0
    ) {
        let file = LogFile(
            agent: source.agent,
            path: "/logs/" + path,
            relativePath: path,
            layout: layout,
            size: Int64(bytes.count),
            modified: 0,
            inode: 1
        )
        var extractor = source.extractor(for: file, resuming: resumed)
        bytes.withUnsafeBytes { buffer in
            if layout == .document {
                var scanner = JSONScanner(buffer, layout: .document)
                if let reason = extractor.read(&scanner, at: 0) { reasons.append(reason) }
                if scanner.isBroken { reasons.append("broken") }
                return
            }
            var scanner = JSONScanner(buffer)
            var start = 0
            while start < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
                let end = firstLineFeed(in: rest).map { start + $0 + 1 } ?? buffer.count
                scanner.restart(at: start)
                if !scanner.endLine() {
                    if let reason = extractor.read(&scanner, at: Int64(offset + start)) { reasons.append(reason) }
                    if scanner.isBroken { reasons.append("broken") }
                }
                start = end
            }
        }
        (strands, state) = extractor.finish()
    }
}

/// The calls of several readings, each key once; what a store makes of them.
func distinctCalls(_ runs: [ExtractorRun]) -> [Call] {
    var seen: [CallKey: Call] = [:]
    for run in runs {
        for call in run.calls { seen[call.key] = call }
    }
    return Array(seen.values)
}

/// Real logs beside the repository, where they are.
enum RealLogs {
    static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/home").path

    static func exist(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: home + "/" + folder) }

    /// Every file a source would read below its roots.
    static func runs(of source: some LogSource) throws -> [(path: String, run: ExtractorRun)] {
        var runs: [(path: String, run: ExtractorRun)] = []
        for root in source.roots(in: Places(home: home, environment: [:])) {
            let paths = (FileManager.default.subpaths(atPath: root) ?? []).sorted()
            for path in paths where source.layout(of: path, under: root) != nil {
                runs.append((path, try ExtractorRun(file: path, below: root, of: source)))
            }
        }
        return runs
    }
}
