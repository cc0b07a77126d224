internal import Domain
internal import JSONText

// What follows a program's name: options, subcommands, tasks, scripts.

extension CommandMeaning {
    /// Whether a word is an option; if it takes the next word as its value, that is skipped.
    mutating func isOption(_ word: CommandSpan, of line: UnsafeRawBufferPointer) -> Bool {
        guard word.starts(with: "-", in: line) || word.starts(with: "+", in: line) else { return false }
        if values != 0 {
            let hash = stableHash(word.bytes(in: line))
            skipsValue = ProgramTable.known.values[Int(values)].contains(hash)
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
            guard name.isName(in: line) else { return }
            add(name, hash: stableHash(name.bytes(in: line)))
            if known.kind == .run, kind == .run { become(taskKind(named: name.bytes(in: line))) }
            return
        }
        let hash = stableHash(word.bytes(in: line))
        let below = ProgramTable.key(hash, under: key)
        if known.style != .task, let found = ProgramTable.known.program(below) {
            let style = found.style
            if style == .program || style == .programAfterWord {
                // What it starts has a name of its own.
                (known, kind, weight, values) = (found, found.kind, found.weight, found.values)
            } else {
                (known, kind, weight, values) = (found, found.kind, found.weight, found.values)
                add(word, hash: hash)
            }
            key = found.family == 0 ? below : found.family
            return expect(style)
        }
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

    /// `-c` and its like: what follows is no script's name.
    private mutating func takeScriptOption(_ word: CommandSpan, of line: UnsafeRawBufferPointer) {
        let last = line[word.end - 1]
        let isLong = word.count > 2 && line[word.start + 1] == UInt8(ascii: "-")
        if known.style == .shell {
            // `-euo pipefail`: an option's name follows.
            if !isLong, last == UInt8(ascii: "o"), values != 0 { skipsValue = true }
            guard !isLong, last == UInt8(ascii: "c") || word.is("-Command", in: line) else { return }
            expected = .scriptText
        } else if word.is("-m", in: line) {
            expected = .program
        } else if !isLong && (last == UInt8(ascii: "c") || last == UInt8(ascii: "e") || last == UInt8(ascii: "p"))
            || word.is("--eval", in: line)
        {
            add(word, hash: stableHash(word.bytes(in: line)))
            expected = .rest
        }
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
        for (place, rule) in ProgramTable.known.rules[Int(known.rules)].enumerated() where place >= self.rule {
            let holds =
                if rule.operands > 0 {
                    !isOption && operands == rule.operands
                } else if rule.letter != 0 {
                    isOption && hasShortOption(rule.letter, word, of: line)
                } else {
                    rule.flags.contains(hash)
                }
            if holds { (kind, weight, self.rule) = (rule.kind, rule.weight, place) }
        }
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
