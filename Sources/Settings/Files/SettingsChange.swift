/// Edits of one file that belong together.
package struct SettingsChange: Hashable, Sendable, Codable {
    /// From the root on; a link is followed.
    package var path: String
    package var form: SettingsForm
    package var edits: [SettingsEdit]

    package init(path: String, form: SettingsForm, edits: [SettingsEdit]) {
        self.path = path
        self.form = form
        self.edits = edits
    }
}

/// What a change would make of a file, before anything is written.
package struct PlannedChange: Sendable {
    package var change: SettingsChange
    /// Nil where there is no file yet.
    package var before: [UInt8]?
    package var after: [UInt8]

    package var changesNothing: Bool { before == after }

    /// As `diff -u` writes it; empty where nothing changes.
    package var diff: String {
        LineDiff(from: before ?? [], to: after).text(named: change.path, isNew: before == nil)
    }
}

/// What became of a file as a change was taken back.
package struct UndoneChange: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// The file was untouched since: it is again as it was, to the byte, or gone where there was none.
        case restored
        /// The file was edited since: only our keys went back.
        case keysReverted(Int, leftAsEdited: Int)
        /// Nothing was ours any more, or the file is gone.
        case nothingLeft
    }

    package var path: String
    package var outcome: Outcome
}

/// A change that a process had left half done, and that is taken back now.
package struct RecoveredChange: Hashable, Sendable {
    package var id: String
    /// Why it could not be taken back yet.
    package var trouble: SettingsError?
}
