internal import Domain
internal import JSONText

/// What one simple command is for, gathered word by word.
struct CommandMeaning {
    /// What the next word is taken for.
    enum Expected: UInt8 {
        case program
        /// Of a wrapper that takes a word of its own first (`timeout 5m`).
        case wrapperWord
        case subcommand
        case script
        /// The text of a script: it is read by itself.
        case scriptText
        case rest
    }

    var program = CommandSpan()
    var first = CommandSpan()
    var second = CommandSpan()
    /// Tells the words of the name apart from others; 0 where there are none.
    var nameHash: UInt64 = 0
    var kind = ActionKind.other
    var weight = Program.Weight.nothing
    /// It names a program, or writes a file without one.
    private(set) var isCommand = false
    /// Its program is one of the table.
    private(set) var isKnown = false

    var known = Program(kind: .other, weight: .nothing)
    var key: UInt64 = 0
    var expected = Expected.program
    var values: UInt8 = 0
    var flags: UInt8 = 0
    var skipsValue = false
    /// The letter of an option that is handed a script's text, which tells `python -c` from a script; 0 for none.
    var textOption: UInt8 = 0
    /// An option came of which nobody knows whether the next word is its value.
    ///
    /// From there on only words of the table are named: any other may be a user, an address or a token.
    var isDoubtful = false
    /// The word that may be that option's value was passed over.
    var hasSkippedDoubt = false
    private var isSilent = false
    private var isThroughXargs = false
    var operands = 0
    /// The last of the program's rules that held.
    var rule = 0
    /// The rule that waits for its option's value, counted from 1; 0 for none.
    var waitingRule = 0

    /// It stands behind a pipe.
    var isLaterStage = false
    /// It sends its output to a file.
    var writesFile = false
    /// Nothing but the shell's own syntax came so far.
    var isAtStart: Bool { expected == .program && nameHash == 0 && !isCommand }
    var isCondition: Bool { known.style == .condition && expected == .rest }
    /// A word of the shell's that opens a block in PowerShell (`if`, `foreach`).
    var isControl: Bool {
        isSilent || known.style == .block || (isCommand == false && known.style == .transparent)
    }
    /// The next word is the text of a script.
    var expectsScriptText: Bool { expected == .scriptText }

    /// Takes a word of the command.
    mutating func take(_ word: CommandSpan, of line: UnsafeRawBufferPointer, dialect: ShellDialect) {
        if skipsValue {
            skipsValue = false
            return
        }
        switch expected {
        case .program: takeProgram(word, of: line, dialect)
        case .wrapperWord: if !isOption(word, of: line) { expected = .program }
        case .subcommand, .script: takeNext(word, of: line, dialect)
        case .scriptText: expected = .rest
        case .rest:
            if known.rules != 0 { judge(word.unquoted(in: line), of: line) }
            if known.style == .condition, word.is("]]", in: line) { known.style = .plain }
        }
    }

    private mutating func takeProgram(_ word: CommandSpan, of line: UnsafeRawBufferPointer, _ dialect: ShellDialect) {
        if word.isAssignment(in: line) { return }
        // Behind a wrapper (`sudo -u me`) its options come first.
        if isCommand, isOption(word, of: line) {
            if known.rules != 0 {
                judge(word, of: line)
                if kind != known.kind { expected = .rest }
            }
            return
        }
        if dialect == .powerShell, word.starts(with: "$", in: line) || word.is("=", in: line) { return }
        var name = word.unquoted(in: line).baseName(in: line, dialect: dialect)
        // `tool@1.2`, as npx takes it. In front of the sign in an address stands who asks, and with which secret.
        let isAddress = word.isAddress(in: line)
        for index in name.start..<name.end where line[index] == UInt8(ascii: "@") && index > name.start {
            name.end = index
            break
        }
        if name.count > 4, line[name.end - 4] == UInt8(ascii: "."),
            CommandSpan(start: name.end - 3, end: name.end).is("exe", in: line)
        {
            name.end -= 4
        }
        let hash = stableHash(name.bytes(in: line))
        if let found = ProgramTable.known.program(hash) ?? lowercased(name, of: line) {
            enter(found, named: name, hash: hash, of: line)
            isKnown = true
        } else if isDoubtful {
            if hasSkippedDoubt { expected = .rest }
            hasSkippedDoubt = true
        } else if !isAddress, isPlausible(name, word, of: line, dialect) {
            let isScript = name.end > name.start && (name.start > word.start || hasDot(name, of: line))
            let kind = isScript ? taskKind(named: name.bytes(in: line)) : .run
            let weight = isScript ? kind.taskWeight : .executing
            enter(Program(kind: kind, weight: weight), named: name, hash: hash, of: line)
        } else {
            // No name that could be told without telling more: `$TOOL`, `"my program"`.
            isCommand = dialect == .posix && (word.starts(with: "$", in: line) || word.starts(with: "\"", in: line))
            if isCommand { (kind, weight) = (.run, .executing) } else { isSilent = true }
            known = Program(kind: kind, weight: weight)
            expected = .rest
        }
    }

