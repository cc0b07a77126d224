import Foundation

/// What stands in the journal of one change: enough to put every file back.
struct ChangeRecord: Codable {
    enum State: String, Codable {
        /// Some of the files may be written already.
        case applying
        case applied
        /// Some of the files may be put back already.
        case undoing
    }

    struct File: Codable {
        var change: SettingsChange
        /// Where the bytes were written, links followed.
        var target: String
        /// The file beside it that is written first.
        var temporary: String
        /// Nil where there was no file.
        var before: Data?
        var after: Data
        /// Folders that were not there, the outermost first.
        var madeFolders: [String]

        var beforeBytes: [UInt8]? { before.map { [UInt8]($0) } }
    }

    var id: String
    var state: State
    var files: [File]
}
