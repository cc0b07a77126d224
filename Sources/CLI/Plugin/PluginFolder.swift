import Foundation

/// The folder of a plugin in an agent's settings: all of it ours, and taken away again file by file.
///
/// What was written stands in a record in the data folder, before it is written: whatever was edited since is its
/// editor's, and stays.
struct PluginFolder {
    private struct Record: Codable {
        var folder: String
        /// Folders that were not there, the outermost first.
        var madeFolders: [String] = []
        /// By path within the folder.
        var files: [String: String] = [:]
    }

    let path: String
    private let recordFolder: String
    private var recordPath: String { recordFolder + "/claude-code-plugin.json" }

    init(path: String, dataFolder: String) {
        self.path = path
        recordFolder = dataFolder + "/agents"
    }

    /// Whether these files stand there, and none of ours besides.
    func holds(_ files: [(path: String, text: String)]) -> Bool {
        let known = Set(files.map(\.path)).union(record?.files.keys.map { $0 } ?? [])
        let wanted = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
        return known.allSatisfy { text(of: $0) == wanted[$0] }
    }

    /// Whether there is something by the plugin's name that Suffice has not put there.
    var isForeign: Bool { record == nil && FileManager.default.fileExists(atPath: path) }

    /// Writes the files; what somebody has edited stays, and is given back.
    func install(_ files: [(path: String, text: String)]) throws(CommandError) -> [String] {
        guard !isForeign || holds(files) else {
            throw .failed("\(path) is there, and not from suffice onboard; move it away")
        }
        let old = record
        let written = old?.files ?? [:]
        let kept = files.filter { file in
            guard let there = text(of: file.path) else { return false }
            return there != file.text && there != written[file.path]
        }
        let ours = files.filter { file in !kept.contains { $0.path == file.path } }
        var record = Record(folder: path, madeFolders: old?.madeFolders ?? [])
        for file in ours { record.files[file.path] = file.text }
        for folder in folders(over: files) where !FileManager.default.fileExists(atPath: folder) {
            if !record.madeFolders.contains(folder) { record.madeFolders.append(folder) }
        }
        // Until all is written, both what was there and what will be is ours.
        try keep(record, with: written)
        for (name, text) in written where record.files[name] == nil && self.text(of: name) == text {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
        for file in ours { try write(file.text, to: path + "/" + file.path) }
        try keep(record, with: [:])
        removeEmptyFolders(of: record)
        return kept.map { path + "/" + $0.path }
    }

    /// Takes away what was written; what somebody has edited stays, and is given back.
    ///
    /// Without a record the files that this suffice would write are taken for those that were.
    func remove(_ files: [(path: String, text: String)]) -> (removed: Bool, kept: [String]) {
        let record =
            record
            ?? Record(
                folder: path,
                madeFolders: folders(over: files).filter { $0.hasPrefix(path) },
                files: Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
            )
        var kept: [String] = []
        var removed = false
        for (name, written) in record.files.sorted(by: { $0.key < $1.key }) {
            guard let there = text(of: name) else { continue }
            if there == written, (try? FileManager.default.removeItem(atPath: path + "/" + name)) != nil {
                removed = true
            } else {
                kept.append(path + "/" + name)
            }
        }
        removeEmptyFolders(of: record)
        try? FileManager.default.removeItem(atPath: recordPath)
        rmdir(recordFolder)
        return (removed, kept)
    }
}

extension PluginFolder {
    private var record: Record? {
        guard let data = FileManager.default.contents(atPath: recordPath),
            let record = try? JSONDecoder().decode(Record.self, from: data), record.folder == path
        else { return nil }
        return record
    }

    private func text(of name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The folders that the files lie in, the outermost first, from the agent's own on.
    private func folders(over files: [(path: String, text: String)]) -> [String] {
        let above = (path as NSString).deletingLastPathComponent
        var folders = [above, path]
        for file in files {
            let folder = path + "/" + (file.path as NSString).deletingLastPathComponent
            if file.path.contains("/"), !folders.contains(folder) { folders.append(folder) }
        }
        return folders
    }

    private func removeEmptyFolders(of record: Record) {
        for folder in record.madeFolders.reversed() { rmdir(folder) }
    }

    private func keep(_ record: Record, with earlier: [String: String]) throws(CommandError) {
        var record = record
        record.files.merge(earlier) { new, _ in new }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(record) else { return }
        try write(String(decoding: data, as: UTF8.self), to: recordPath)
    }

    private func write(_ text: String, to path: String) throws(CommandError) {
        do {
            let folder = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .failed("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
