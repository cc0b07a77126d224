extension FileChange {
    /// The changes of a patch in Codex's form, with the paths as they are written in it.
    ///
    /// Tolerant as the agent's own reader is: text before and behind the patch is passed over, a first hunk needs no
    /// `@@`, an empty line is one of context. Nil where a line belongs to nothing.
    static func changes(inPatch patch: String) -> [FileChange]? {
        var lines = patch.linesByFeed.map { $0.hasSuffix("\r") ? String($0.dropLast()) : $0 }[...]
        guard let begin = lines.firstIndex(where: { $0.trimmedSpaces == "*** Begin Patch" }) else { return nil }
        lines = lines[(begin + 1)...]
        var changes: [FileChange] = []
        while let line = lines.popFirst() {
            let line = line.trimmedSpaces
            if line == "*** End Patch" { return changes }
            if let path = line.after("*** Add File: ") {
                var text = ""
                while let added = lines.first, added.utf8.first == UInt8(ascii: "+") {
                    text += added.dropFirst() + "\n"
                    lines.removeFirst()
                }
                changes.append(FileChange(path: path, change: .write(text)))
            } else if let path = line.after("*** Delete File: ") {
                changes.append(FileChange(path: path, change: .delete))
            } else if let path = line.after("*** Update File: ") {
                let destination = lines.first?.trimmedSpaces.after("*** Move to: ")
                if destination != nil { lines.removeFirst() }
                guard let hunks = hunks(&lines) else { return nil }
                changes.append(FileChange(path: path, change: .patch(hunks, movedTo: destination)))
            } else if !line.isEmpty {
                return nil
            }
        }
        return changes.isEmpty ? nil : changes
    }

    /// The hunks up to the next file; nil where a line is none of a patch's.
    private static func hunks(_ lines: inout ArraySlice<String>) -> [PatchHunk]? {
        var hunks: [PatchHunk] = []
        var isOpen = false
        while let line = lines.first {
            let mark = line.trimmedSpaces
            if mark == "*** End of File" {
                if !hunks.isEmpty { hunks[hunks.count - 1].isAtEnd = true }
                isOpen = false
            } else if line.hasPrefix("*** ") {
                break
            } else if line.hasPrefix("@@") {
                let context = line.dropFirst(2)
                hunks.append(PatchHunk(context: context.hasPrefix(" ") ? String(context.dropFirst()) : nil))
                isOpen = true
            } else {
                if !isOpen { hunks.append(PatchHunk()) }
                isOpen = true
                let place = hunks.count - 1
                let text = String(decoding: line.utf8.dropFirst(), as: UTF8.self)
                switch line.utf8.first {
                case UInt8(ascii: "+"): hunks[place].new.append(text)
                case UInt8(ascii: "-"): hunks[place].old.append(text)
                case UInt8(ascii: " "), nil:
                    hunks[place].old.append(text)
                    hunks[place].new.append(text)
                default: return nil
                }
            }
            lines.removeFirst()
        }
        return hunks.filter { $0.context != nil || !$0.old.isEmpty || !$0.new.isEmpty }
    }
}

extension String {
    fileprivate func after(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)).trimmedSpaces : nil
    }

    /// Without blanks around it; those within are part of a path.
    fileprivate var trimmedSpaces: String {
        var text = self[...]
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
