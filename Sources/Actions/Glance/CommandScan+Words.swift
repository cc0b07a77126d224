extension CommandScan {
    /// Reads a word, or what is left of one in which something nested was open.
    mutating func readWord(from start: Int, isQuoted: Bool) {
        if isQuoted, readQuoted(from: start) { return }
        while true {
            steps &+= 1
            // In a local, which the compiler keeps in a register: most bytes are plain.
            var next = at
            while next < end, CommandScan.isPlain(line[next]) { next += 1 }
            at = next
            guard next < end else { break }
            let byte = line[next]
            switch byte {
            case UInt8(ascii: "'"): stepOverSingleQuotes()
            case UInt8(ascii: "\""):
                at += 1
                if readQuoted(from: start) { return }
            case UInt8(ascii: "\\"): at = min(end, at + (dialect == .posix ? 2 : 1))
            case UInt8(ascii: "`"):
                if dialect == .powerShell {
                    at = min(end, at + 2)
                } else if readBacktick(from: start, isQuoted: false) {
                    return
                }
            case UInt8(ascii: "$"): if readDollar(from: start, isQuoted: false) { return }
            case UInt8(ascii: "("):
                guard at > start || command.isCondition else { return finishWord(from: start) }
                if readParenthesis(inWordFrom: start) { return }
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "@"):
                if dialect == .powerShell, byte != UInt8(ascii: "@"), at > start || byte == UInt8(ascii: "}") {
                    return finishWord(from: start)
                }
                if byte == UInt8(ascii: "@"), dialect == .powerShell, stepOverHereString() { continue }
                at += 1
            case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"):
                // Inside `[[ ]]` these compare.
                if command.isCondition, byte != UInt8(ascii: ")") || frames.isEmpty {
                    at += 1
                    continue
                }
                return endWord(from: start, before: byte)
            default: return endWord(from: start, before: byte)
            }
        }
        finishWord(from: start)
    }

    /// A word that ends before an operator: the number in front of a redirect is part of it.
    private mutating func endWord(from start: Int, before byte: UInt8) {
        if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"), at - start == 1, redirect == nil,
            line[start] >= 0x30, line[start] <= 0x39
        {
            return readRedirect(from: start, isFromErrors: line[start] == UInt8(ascii: "2"))
        }
        finishWord(from: start)
    }

    /// Bytes that mean nothing to any shell: found with one shift, as most bytes are such.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        if byte >= 0x80 { return true }
        let low: UInt64 =
            (1 << 0x09) | (1 << 0x0A) | (1 << 0x0D) | (1 << 0x20) | (1 << 0x22) | (1 << 0x24) | (1 << 0x26)
            | (1 << 0x27) | (1 << 0x28) | (1 << 0x29) | (1 << 0x3B) | (1 << 0x3C) | (1 << 0x3E)
        let high: UInt64 = (1 << 0x00) | (1 << 0x1C) | (1 << 0x20) | (1 << 0x3B) | (1 << 0x3C) | (1 << 0x3D)
        return ((byte < 0x40 ? low : high) >> UInt64(byte & 63)) & 1 == 0
    }

    private mutating func stepOverSingleQuotes() {
        var next = at + 1
        while next < end, line[next] != UInt8(ascii: "'") { next += 1 }
        steps &+= next - at
        at = min(end, next + 1)
    }

    /// Reads on inside double quotes; true where something nested was opened and the word goes on behind it.
    private mutating func readQuoted(from start: Int) -> Bool {
        let escape = dialect == .posix ? UInt8(ascii: "\\") : UInt8(ascii: "`")
        while true {
            steps &+= 1
            var next = at
            while next < end, line[next] != UInt8(ascii: "\""), line[next] != escape, line[next] != UInt8(ascii: "$"),
                line[next] != UInt8(ascii: "`")
            {
                next += 1
            }
            at = next
            guard next < end else { return false }
            switch line[next] {
            case UInt8(ascii: "\""):
                at += 1
                return false
            case escape: at = min(end, at + 2)
            case UInt8(ascii: "$"): if readDollar(from: start, isQuoted: true) { return true }
            default: if readBacktick(from: start, isQuoted: true) { return true }
            }
        }
    }

    /// A `$` and what it opens; true where commands stand in it.
    private mutating func readDollar(from start: Int, isQuoted: Bool) -> Bool {
        at += 1
        guard at < end else { return false }
        switch line[at] {
        case UInt8(ascii: "("):
            if at + 1 < end, line[at + 1] == UInt8(ascii: "("), dialect == .posix {
                stepOver(open: UInt8(ascii: "("), close: UInt8(ascii: ")"))
                return false
            }
            return open(closing: UInt8(ascii: ")"), word: start, isQuoted: isQuoted)
        case UInt8(ascii: "{"):
            stepOver(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))
        case UInt8(ascii: "'") where !isQuoted && dialect == .posix:
            at += 1
            while at < end, line[at] != UInt8(ascii: "'") { at += line[at] == UInt8(ascii: "\\") ? 2 : 1 }
            at = min(end, at + 1)
        default: break
        }
        return false
    }

    /// Steps over brackets and what stands in them; one that is never closed takes the rest.
    private mutating func stepOver(open: UInt8, close: UInt8) {
        var depth = 0
        while at < end {
            steps &+= 1
            let byte = line[at]
            at += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == open { depth += 1 }
            if byte == close {
                depth -= 1
                if depth == 0 { return }
            }
        }
        at = end
    }

    private mutating func readBacktick(from start: Int, isQuoted: Bool) -> Bool {
        if let frame = frames.last, frame.closing == UInt8(ascii: "`") {
            finishWord(from: start)
            close()
            return true
        }
        return open(closing: UInt8(ascii: "`"), word: start, isQuoted: isQuoted)
    }

    /// A parenthesis behind a word: a function's, an array's.
    private mutating func readParenthesis(inWordFrom start: Int) -> Bool {
        if at + 1 < end, line[at + 1] == UInt8(ascii: ")"), dialect == .posix, command.isAtStart {
            // `name() {`: no command yet.
            at += 2
            return true
        }
        let isText = dialect == .powerShell || line[at - 1] == UInt8(ascii: "=") || command.isCondition
        return open(closing: UInt8(ascii: ")"), word: start, isText: isText)
    }

    /// A parenthesis where a command begins, or among its words.
    mutating func openParenthesis() {
        if command.isCondition { return readWord(from: at, isQuoted: false) }
        if at + 1 < end, line[at + 1] == UInt8(ascii: "("), dialect == .posix {
            stepOver(open: UInt8(ascii: "("), close: UInt8(ascii: ")"))
            return
        }
        _ = open(closing: UInt8(ascii: ")"), word: nil)
    }

    mutating func open(closing: UInt8, isText: Bool) {
        _ = open(closing: closing, word: nil, isText: isText)
    }

    /// Opens what holds commands of its own; false where it is nested too deep and read as text.
    @discardableResult
    private mutating func open(closing: UInt8, word: Int?, isQuoted: Bool = false, isText: Bool = false) -> Bool {
        at += 1
        guard frames.count < CommandScan.deepest else { return false }
        let isText = isText || isInText
        frames.append(
            Frame(
                outer: command,
                word: word,
                wasQuoted: isQuoted,
                closing: closing,
                isText: isText,
                stage: stage,
                redirect: redirect
            )
        )
        redirect = nil
        command = CommandMeaning()
        stage = Stage()
        isInText = isText
        return true
    }

    /// A closing bracket: of the frame at hand, or of nothing (`pattern)` in a case).
    mutating func close() {
        let byte = line[at]
        at += 1
        // Models put backticks round words they mean literally, in double quotes: only a program's name is believed.
        if byte == UInt8(ascii: "`"), !command.isKnown { command = CommandMeaning() }
        // What ends at a bracket that nothing opened was a pattern, or no command line.
        if byte == UInt8(ascii: ")"), frames.last?.closing != byte { command = CommandMeaning() }
        endCommand(endsPipeline: true)
        guard let frame = frames.last, frame.closing == byte else { return }
        frames.removeLast()
        while let open = cases.last, open.depth > frames.count { cases.removeLast() }
        isInText = frames.last?.isText ?? false
        (command, redirect, stage) = (frame.outer, frame.redirect, frame.stage)
        if let word = frame.word { readWord(from: word, isQuoted: frame.wasQuoted) }
    }
}
