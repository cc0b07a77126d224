internal import Domain

extension CanonicalAction {
    /// A file, or some lines of it, to be read.
    init(reading input: ToolInput, by tool: String, in place: ActionPlace) {
        guard let path = input.path else {
            self.init(other: input, by: tool, .readFile)
            return
        }
        if let range = input.field("view_range", "read_range")?.elements.compactMap(\.integer), range.count == 2 {
            self.init(reading: place.absolute(path), from: range[0], through: range[1] < 0 ? nil : range[1])
            return
        }
        // Gemini CLI, Qwen Code and OpenCode count from 0; theirs are the tools with these names.
        let first = tool == "read_file" || input.field("filePath") != nil ? 0 : 1
        let from = (input.field("offset")?.integer ?? first) - first + 1
        // All of them read 2000 lines at most where nothing is asked.
        let count = input.field("limit")?.integer.flatMap { $0 == 2000 && from == 1 ? nil : $0 }
        self.init(reading: place.absolute(path), from: from, through: count.map { from + $0 - 1 })
    }

    /// Lines are counted from 1; to the end, where no last one is given.
    init(reading path: String, from: Int, through last: Int?) {
        let range = from <= 1 && last == nil ? "" : " \(max(1, from))-" + (last.map(String.init) ?? "")
        self.init(.readFile, [path], "read \(path)\(range)")
    }

    /// A file to be written or changed in places.
    init(changing input: ToolInput, by tool: String, in place: ActionPlace) {
        guard let path = input.path.map(place.absolute) else {
            self.init(other: input, by: tool, .edit)
            return
        }
        if let content = input.field("content", "file_text", "contents")?.string {
            self.init(.edit, [path], "write \(path)\n" + trimmed(content, in: path))
            return
        }
        let parts = input.field("edits")?.elements ?? [input.value]
        let edits = parts.compactMap { part -> String? in
            func text(_ names: [String]) -> String? { names.lazy.compactMap { part[$0]?.string }.first }
            guard let old = text(["old_string", "old_str", "oldString", "oldText"]) else { return nil }
            let new = text(["new_string", "new_str", "newString", "newText"]) ?? ""
            let isAll = part["replace_all"]?.isTrue ?? part["replaceAll"]?.isTrue ?? false
            return (isAll ? "replace all\n" : "replace\n") + old + "\nby\n" + trimmed(new, in: path)
        }
        guard !edits.isEmpty, edits.count == parts.count else {
            self.init(other: input, by: tool, .edit)
            return
        }
        self.init(.edit, [path], "change \(path)\n" + edits.joined(separator: "\n"))
    }

    /// A patch in Codex's form, which may be about several files.
    init(patch: String, in place: ActionPlace) {
        var targets: [String] = []
        var lines: [String] = []
        for line in patch.split(separator: "\n", omittingEmptySubsequences: false) {
            if let mark = CanonicalAction.fileMarks.first(where: { line.hasPrefix($0) }) {
                let path = place.absolute(String(line.dropFirst(mark.count)).trimmedBlanks)
                targets.append(path)
                lines.append(mark + path)
            } else if !targets.isEmpty, !line.hasPrefix("*** End") {
                lines.append(String(line))
            }
        }
        self.init(.edit, targets.sorted(), "patch\n" + lines.joined(separator: "\n"))
    }

    private static let fileMarks = ["*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: "]
}

/// Claude Code cuts blanks off the ends of lines, but in Markdown, where they mean something.
private func trimmed(_ text: String, in path: String) -> String {
    if path.hasSuffix(".md") || path.hasSuffix(".mdx") { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }.joined(separator: "\n")
}

extension String {
    fileprivate var trimmedBlanks: String { split(separator: " ").joined(separator: " ") }
}
