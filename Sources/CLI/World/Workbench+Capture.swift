import Domain
import Foundation
import Ingestion
import Store

extension Workbench {
    /// Whose logs do not stay: Claude Code deletes its own after 30 days.
    private static let agentsThatDeleteLogs: Set<Agent> = [.claudeCode]

    private var captureFolder: String { world.dataFolder + "/capture" }

    /// Where the gateway keeps the requests' bodies.
    var requestFolder: String { captureFolder + "/requests" }

    /// Keeps what the logs have gained, if the user wants copies of logs that will be deleted, and lets old ones go.
    ///
    /// The report does not depend on it: trouble is told, and the next run tries again.
    func keepCopies(of discovery: Discovery) {
        let oldest = Timestamp(milliseconds: world.now.milliseconds - Int64(settings.retentionDays) * 86_400_000)
        do {
            try ReplyFolder.remove(from: world.dataFolder + "/replays", writtenBefore: oldest)
        } catch {
            Output.trouble("warning: replies of replays cannot be removed: \(error)")
        }
        // Copies from when it was on do not outlive their time because it is off.
        guard settings.capturesContent || FileManager.default.fileExists(atPath: captureFolder) else { return }
        do {
            let capture = try Capture(folder: captureFolder)
            try capture.remove(writtenBefore: oldest)
            if FileManager.default.fileExists(atPath: requestFolder) {
                try RequestCopies(folder: requestFolder).remove(keptBefore: oldest)
            }
            guard settings.capturesContent else { return }
            try capture.keep(logsToCopy(in: discovery, writtenSince: oldest))
        } catch {
            Output.trouble("warning: logs could not be copied: \((error as? StoreError)?.description ?? "\(error)")")
        }
    }

    /// As far as they have been read: what lies behind is copied when it has been.
    private func logsToCopy(in discovery: Discovery, writtenSince oldest: Timestamp) throws -> [Capture.Log] {
        let offsets = Dictionary(
            try store.checkpoints().map { ($0.path, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        return discovery.files.compactMap { file in
            guard Self.agentsThatDeleteLogs.contains(file.agent), file.layout == .lines,
                file.modified >= oldest.nanoseconds, let offset = offsets[file.path]
            else { return nil }
            return Capture.Log(path: file.path, size: offset, modified: file.modified)
        }
    }
}
