internal import JSONText

extension FileChange.Change {
    /// The change that an editing tool's input asks for; nil where it is of no known form.
    init?(_ input: ToolInput) {
        if let source = input.field("new_source")?.text ?? input.field("cell_id")?.text.map({ _ in "" }),
            input.field("notebook_path", "path", "file_path") != nil
        {
            let mode = input.field("edit_mode")?.text.flatMap(NotebookEdit.Mode.init) ?? .replace
            self = .notebookCell(
                NotebookEdit(
                    cell: input.field("cell_id")?.text ?? input.field("cell_number")?.integer.map { "cell-\($0)" },
                    mode: mode,
                    source: mode == .delete ? "" : source,
                    kind: input.field("cell_type")?.text
                )
            )
            return
        }
        if let content = input.field("content", "file_text", "contents")?.text {
            self = .write(content)
            return
        }
        let parts = input.field("edits")?.elements ?? [input.value]
        let edits = parts.compactMap { part -> TextEdit? in
            func text(_ names: [String]) -> String? { names.lazy.compactMap { part[$0]?.text }.first }
            guard let old = text(["old_string", "old_str", "oldString", "oldText"]) else { return nil }
            let new = text(["new_string", "new_str", "newString", "newText"]) ?? ""
            let isAll = part["replace_all"]?.isTrue ?? part["replaceAll"]?.isTrue ?? false
            return TextEdit(old: old, new: new, isEverywhere: isAll)
        }
        guard !edits.isEmpty, edits.count == parts.count else { return nil }
        self = .edits(edits)
    }

    /// The change in one spelling.
    func text(of path: String) -> String {
        switch self {
        case .write(let content): return "write \(path)\n" + content.withoutTrailingBlanks(in: path)
        case .delete: return "delete \(path)"
        case .notebookCell(let edit):
            return [edit.mode.rawValue, "cell", edit.cell ?? "", edit.kind ?? "", path].joined(separator: " ")
                + "\n" + edit.source
        case .edits(let edits):
            let texts = edits.map { edit in
                (edit.isEverywhere ? "replace all\n" : "replace\n") + edit.old + "\nby\n"
                    + edit.new.withoutTrailingBlanks(in: path)
            }
            return "change \(path)\n" + texts.joined(separator: "\n")
        case .patch(let hunks, _):
            let texts = hunks.map { hunk in
                "@@\n" + (hunk.old.map { "-" + $0 } + hunk.new.map { "+" + $0 }).joined(separator: "\n")
            }
            return "patch \(path)\n" + texts.joined(separator: "\n")
        }
    }
}

extension String {
    /// Claude Code cuts blanks off the ends of lines, but in Markdown, where they mean something.
    func withoutTrailingBlanks(in path: String) -> String {
        if path.hasSuffix(".md") || path.hasSuffix(".mdx") { return self }
        return linesByFeed.map { line in
            let end = line.utf8.lastIndex { $0 != 0x20 && $0 != 0x09 }
            return end.map { String(line[...$0]) } ?? ""
        }.joined(separator: "\n")
    }
}
