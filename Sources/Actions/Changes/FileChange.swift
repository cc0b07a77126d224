/// What a call does to one file, as far as the call itself says it.
package struct FileChange: Hashable, Sendable {
    /// The file's absolute path before the change.
    package var path: String
    package var change: Change

    package enum Change: Hashable, Sendable {
        /// The file's whole new text.
        case write(String)
        /// Replacements, one after the other.
        case edits([TextEdit])
        /// Hunks of a patch, and where the file is moved to.
        case patch([PatchHunk], movedTo: String?)
        case notebookCell(NotebookEdit)
        case delete
    }
}

/// Why a change cannot be made to a text.
package enum FileChangeFault: String, Error, Sendable {
    /// What the file held before is not known.
    case unknownOriginal
    /// A text that is to be replaced is not in the file.
    case notFound
    /// It is there more than once, and one was meant.
    case ambiguous
    /// The file is no notebook, or has no such cell.
    case noCell
}

/// What a file is after a change.
package enum FileState: Hashable, Sendable {
    case text(String)
    case gone
}

extension FileChange {
    /// The files that are other afterwards, by path; `original` is the file's text before, nil where there was none.
    package func result(on original: String?) throws(FileChangeFault) -> [String: FileState] {
        switch change {
        case .write(let text): return [path: .text(text)]
        case .delete: return [path: .gone]
        case .edits(let edits):
            var bytes = Array((original ?? "").utf8)
            for edit in edits { bytes = try edit.applied(to: bytes) }
            return [path: .text(String(decoding: bytes, as: UTF8.self))]
        case .patch(let hunks, let destination):
            guard let original else { throw .notFound }
            let text = FileState.text(try PatchHunk.apply(hunks, to: original))
            guard let destination, destination != path else { return [path: text] }
            return [path: .gone, destination: text]
        case .notebookCell(let edit):
            guard let original else { throw .noCell }
            return [path: .text(try edit.applied(to: original))]
        }
    }
}
