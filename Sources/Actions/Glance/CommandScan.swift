internal import Domain

/// One pass over a command line: where its commands begin and end, and what the weightiest of them is for.
///
/// Knows quotes, expansions, nesting, comments, redirects and heredocs as far as words must be told from text. It
/// takes every byte once and keeps no words; nesting deeper than ``deepest`` is read as text.
struct CommandScan {
    var line = UnsafeRawBufferPointer(start: nil, count: 0)
    var end = 0
    var at = 0
    var dialect = ShellDialect.posix
    var command = CommandMeaning()
    var best = CommandMeaning()
    var frames: [Frame] = []
    var canonical = CanonicalRun()
    var heredocs: [Heredoc] = []
    var redirect: Redirect?
    var cases: [OpenCase] = []
    /// What is open holds no commands.
    var isInText = false
    /// Where the last word or operator ended, and how many bytes were kept up to there.
    private var lastEnd = 0
    private(set) var lastKept = 0
    /// How deep a script's text stands in others.
    var textDepth = 0
    /// Turns of the loops that read, and bytes that were stepped over.
    var steps = 0
    var stage = Stage()
    private var lineStart = 0
    private var folder = CommandSpan()
    private var lineFolder = CommandSpan()
    private var commandsSoFar = 0

    static let deepest = 64

    /// Reads a command line that must outlive the answers to what it is for.
    mutating func read(_ bytes: UnsafeRawBufferPointer, dialect: ShellDialect) {
        line = bytes
        (at, end, self.dialect) = (0, bytes.count, dialect)
        while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
        while at < end, bytes[at] <= 0x20 { at += 1 }
        lineStart = at
        command = CommandMeaning()
        best = CommandMeaning()
        frames.removeAll(keepingCapacity: true)
        heredocs.removeAll(keepingCapacity: true)
        (redirect, isInText) = (nil, false)
        cases.removeAll(keepingCapacity: true)
        steps = 0
        (stage, folder, lineFolder, commandsSoFar) = (Stage(), CommandSpan(), CommandSpan(), 0)
        canonical.begin(at: at)
        scan()
    }

    /// The canonical bytes, and the folder that the line changes to before anything else.
    mutating func withCanonicalBytes<Answer>(
        _ body: (UnsafeRawBufferPointer, _ folder: UnsafeRawBufferPointer) -> Answer
    ) -> Answer {
        let folder = lineFolder.bytes(in: line)
        return canonical.withBytes(of: line, endingAt: end) { body($0, folder) }
    }

    /// Reads up to the end, or to the end of a script's text.
    mutating func scan() {
        while at < end {
            steps &+= 1
            stepOverBlanks()
            guard at < end else { break }
            let byte = line[at]
            switch byte {
            // Inside `[[ ]]` a line's end is a blank.
            case 0x0A where command.isCondition: at += 1
            case 0x0A: endLine()
            case UInt8(ascii: ";"): readSemicolon()
            case UInt8(ascii: "&"): readAmpersand()
            case UInt8(ascii: "|"): readBar()
            case UInt8(ascii: "("): openParenthesis()
            case UInt8(ascii: ")"): close()
            case UInt8(ascii: "}") where dialect == .powerShell: close()
            case UInt8(ascii: "{") where dialect == .powerShell:
                open(closing: UInt8(ascii: "}"), isText: !command.isControl)
            case UInt8(ascii: "<") where stepOverBlockComment(): continue
            case UInt8(ascii: "<"), UInt8(ascii: ">"): readRedirect(from: at, isFromErrors: false)
            case UInt8(ascii: "#"): stepOverComment()
            default: readWord(from: at, isQuoted: false)
            }
        }
        endCommand(endsPipeline: true)
        while let frame = frames.popLast() {
            command = frame.outer
            endCommand(endsPipeline: true)
        }
    }

    private mutating func stepOverBlanks() {
        let from = at
        lastEnd = at
        lastKept = canonical.count(upTo: at)
        // One blank between two words: nearly always.
        if at + 1 < end, line[at] == 0x20, line[at + 1] > 0x20, line[at + 1] != UInt8(ascii: "\\") {
            at += 1
            return
        }
        while at < end {
            let byte = line[at]
            if byte == 0x20 || byte == 0x09 || byte == 0x0D {
                at += 1
            } else if byte == UInt8(ascii: "\\"), at + 1 < end, line[at + 1] == 0x0A, dialect == .posix {
                at += 2
            } else {
                break
            }
        }
        guard textDepth == 0, at > from else { return }
        if at < end, line[at] == 0x0A {
            canonical.leaveOut(line, CommandSpan(start: from, end: at))
        } else if at - from > 1 || line[from] != 0x20 {
            canonical.leaveOut(line, CommandSpan(start: from, end: at), for: 0x20)
        }
    }

