import Foundation

/// Changes settings files and takes the changes back, with a record of what stood there before.
///
/// The record is on disk before a file is touched and stays for as long as the change holds, so that whatever step a
/// process dies at, ``recover()`` finds the files either as they were or as announced, and puts them back.
/// ```swift
/// let journal = ChangeJournal(folder: dataFolder + "/changes")
/// let plan = try journal.plan(changes)        // writes nothing; plan[0].diff is what will change
/// try journal.apply(plan, as: "rule-7")       // all files, or none
/// try journal.undo("rule-7")                  // to the byte, or only our keys
/// ```
/// Several processes may use one folder: they take turns.
package struct ChangeJournal: Sendable {
    package let folder: String
    private let onStep: @Sendable (WriteStep) throws -> Void

    /// Calls `onStep` after each step that reaches the disk; whatever it throws cuts the work off there, as a kill would.
    package init(folder: String, onStep: @escaping @Sendable (WriteStep) throws -> Void = { _ in }) {
        self.folder = folder
        self.onStep = onStep
    }

    /// What the changes would make of the files as they are now.
    ///
    /// Throws where a file cannot be read or parsed, or is read-only. Several changes of one file are made one after the
    /// other.
    package func plan(_ changes: [SettingsChange]) throws(SettingsError) -> [PlannedChange] {
        var plans: [PlannedChange] = []
        for change in changes.joined {
            let file = try SettingsFile(change.path)
            let state = try file.state()
            let plan: PlannedChange
            do throws(EditRefusal) {
                let text = try state.bytes.map { bytes throws(EditRefusal) in
                    try SettingsText(bytes, form: change.form)
                }
                let after = try (text ?? .empty(change.form)).edited(by: change.edits)
                plan = PlannedChange(change: change, before: state.bytes, after: after.bytes)
            } catch {
                throw .refused(path: change.path, error)
            }
            if !plan.changesNothing { try file.refuseReadOnly(state) }
            plans.append(plan)
        }
        return plans
    }

    /// Writes what was planned, all of it or nothing, and keeps what was there under a name.
    ///
    /// Throws ``SettingsError/changedMeanwhile(path:)`` where a file is no longer as it was planned from.
    package func apply(_ plans: [PlannedChange], as id: String) throws {
        try locked {
            var record = ChangeRecord(id: id, state: .applying, files: [])
            for plan in plans where !plan.changesNothing {
                let file = try SettingsFile(plan.change.path)
                guard try file.state().bytes == plan.before else {
                    throw SettingsError.changedMeanwhile(path: plan.change.path)
                }
                record.files.append(
                    ChangeRecord.File(
                        change: plan.change,
                        target: file.target,
                        temporary: file.target.folder + "/.suffice-\(id)-\(record.files.count)",
                        before: plan.before.map { Data($0) },
                        after: Data(plan.after),
                        madeFolders: file.missingFolders
                    )
                )
            }
            try write(record)
            do {
                for file in record.files { try apply(file) }
                record.state = .applied
                try write(record)
            } catch let error as SettingsError {
                // Nothing is half done, on a full disk neither: what was written goes back.
                try revert(record)
                throw error
            }
        }
    }

    /// Takes a change back: untouched files to the byte, in those edited since only our keys.
    @discardableResult
    package func undo(_ id: String) throws -> [UndoneChange] {
        try locked {
            guard var record = try record(id) else { throw SettingsError.unknownChange(id) }
            for file in record.files { try refuseWhatCannotGoBack(file) }
            record.state = .undoing
            try write(record)
            return try revert(record)
        }
    }

    /// Puts back what a process left half done as it died.
    ///
    /// A change that was cut off is not made after all; an undo that was cut off is finished. What cannot be put back
    /// keeps its record, and is tried again.
    @discardableResult
    package func recover() throws -> [RecoveredChange] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try locked {
            try recordNames().compactMap { id in
                do {
                    guard let record = try record(id), record.state != .applied else { return nil }
                    try revert(record)
                    return RecoveredChange(id: id, trouble: nil)
                } catch let error as SettingsError {
                    return RecoveredChange(id: id, trouble: error)
                }
            }
        }
    }

    /// Whether there is a record of a change that holds.
    package func isApplied(_ id: String) throws -> Bool { try record(id)?.state == .applied }

    /// The changes a record holds, and of each edit whether the file still says what it said.
    ///
    /// An edit that no longer holds was taken back, or changed, by hand.
    package func standing(of id: String) throws -> [(change: SettingsChange, holds: [Bool])] {
        guard let record = try record(id) else { throw SettingsError.unknownChange(id) }
        return record.files.map { file in
            guard let bytes = try? SettingsFile(file.change.path).state().bytes,
                let text = try? SettingsText(bytes, form: file.change.form)
            else { return (file.change, file.change.edits.map { _ in false }) }
            return (file.change, file.change.edits.map(text.holds))
        }
    }
}

