internal import Domain
internal import JSONText

// What follows a program's name: options, subcommands, tasks, scripts.

extension CommandMeaning {
    /// Whether a word is an option; if it takes the next word as its value, that is skipped.
    mutating func isOption(_ word: CommandSpan, of line: UnsafeRawBufferPointer) -> Bool {
        guard word.starts(with: "-", in: line) || word.starts(with: "+", in: line) else { return false }
        let hash = stableHash(word.bytes(in: line))
        skipsValue = ProgramTable.known.values[Int(values)].contains(hash)
        if !skipsValue, !isDoubtful { isDoubtful = !isWhole(word, hash, of: line) }
        return true
    }

    /// Whether an option is known to take nothing of the words behind it.
    private func isWhole(_ word: CommandSpan, _ hash: UInt64, of line: UnsafeRawBufferPointer) -> Bool {
        if word.starts(with: "+", in: line) || word.hasEquals(in: line) { return true }
        if ProgramTable.known.flags[0].contains(hash) || ProgramTable.known.flags[Int(flags)].contains(hash) {
            return true
        }
        guard word.count > 1 else { return false }
        if line[word.start + 1] == UInt8(ascii: "-") {
            return CommandSpan(start: word.start, end: min(word.end, word.start + 5)).is("--no-", in: line)
        }
        if known.style == .shell, isFlagCluster(word, of: line) { return true }
        // `-10`, `-j8`: the value is in the word.
        if (word.start + 1..<word.end).allSatisfy({ line[$0] >= 0x30 && line[$0] <= 0x39 }) { return true }
        guard word.count > 2 else { return false }
        let short = stableHash(CommandSpan(start: word.start, end: word.start + 2).bytes(in: line))
        return ProgramTable.known.values[Int(values)].contains(short)
    }