    private mutating func stepOverComment() {
        let from = at
        while at < end, line[at] != 0x0A { at += 1 }
        steps += at - from
        guard textDepth == 0 else { return }
        canonical.cut(to: lastKept, goingOnAt: at, of: line)
        if lastKept == 0 { restart() }
    }

    private mutating func endLine() {
        endCommand(endsPipeline: true)
        at += 1
        let from = at
        if heredocs.isEmpty {
            while at < end, line[at] <= 0x20 { at += 1 }
            if textDepth == 0, at > from { canonical.leaveOut(line, CommandSpan(start: from, end: at)) }
        } else {
            stepOverHeredocs()
        }
    }

    /// Begins again where the work begins.
    private mutating func restart() {
        while at < end, line[at] <= 0x20 { at += 1 }
        canonical.begin(at: at)
        lineStart = at
    }

    mutating func separate(_ next: Int, isAnd: Bool = false) {
        let isFirst = command.program.start == lineStart
        endCommand(endsPipeline: true)
        at = next
        // `cd FOLDER &&` in front of everything: the folder, not the work.
        if isAnd, isFirst, commandsSoFar == 1, textDepth == 0, frames.isEmpty, folder.count > 0 {
            lineFolder = folder.unquoted(in: line)
            restart()
        }
    }

    private mutating func readAmpersand() {
        if command.isCondition { return readWord(from: at, isQuoted: false) }
        let next = at + 1 < end ? line[at + 1] : 0
        if next == UInt8(ascii: "&") { return separate(at + 2, isAnd: true) }
        if next == UInt8(ascii: ">") {
            at += 1
            return readRedirect(from: at - 1, isFromErrors: false)
        }
        // PowerShell's call operator stands where a command begins.
        if dialect == .powerShell, command.isAtStart {
            at += 1
            return
        }
        separate(at + 1)
    }

    private mutating func readBar() {
        if command.isCondition { return readWord(from: at, isQuoted: false) }
        let next = at + 1 < end ? line[at + 1] : 0
        if next == UInt8(ascii: "|") { return separate(at + 2) }
        endCommand(endsPipeline: false)
        command.isLaterStage = true
        let first = stage.trims ? stage.trimsFrom ?? stage.kept : nil
        stage = Stage(kept: lastKept, trimsFrom: first)
        at += next == UInt8(ascii: "&") ? 2 : 1
    }

    mutating func endCommand(endsPipeline: Bool) {
        if endsPipeline {
            if textDepth == 0, frames.isEmpty, stage.trims, let kept = stage.trimsFrom ?? stage.kept {
                let hasGap =
                    at < end && at > lastEnd && (line[at] == UInt8(ascii: "&") || line[at] == UInt8(ascii: "|"))
                canonical.cut(to: kept, goingOnAt: at, of: line, for: hasGap ? 0x20 : nil)
            }
            stage = Stage()
        }
        redirect = nil
        command.end()
        if command.isCommand || command.isLaterStage { commandsSoFar += 1 }
        if command.isCommand, best.isCommand == false || command.weight >= best.weight { best = command }
        command = CommandMeaning()
    }

    // Words, as they end.

    mutating func finishWord(from start: Int) {
        let word = CommandSpan(start: start, end: at)
        if redirect != nil { return finishRedirect(word) }
        if isInText { return }
        if textDepth == 0, frames.isEmpty { noteTrimming(word) }
        if command.expectsScriptText, textDepth < 3 { return readText(word) }
        if dialect == .posix, noteCase(word) { return }
        command.take(word, of: line, dialect: dialect)
    }

    /// Notes whether the stage at hand only trims output, and which folder a `cd` goes to.
    private mutating func noteTrimming(_ word: CommandSpan) {
        stage.words += 1
        if stage.words == 1 {
            if stage.kept != nil {
                stage.trims =
                    word.is("head", in: line) || word.is("tail", in: line) || word.is("cat", in: line)
                    || (dialect == .powerShell && word.is("Select-Object", in: line))
            }
            folder = CommandSpan()
        } else if stage.trims {
            let isNumber = line[word.start] >= 0x30 && line[word.start] <= 0x39
            stage.trims =
                word.starts(with: "-", in: line) || word.starts(with: "+", in: line) || isNumber
        }
        if commandsSoFar == 0, stage.kept == nil {
            if stage.words == 2, command.program.is("cd", in: line) { folder = word }
            if stage.words > 2 { folder = CommandSpan() }
        }
    }

    /// Reads a script's text as a line of its own.
    private mutating func readText(_ word: CommandSpan) {
        let text = word.unquoted(in: line)
        var inner = CommandScan()
        inner.line = line
        (inner.at, inner.end, inner.dialect, inner.textDepth) = (text.start, text.end, dialect, textDepth + 1)
        inner.scan()
        steps += inner.steps
        command.take(word, of: line, dialect: dialect)
        command.become(inner.best)
    }
}
