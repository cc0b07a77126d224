import Domain
import Foundation
import Ingestion
import Reports
import Store

extension Workbench {
    /// Reads what is new in the logs of all agents, unless the user does not want that.
    func ingestIfAsked() async throws {
        guard settings.ingestsFirst else { return }
        _ = try await ingest(found ?? discovery())
    }

    /// The logs of these agents, or of all; with a start, only files that changed since.
    func discovery(of agents: Set<Agent> = Set(Agent.allCases), since: Timestamp? = nil) -> Discovery {
        let sources = allLogSources.filter { agents.contains($0.agent) }
        return Discovery(sources: sources, in: world.places).changed(since: since)
    }

    func ingest(_ discovery: Discovery) async throws -> IngestReport {
        let started = ContinuousClock.now
        let line = ProgressLine(world.terminal)
        defer { line.clear() }
        let store = store
        do {
            let done = try await Ingestor(workers: ProcessInfo.processInfo.activeProcessorCount).run(
                discovery,
                since: try store.checkpoints(),
                progress: { progress in
                    line.show(
                        bytes: Int(progress.bytesRead),
                        of: Int(progress.bytesToRead),
                        files: progress.filesRead
                    )
                },
                pack: { PackedUpdate($0) },
                keep: {
                    try store.keep($0)
                    store.settle()
                }
            )
            keepCopies(of: discovery)
            return IngestReport(
                filesFound: discovery.files.count,
                filesRead: done.filesRead,
                bytesRead: Int(done.bytesRead),
                callRecords: done.calls,
                skippedLines: done.skippedLines,
                seconds: (ContinuousClock.now - started) / .seconds(1)
            )
        } catch let error as StoreError {
            throw CommandError.failed(error.description)
        }
    }

    /// Where logs were looked for and for which agents: what a first run without any needs to know.
    var nothingFoundText: String {
        let places = allLogSources.map { source in
            let folders = source.roots(in: world.places).map(shortened).joined(separator: ", ")
            return "  \(source.agent.rawValue): \(folders)"
        }
        return """
            No logs of coding agents found. Looked in:
            \(places.joined(separator: "\n"))
            Logs elsewhere: suffice ingest PATH --agent NAME
            """
    }

    /// The path as its user would write it.
    func shortened(_ path: String) -> String {
        path.hasPrefix(world.home + "/") ? "~" + path.dropFirst(world.home.count) : path
    }
}

extension Discovery {
    func changed(since: Timestamp?) -> Discovery {
        guard let since else { return self }
        var discovery = self
        discovery.files.removeAll { $0.modified < since.nanoseconds }
        return discovery
    }
}