    /// Whether letters that shells take without a value stand behind the dash, or last the one before a script's text.
    private func isFlagCluster(_ word: CommandSpan, of line: UnsafeRawBufferPointer) -> Bool {
        for index in word.start + 1..<word.end {
            switch line[index] {
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "k"),
                UInt8(ascii: "l"), UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"),
                UInt8(ascii: "u"), UInt8(ascii: "v"), UInt8(ascii: "x"), UInt8(ascii: "B"), UInt8(ascii: "E"):
                continue
            case UInt8(ascii: "c") where index == word.end - 1, UInt8(ascii: "o") where index == word.end - 1: continue
            default: return false
            }
        }
        return true
    }

    /// A subcommand, task or script, or an option before it.
    mutating func takeNext(_ word: CommandSpan, of line: UnsafeRawBufferPointer, _ dialect: ShellDialect) {
        if isOption(word, of: line) {
            if known.rules != 0 { judge(word, of: line) }
            if expected == .script { takeScriptOption(word, of: line) }
            return
        }
        let word = word.unquoted(in: line)
        if expected == .script {
            expected = .rest
            let name = word.baseName(in: line, dialect: dialect)
            guard !isDoubtful, !word.isAddress(in: line), name.isName(in: line) else { return }
            add(name, hash: stableHash(name.bytes(in: line)))
            if known.kind == .run, kind == .run { become(taskKind(named: name.bytes(in: line))) }
            return
        }
        let hash = stableHash(word.bytes(in: line))
        let below = ProgramTable.key(hash, under: key)
        if known.style != .task, let found = ProgramTable.known.program(below) {
            let style = found.style
            (known, kind, weight, values, flags) = (found, found.kind, found.weight, found.values, found.flags)
            // What a program starts has a name of its own.
            if style != .program, style != .programAfterWord { add(word, hash: hash) }
            key = found.family == 0 ? below : found.family
            return expect(style)
        }
        if isDoubtful { return passOver(word, of: line) }
        expected = .rest
        guard known.style != .words, word.isName(in: line) else {
            if word.isAssignment(in: line) { expected = .subcommand }
            return
        }
        add(word, hash: hash)
        become(taskKind(named: word.bytes(in: line)))
    }

    private mutating func become(_ task: ActionKind) {
        kind = task
        weight = task.taskWeight
    }

    /// A word that may be an option's value or the task itself; it says at most what kind of task it is.
    private mutating func passOver(_ word: CommandSpan, of line: UnsafeRawBufferPointer) {
        if hasSkippedDoubt { expected = .rest }
        hasSkippedDoubt = true
        guard known.style != .words else { return }
        let task = taskKind(named: word.bytes(in: line))
        guard task != .run else { return }
        become(task)
        expected = .rest
    }

    /// `-c` and its like: what follows is no script's name.
    private mutating func takeScriptOption(_ word: CommandSpan, of line: UnsafeRawBufferPointer) {
        let last = line[word.end - 1]
        switch known.style {
        case .shell:
            guard word.count > 1, line[word.start + 1] != UInt8(ascii: "-") else { break }
            // `-euo pipefail`: an option's name follows.
            if last == UInt8(ascii: "o"), values != 0 { skipsValue = true }
            if last == UInt8(ascii: "c"), isFlagCluster(word, of: line) { expected = .scriptText }
        case .powerShell:
            if word.is("-c", in: line) || word.is("-Command", in: line) || word.is("-command", in: line) {
                expected = .scriptText
            }
        default:
            if word.is("-m", in: line) {
                expected = .program
            } else if let letter = textOption(word, of: line) {
                textOption = letter
                nameHash = ProgramTable.key(UInt64(letter), under: nameHash)
                expected = .rest
            }
        }
        // A script from the input: what follows are its arguments.
        if word.count == 1 { expected = .rest }
    }

    /// The letter at the end of `-c`, `-e`, `-ne` and the like, or of `--eval`; nil for other options.
    private func textOption(_ word: CommandSpan, of line: UnsafeRawBufferPointer) -> UInt8? {
        if word.is("--eval", in: line) { return UInt8(ascii: "e") }
        var last = line[word.end - 1]
        // Python and Lua mean something else by it.
        if last == UInt8(ascii: "E"), program.is("perl", in: line) { last = UInt8(ascii: "e") }
        guard word.count > 1, !skipsValue,
            last == UInt8(ascii: "c") || last == UInt8(ascii: "e") || last == UInt8(ascii: "p")
                || (last == UInt8(ascii: "r") && program.is("php", in: line))
        else { return nil }
        for index in word.start + 1..<word.end - 1 {
            switch line[index] {
            case UInt8(ascii: "n"), UInt8(ascii: "p"), UInt8(ascii: "l"), UInt8(ascii: "a"), UInt8(ascii: "i"),
                UInt8(ascii: "w"), UInt8(ascii: "u"), UInt8(ascii: "s"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                continue
            default: return nil
            }
        }
        return last
    }

    private mutating func add(_ word: CommandSpan, hash: UInt64) {
        guard second.count == 0 else { return }
        if first.count == 0 { first = word } else { second = word }
        nameHash = ProgramTable.key(hash, under: nameHash)
    }

    /// Asks the program's rules about a word.
    mutating func judge(_ word: CommandSpan, of line: UnsafeRawBufferPointer) {
        guard word.count > 0 else { return }
        let isOption = line[word.start] == UInt8(ascii: "-")
        if !isOption { operands += 1 }
        var name = word
        if isOption {
            for index in word.start..<word.end where line[index] == UInt8(ascii: "=") {
                name.end = index
                break
            }
        }
        let hash = stableHash(name.bytes(in: line))
        let rules = ProgramTable.known.rules[Int(known.rules)]
        if waitingRule > 0 {
            let place = waitingRule - 1
            waitingRule = 0
            if !rules[place].harmlessValues.contains(hash) { hold(rules[place], at: place) }
            return
        }
        for (place, rule) in rules.enumerated() where place >= self.rule {
            let holds =
                if rule.operands > 0 {
                    !isOption && operands == rule.operands
                } else if !rule.harmlessValues.isEmpty || !rule.lettersBefore.isEmpty {
                    isOption && takesValue(rule, at: place, word, name, hash, of: line)
                } else if rule.letter != 0 {
                    isOption && hasShortOption(rule.letter, word, of: line)
                } else {
                    rule.flags.contains(hash)
                }
            if holds { hold(rule, at: place) }
        }
    }

    private mutating func hold(_ rule: ProgramRule, at place: Int) {
        if place >= self.rule { (kind, weight, self.rule) = (rule.kind, rule.weight, place) }
    }

    /// Whether an option is the rule's and has its value with it; where the value is the next word, the rule waits.
    private mutating func takesValue(
        _ rule: ProgramRule,
        at place: Int,
        _ word: CommandSpan,
        _ name: CommandSpan,
        _ hash: UInt64,
        of line: UnsafeRawBufferPointer
    ) -> Bool {
        var value = CommandSpan(start: min(name.end + 1, word.end), end: word.end)
        if !rule.flags.contains(hash) {
            var index = word.start + 1
            while index < word.end, rule.lettersBefore.contains(line[index]) { index += 1 }
            guard index < word.end, line[index] == rule.letter else { return false }
            value.start = index + 1
        }
        if value.count == 0 {
            waitingRule = place + 1
            return false
        }
        return !rule.harmlessValues.contains(stableHash(value.bytes(in: line)))
    }

    /// Whether a letter stands among the small letters and digits behind one dash.
    private func hasShortOption(_ letter: UInt8, _ word: CommandSpan, of line: UnsafeRawBufferPointer) -> Bool {
        var index = word.start + 1
        while index < word.end {
            let byte = line[index]
            if byte == letter { return true }
            guard (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x45 else { return false }
            index += 1
        }
        return false
    }
}
