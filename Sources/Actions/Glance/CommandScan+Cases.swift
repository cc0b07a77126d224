// `case WORD in PATTERN) COMMANDS ;; esac`: its patterns, and what else stands among commands and is text.

extension CommandScan {
    /// Notes where a `case` opens and ends; true behind its `in`, where a pattern was stepped over.
    mutating func noteCase(_ word: CommandSpan) -> Bool {
        guard word.count <= 4 else { return false }
        if let open = cases.last, open.awaitsIn, open.depth == frames.count {
            guard word.is("in", in: line) else { return false }
            cases[cases.count - 1].awaitsIn = false
            endCommand(endsPipeline: true)
            stepOverPattern()
            return true
        }
        guard command.isAtStart else { return false }
        if word.is("case", in: line) {
            cases.append(OpenCase(depth: frames.count))
        } else if word.is("esac", in: line), cases.last?.depth == frames.count {
            cases.removeLast()
        }
        return false
    }

    /// Ends a command, and with `;;` or `;&` a branch.
    mutating func readSemicolon() {
        let next = at + 1 < end ? line[at + 1] : 0
        guard let open = cases.last, open.depth == frames.count, !open.awaitsIn,
            next == UInt8(ascii: ";") || next == UInt8(ascii: "&")
        else { return separate(at + 1) }
        separate(at + 2)
        if at < end, line[at] == UInt8(ascii: "&") { at += 1 }
        stepOverPattern()
    }

    /// Steps over a branch's pattern and its bracket; stays where the `case` ends.
    private mutating func stepOverPattern() {
        while at < end, line[at] <= 0x20 || line[at] == UInt8(ascii: "#") {
            if line[at] == UInt8(ascii: "#") {
                while at < end, line[at] != 0x0A { at += 1 }
            } else {
                at += 1
            }
        }
        let behind = at + 4 < end ? line[at + 4] : 0
        // No pattern begins so but with a bracket.
        let endsHere =
            behind <= 0x20 || behind == UInt8(ascii: ";") || behind == UInt8(ascii: "&")
            || behind == UInt8(ascii: "|") || behind == UInt8(ascii: ")") || behind == UInt8(ascii: "`")
        if endsHere, CommandSpan(start: at, end: min(end, at + 4)).is("esac", in: line) { return }
        if at < end, line[at] == UInt8(ascii: "(") { at += 1 }
        var depth = 0
        while at < end {
            steps &+= 1
            let byte = line[at]
            at += byte == UInt8(ascii: "\\") ? 2 : 1
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                while at < end, line[at] != byte { at += 1 }
                at += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                if depth == 0 { return }
                depth -= 1
            default: break
            }
        }
        at = end
    }

    /// PowerShell's `<# … #>`.
    mutating func stepOverBlockComment() -> Bool {
        guard dialect == .powerShell, at + 1 < end, line[at + 1] == UInt8(ascii: "#") else { return false }
        at += 2
        while at + 1 < end, line[at] != UInt8(ascii: "#") || line[at + 1] != UInt8(ascii: ">") { at += 1 }
        at = min(end, at + 2)
        return true
    }
}
