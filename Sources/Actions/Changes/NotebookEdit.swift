internal import JSONText

/// A change of one cell of a Jupyter notebook, as Claude Code's NotebookEdit makes it.
package struct NotebookEdit: Hashable, Sendable {
    package enum Mode: String, Sendable {
        case replace
        case insert
        case delete
    }

    /// The cell that is changed, or behind which one is put; the notebook's beginning where there is none.
    package var cell: String?
    package var mode: Mode
    package var source: String
    /// `code` or `markdown`.
    package var kind: String?

    /// The notebook's cells afterwards as JSON in one spelling, without outputs, which the next run makes anew.
    func applied(to notebook: String) throws(FileChangeFault) -> String {
        guard let tree = JSONTree(notebook), let listed = tree["cells"]?.elements else { throw .noCell }
        var cells = listed.map { cell in
            (
                id: cell["id"]?.text, kind: cell["cell_type"]?.text ?? "code",
                source: cell["source"]?.text ?? (cell["source"]?.elements ?? []).compactMap(\.text).joined()
            )
        }
        let place = cell.flatMap { name in cells.firstIndex { $0.id == name } ?? index(name, below: cells.count) }
        switch mode {
        case .insert:
            guard cell == nil || place != nil else { throw .noCell }
            cells.insert((nil, kind ?? "code", source), at: place.map { $0 + 1 } ?? 0)
        case .replace:
            guard let place else { throw .noCell }
            cells[place] = (cells[place].id, kind ?? cells[place].kind, source)
        case .delete:
            guard let place else { throw .noCell }
            cells.remove(at: place)
        }
        return JSONTree.array(cells.map { .array([.string($0.kind), .string($0.source)]) }).canonicalText
    }

    /// Cells without ids go by `cell-0`, `cell-1` and so on.
    private func index(_ name: String, below count: Int) -> Int? {
        guard name.hasPrefix("cell-"), let index = Int(name.dropFirst(5)), index >= 0, index < count else { return nil }
        return index
    }
}
