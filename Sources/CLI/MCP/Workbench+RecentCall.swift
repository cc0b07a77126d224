import Domain
import Foundation
import Ingestion
import Store

extension Workbench {
    /// The project's folder: as named, or where the agent runs.
    func project(named name: String?) -> String {
        guard let name else { return world["CLAUDE_PROJECT_DIR"] ?? world.workingFolder }
        return name.hasPrefix(".") || name.hasPrefix("~") ? world.absolute(name) : name
    }

    /// The last call of a main thread in the project: what the session under way has in its prompt cache.
    ///
    /// The agent's own log is newer than the database, which knows only what some command has read; nil where neither
    /// shows a call of the last day.
    func recentCall(in project: String) throws -> Call? {
        var recent: Call?
        func see(_ call: Call) { if recent.map({ $0.time < call.time }) ?? true { recent = call } }
        var options = SelectionOptions(since: .hours(24))
        options.project = project
        try forEachCall(in: selection(options, default: .all)) { entry in
            if entry.thread.kind == .main { see(entry.call) }
        }
        if let path = newestTranscript(in: project), let call = TranscriptTail(path: path).lastCall { see(call) }
        return recent
    }

    /// Claude Code keeps a project's sessions in a folder that is called like the project's path, with dashes.
    private func newestTranscript(in project: String) -> String? {
        guard project.hasPrefix("/") else { return nil }
        let name = String(
            project.unicodeScalars.map {
                $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "-"
            }
        )
        var newest: (path: String, time: Date)?
        for root in ClaudeCodeLogs().roots(in: world.places) {
            let folder = root + "/" + name
            for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            where file.hasSuffix(".jsonl") {
                let path = folder + "/" + file
                let facts = try? FileManager.default.attributesOfItem(atPath: path)
                guard let time = facts?[.modificationDate] as? Date else { continue }
                if newest.map({ $0.time < time }) ?? true { newest = (path, time) }
            }
        }
        guard let newest, world.now.milliseconds - Int64(newest.time.timeIntervalSince1970 * 1000) < 86_400_000 else {
            return nil
        }
        return newest.path
    }

    /// How much there is to read in files that a task names; those that are not there count nothing.
    func bytes(of files: [String], in project: String) -> Int {
        files.prefix(200).reduce(0) { sum, file in
            let path = file.hasPrefix("/") ? file : project + "/" + file
            let facts = try? FileManager.default.attributesOfItem(atPath: path)
            return sum + min(facts?[.size] as? Int ?? 0, 1 << 20)
        }
    }
}