    private func isPlausible(
        _ name: CommandSpan,
        _ word: CommandSpan,
        of line: UnsafeRawBufferPointer,
        _ dialect: ShellDialect
    ) -> Bool {
        guard name.isName(in: line), !name.starts(with: ".", in: line) else { return false }
        // A quoted word is no command in PowerShell but a text, nor is a number.
        if dialect == .powerShell, word.starts(with: "'", in: line) || word.starts(with: "\"", in: line) {
            return false
        }
        return line[name.start] > 0x39 || (dialect == .posix && hasLetter(name, of: line))
    }

    private func hasLetter(_ name: CommandSpan, of line: UnsafeRawBufferPointer) -> Bool {
        for index in name.start..<name.end where line[index] > 0x40 { return true }
        return false
    }

    /// A dot, as scripts have, or a colon, as tasks do.
    private func hasDot(_ name: CommandSpan, of line: UnsafeRawBufferPointer) -> Bool {
        for index in name.start..<name.end where line[index] == UInt8(ascii: ".") || line[index] == UInt8(ascii: ":") {
            return true
        }
        return false
    }

    /// Cmdlets are written in letters of either case.
    private func lowercased(_ name: CommandSpan, of line: UnsafeRawBufferPointer) -> Program? {
        guard name.count > 0, name.count <= 32, line[name.start] < 0x5B, line[name.start] > 0x40 else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.count) { small in
            for index in 0..<name.count {
                let byte = line[name.start + index]
                small[index] = byte > 0x40 && byte < 0x5B ? byte | 0x20 : byte
            }
            return ProgramTable.known.program(stableHash(UnsafeRawBufferPointer(small)))
        }
    }

    private mutating func enter(
        _ found: Program,
        named name: CommandSpan,
        hash: UInt64,
        of line: UnsafeRawBufferPointer
    ) {
        let wasXargs = isCommand && program.is("xargs", in: line)
        known = found
        (values, flags) = (found.values, found.flags)
        switch found.style {
        case .transparent: return
        case .silent:
            isSilent = true
            expected = .rest
            return
        default: break
        }
        isThroughXargs = isThroughXargs || wasXargs
        (program, first, second, textOption) = (name, CommandSpan(), CommandSpan(), 0)
        nameHash = hash
        key = hash
        isCommand = true
        kind = found.kind
        weight = found.weight
        (operands, rule, waitingRule) = (0, 0, 0)
        expect(found.style)
    }

    mutating func expect(_ style: Program.Style) {
        switch style {
        case .plain, .condition, .silent, .block: expected = .rest
        case .words, .task, .wordsOrTask: expected = .subcommand
        case .script, .shell, .powerShell: expected = .script
        case .program, .transparent: expected = .program
        case .programAfterWord: expected = .wrapperWord
        }
    }

    /// Takes over what a script's text turned out to be for.
    mutating func become(_ inner: CommandMeaning) {
        guard inner.isCommand else { return }
        let (wasLater, wrote) = (isLaterStage, writesFile)
        self = inner
        expected = .rest
        known = Program(kind: kind, weight: weight)
        (isLaterStage, writesFile) = (wasLater, wrote || inner.writesFile)
    }

    /// Settles what counts once the command has ended.
    mutating func end() {
        if isSilent { isCommand = false }
        if !isCommand {
            guard writesFile, !isSilent else { return }
            (isCommand, kind, weight) = (true, .edit, .changing)
            return
        }
        if writesFile, weight <= .observing {
            (kind, weight) = (.edit, .changing)
        } else if isLaterStage, !isThroughXargs, weight == .observing {
            weight = .filtering
        }
    }
}