extension ChangeJournal {
    private func apply(_ record: ChangeRecord.File) throws {
        let file = try SettingsFile(record.change.path)
        let state = try file.state()
        guard state.bytes == record.beforeBytes else { throw SettingsError.changedMeanwhile(path: file.path) }
        _ = try file.makeFolders()
        try onStep(.foldersMade)
        try file.write(Array(record.after), inPlaceOf: state, beside: record.temporary, onStep: onStep)
    }

    /// Puts the files of a record back, and closes it.
    @discardableResult
    private func revert(_ record: ChangeRecord) throws -> [UndoneChange] {
        var undone: [UndoneChange] = []
        for file in record.files.reversed() {
            unlink(file.temporary)
            undone.append(UndoneChange(path: file.change.path, outcome: try revert(file)))
        }
        unlink(path(of: record.id))
        try onStep(.recordClosed)
        return undone.reversed()
    }

    private func revert(_ record: ChangeRecord.File) throws -> UndoneChange.Outcome {
        // The link may lead elsewhere now: the bytes were written where it led then.
        let file = try SettingsFile(record.target)
        let state = try file.state()
        if state.bytes == record.beforeBytes {
            removeFolders(of: record)
            return state.bytes == nil ? .nothingLeft : .restored
        }
        guard let bytes = state.bytes else { return .nothingLeft }
        if bytes == Array(record.after) {
            if let before = record.beforeBytes {
                try file.write(before, inPlaceOf: state, beside: record.temporary, onStep: onStep)
            } else {
                try file.remove()
                try onStep(.removed)
                removeFolders(of: record)
            }
            return .restored
        }
        let reverted = try reverted(record, in: bytes)
        guard !reverted.reverted.isEmpty else { return .nothingLeft }
        try file.write(reverted.text.bytes, inPlaceOf: state, beside: record.temporary, onStep: onStep)
        return .keysReverted(reverted.reverted.count, leftAsEdited: reverted.left.count)
    }

    private func refuseWhatCannotGoBack(_ record: ChangeRecord.File) throws(SettingsError) {
        let file = try SettingsFile(record.target)
        let state = try file.state()
        guard let bytes = state.bytes, bytes != record.beforeBytes else { return }
        try file.refuseReadOnly(state)
        if bytes != Array(record.after) { _ = try reverted(record, in: bytes) }
    }

    private func reverted(_ record: ChangeRecord.File, in bytes: [UInt8]) throws(SettingsError) -> SettingsText.Reverted
    {
        let form = record.change.form
        do throws(EditRefusal) {
            let original = try record.beforeBytes.map { bytes throws(EditRefusal) in
                try SettingsText(bytes, form: form)
            }
            return try SettingsText(bytes, form: form)
                .reverting(record.change.edits, madeIn: original ?? .empty(form))
        } catch {
            throw .refused(path: record.change.path, error)
        }
    }

    /// Removes the folders that were made for a file, where nothing else has come into them.
    private func removeFolders(of record: ChangeRecord.File) {
        for folder in record.madeFolders.reversed() { rmdir(folder) }
    }
}

extension ChangeJournal {
    private func path(of id: String) -> String { folder + "/" + id + ".json" }

    private func recordNames() throws -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        return (names ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    private func record(_ id: String) throws(SettingsError) -> ChangeRecord? {
        guard let data = FileManager.default.contents(atPath: path(of: id)) else { return nil }
        guard let record = try? JSONDecoder().decode(ChangeRecord.self, from: data) else {
            throw .brokenRecord(path: path(of: id))
        }
        return record
    }

    private func write(_ record: ChangeRecord) throws {
        let file = try SettingsFile(path(of: record.id))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = [UInt8](try encoder.encode(record))
        var state = try file.state()
        // Settings may hold keys: nobody else reads what was kept of them.
        if state.bytes == nil { state.mode = 0o600 }
        let temporary = path(of: record.id) + ".unfinished"
        do {
            try file.write(bytes, inPlaceOf: state, beside: temporary) { _ in }
        } catch {
            unlink(temporary)
            throw error
        }
        try onStep(.recordWritten)
    }

    private func locked<T>(_ body: () throws -> T) throws -> T {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw SettingsError.unwritable(path: folder, reason: error.localizedDescription)
        }
        let lock = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw SettingsError.unwritable(path: folder + "/lock", reason: String(cString: strerror(errno)))
        }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0, errno == EINTR {}
        return try body()
    }
}

extension [SettingsChange] {
    /// One change a file, in the order in which the files are first named.
    fileprivate var joined: [SettingsChange] {
        reduce(into: []) { joined, change in
            if let index = joined.firstIndex(where: { $0.path == change.path && $0.form == change.form }) {
                joined[index].edits += change.edits
            } else {
                joined.append(change)
            }
        }
    }
}
