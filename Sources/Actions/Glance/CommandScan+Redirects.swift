extension CommandScan {
    /// Reads a redirect's operator; the word behind it is its target.
    mutating func readRedirect(from start: Int, isFromErrors: Bool) {
        let isOutput = line[at] == UInt8(ascii: ">")
        at += 1
        let next = at < end ? line[at] : 0
        var target = isOutput ? Redirect.Target.output : .input
        switch next {
        case UInt8(ascii: "("):
            // Another command's output or input, as a file.
            return readWord(from: start, isQuoted: false)
        case UInt8(ascii: "&"):
            at += 1
            target = .descriptor
        case UInt8(ascii: ">") where isOutput, UInt8(ascii: "|") where isOutput: at += 1
        case UInt8(ascii: ">"): at += 1
        case UInt8(ascii: "<") where !isOutput && dialect == .posix:
            at += 1
            let third = at < end ? line[at] : 0
            if third == UInt8(ascii: "<") {
                at += 1
            } else {
                if third == UInt8(ascii: "-") { at += 1 }
                target = .heredoc(stripsTabs: third == UInt8(ascii: "-"))
            }
        default: break
        }
        redirect = Redirect(target: target, isFromErrors: isFromErrors, kept: lastKept)
    }

    /// Takes the target of a redirect.
    mutating func finishRedirect(_ word: CommandSpan) {
        guard let redirect else { return }
        self.redirect = nil
        if case .heredoc = redirect.target {} else if isInText { return }
        let isNowhere = word.is("/dev/null", in: line) || word.is("$null", in: line)
        switch redirect.target {
        case .input: break
        case .heredoc(let stripsTabs):
            if heredocs.count < 16 { heredocs.append(Heredoc(delimiter: word, stripsTabs: stripsTabs)) }
        case .descriptor:
            let isNumber = word.count == 1 && (line[word.start] <= 0x39 || line[word.start] == UInt8(ascii: "-"))
            if !isNumber { command.writesFile = true }
            if redirect.isFromErrors, word.is("1", in: line) { leaveOut(redirect) }
        case .output:
            if redirect.isFromErrors {
                if isNowhere { leaveOut(redirect) }
            } else if !isNowhere, !word.is("/dev/stderr", in: line), !word.is("/dev/stdout", in: line) {
                command.writesFile = true
            }
        }
    }

    private mutating func leaveOut(_ redirect: Redirect) {
        guard textDepth == 0 else { return }
        canonical.cut(to: redirect.kept, goingOnAt: at, of: line)
    }

    /// Steps over the bodies of the heredocs that the line opened; one that does not end takes the rest.
    mutating func stepOverHeredocs() {
        for heredoc in heredocs {
            let delimiter = heredoc.delimiter.unquoted(in: line)
            while at < end {
                steps &+= 1
                let from = at
                var next = at
                while next < end, line[next] != 0x0A { next += 1 }
                at = next
                var text = CommandSpan(start: from, end: at)
                at = min(end, at + 1)
                if heredoc.stripsTabs {
                    while text.count > 0, line[text.start] == 0x09 { text.start += 1 }
                }
                if isSame(text, delimiter) { break }
            }
        }
        heredocs.removeAll(keepingCapacity: true)
    }

    private func isSame(_ one: CommandSpan, _ other: CommandSpan) -> Bool {
        guard one.count == other.count else { return false }
        for index in 0..<one.count where line[one.start + index] != line[other.start + index] { return false }
        return true
    }

    /// PowerShell's `@'` up to `'@` at the start of a line; false where none begins here.
    mutating func stepOverHereString() -> Bool {
        guard at + 1 < end, line[at + 1] == UInt8(ascii: "'") || line[at + 1] == UInt8(ascii: "\"") else {
            return false
        }
        let quote = line[at + 1]
        at += 2
        while at + 2 < end {
            if line[at] == 0x0A, line[at + 1] == quote, line[at + 2] == UInt8(ascii: "@") {
                at += 3
                return true
            }
            at += 1
        }
        at = end
        return true
    }
}
