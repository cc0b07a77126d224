internal import Domain
internal import JSONText

extension CanonicalAction {
    /// A file, or some lines of it, to be read.
    init(reading input: ToolInput, by tool: String, in place: ActionPlace) {
        guard let path = input.path else {
            self.init(other: input, by: tool, .readFile)
            return
        }
        let range = input.field("view_range", "read_range")?.elements?.compactMap(\.integer)
        if let range, range.count == 2 {
            self.init(reading: place.absolute(path), from: range[0], through: range[1] < 0 ? nil : range[1])
            return
        }
        // Gemini CLI, Qwen Code and OpenCode count from 0; theirs are the tools with these names.
        let first = tool == "read_file" || input.field("filePath") != nil ? 0 : 1
        let from = (input.field("offset")?.integer ?? first).clamped - first + 1
        // All of them read 2000 lines at most where nothing is asked.
        let count = input.field("limit")?.integer.flatMap { $0 == 2000 && from == 1 ? nil : $0.clamped }
        self.init(reading: place.absolute(path), from: from, through: count.map { from + $0 - 1 })
    }

    /// Lines are counted from 1; to the end, where no last one is given.
    init(reading path: String, from: Int, through last: Int?) {
        let range = from <= 1 && last == nil ? "" : " \(max(1, from))-" + (last.map(String.init) ?? "")
        self.init(.readFile, [path], "read \(path)\(range)", .read(LineRange(from: from, through: last)))
    }

    /// A file to be written or changed in places.
    init(changing input: ToolInput, by tool: String, in place: ActionPlace) {
        guard let path = input.path.map(place.absolute), let change = FileChange.Change(input) else {
            self.init(other: input, by: tool, .edit)
            return
        }
        self.init(.edit, [path], change.text(of: path), .changes([FileChange(path: path, change: change)]))
    }

    /// A patch in Codex's form, which may be about several files.
    init(patch: String, in place: ActionPlace) {
        var targets: [String] = []
        var lines: [String] = []
        for line in patch.linesByFeed {
            if let mark = CanonicalAction.fileMarks.first(where: { line.hasPrefix($0) }) {
                let path = place.absolute(String(line.dropFirst(mark.count)).trimmedBlanks)
                targets.append(path)
                lines.append(mark + path)
            } else if !targets.isEmpty, !line.hasPrefix("*** End") {
                lines.append(line)
            }
        }
        let changes = FileChange.changes(inPatch: patch)?.map { $0.absolute(in: place) }
        self.init(
            .edit,
            targets.sorted(),
            "patch\n" + lines.joined(separator: "\n"),
            changes.map { .changes($0) } ?? .text
        )
    }

    private static let fileMarks = ["*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: "]
}

extension String {
    fileprivate var trimmedBlanks: String { split(separator: " ").joined(separator: " ") }
}

extension Int {
    /// A line's number; nobody means one beyond this, and sums stay whole.
    fileprivate var clamped: Int { Swift.max(-1, Swift.min(self, 1 << 40)) }
}

extension FileChange {
    fileprivate func absolute(in place: ActionPlace) -> FileChange {
        guard case .patch(let hunks, let destination) = change else {
            return FileChange(path: place.absolute(path), change: change)
        }
        return FileChange(path: place.absolute(path), change: .patch(hunks, movedTo: destination.map(place.absolute)))
    }
}
