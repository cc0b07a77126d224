extension ShellParser {
    /// The loop, condition or group that begins here; nil where none does.
    mutating func compound() throws(Unsupported) -> ShellCompound? {
        if byte == UInt8(ascii: "("), next(1) == UInt8(ascii: "(") { return .arithmetic(try arithmetic()) }
        switch wordAhead {
        case "{":
            at += 1
            return .group(try body(until: ["}"]))
        case "for": return try each()
        case "while", "until":
            let isUntil = byte == UInt8(ascii: "u")
            at += 5
            let condition = try body(until: ["do"])
            return .loop(isUntil: isUntil, condition: condition, body: try body(until: ["done"]))
        case "if": return try branches()
        case "case": return try choice()
        case "[[": return .condition(try condition())
        default: return nil
        }
    }

    /// Commands up to one of some words, stepping behind it; there is one command at least.
    mutating func body(until ends: [String]) throws(Unsupported) -> ShellScript {
        let script = try commands(until: ends)
        guard !script.items.isEmpty else { throw Unsupported() }
        try take(ends)
        return script
    }

    /// Commands up to one of some words, standing before it.
    private mutating func commands(until ends: [String]) throws(Unsupported) -> ShellScript {
        try inside { (parser) throws(Unsupported) in try parser.list(until: nil, ends: ends) }
    }

    /// The word of the shell's own that begins here: letters and brackets up to a boundary.
    var wordAhead: String? {
        var end = at
        while end < bytes.count, end - at < 9, isWordByte(bytes[end]) { end += 1 }
        guard end > at, end == bytes.count || endsWord(bytes[end]) else { return nil }
        return String(decoding: bytes[at..<end], as: UTF8.self)
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
            || byte == UInt8(ascii: "[")
    }

    private func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"):
            true
        default: false
        }
    }

    @discardableResult
    private mutating func take(_ words: [String]) throws(Unsupported) -> String {
        guard let word = wordAhead, words.contains(word) else { throw Unsupported() }
        at += word.utf8.count
        return word
    }

    private mutating func each() throws(Unsupported) -> ShellCompound {
        at += 3
        stepOverBlanks()
        guard let variable = try word(), case .text(let name, false)? = variable.pieces.first,
            variable.pieces.count == 1,
            ShellWord(pieces: [.text(name + "=", isQuoted: false)]).isAssignment
        else { throw Unsupported() }
        try stepOverLines()
        var words: [ShellWord]?
        if wordAhead == "in" {
            at += 2
            var list: [ShellWord] = []
            stepOverBlanks()
            while let word = try word() {
                list.append(word)
                stepOverBlanks()
            }
            words = list
            guard byte == UInt8(ascii: ";") || byte == 0x0A else { throw Unsupported() }
        }
        if byte == UInt8(ascii: ";") { at += 1 }
        try stepOverLines()
        try take(["do"])
        return .each(variable: name, words: words, body: try body(until: ["done"]))
    }

    private mutating func branches() throws(Unsupported) -> ShellCompound {
        at += 2
        var branches: [ShellCompound.Branch] = []
        while true {
            let condition = try body(until: ["then"])
            let script = try commands(until: ["elif", "else", "fi"])
            guard !script.items.isEmpty else { throw Unsupported() }
            branches.append(ShellCompound.Branch(condition: condition, body: script))
            switch try take(["elif", "else", "fi"]) {
            case "fi": return .branches(branches, otherwise: nil)
            case "else": return .branches(branches, otherwise: try body(until: ["fi"]))
            default: continue
            }
        }
    }

    private mutating func choice() throws(Unsupported) -> ShellCompound {
        at += 4
        stepOverBlanks()
        guard let subject = try word() else { throw Unsupported() }
        try stepOverLines()
        try take(["in"])
        var choices: [ShellCompound.Choice] = []
        while true {
            try stepOverLines()
            if wordAhead == "esac" {
                at += 4
                return .choice(subject, choices)
            }
            if byte == UInt8(ascii: "(") { at += 1 }
            var patterns: [ShellWord] = []
            repeat {
                if !patterns.isEmpty { at += 1 }
                stepOverBlanks()
                guard let pattern = try word(), pattern.literal != "esac" else { throw Unsupported() }
                patterns.append(pattern)
                stepOverBlanks()
            } while byte == UInt8(ascii: "|")
            guard byte == UInt8(ascii: ")") else { throw Unsupported() }
            at += 1
            let body = try commands(until: ["esac", ";;"])
            choices.append(ShellCompound.Choice(patterns: patterns, body: body))
            guard byte == UInt8(ascii: ";") else { continue }
            guard next(1) == UInt8(ascii: ";"), next(2) != UInt8(ascii: "&") else { throw Unsupported() }
            at += 2
        }
    }

    /// `[[ … ]]` on one line; what is substituted in it is more than is parsed.
    private mutating func condition() throws(Unsupported) -> String {
        let start = at
        at += 2
        while let byte {
            switch byte {
            case UInt8(ascii: "'"):
                at += 1
                while let byte = self.byte, byte != UInt8(ascii: "'") { at += 1 }
            case UInt8(ascii: "\""):
                at += 1
                while let byte = self.byte, byte != UInt8(ascii: "\"") {
                    guard byte != UInt8(ascii: "`"), byte != UInt8(ascii: "$") || next(1) != UInt8(ascii: "(") else {
                        throw Unsupported()
                    }
                    at += byte == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "\\"): at += 1
            case 0x0A, UInt8(ascii: "`"), UInt8(ascii: "#"): throw Unsupported()
            case UInt8(ascii: "$") where next(1) == UInt8(ascii: "(") || next(1) == UInt8(ascii: "'"):
                throw Unsupported()
            case UInt8(ascii: "]") where next(1) == byte && (bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09):
                guard next(2).map(endsWord) ?? true else { break }
                at += 2
                return squeezed(String(decoding: bytes[start..<at], as: UTF8.self))
            default: break
            }
            at += 1
        }
        throw Unsupported()
    }

    /// `(( … ))` on one line.
    private mutating func arithmetic() throws(Unsupported) -> String {
        let start = at
        var depth = 0
        while let byte {
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                // `((a); b)` is a subshell in a subshell.
                if depth == 1, next(1) != byte { throw Unsupported() }
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: "#"), 0x0A,
                UInt8(ascii: ";"):
                throw Unsupported()
            case UInt8(ascii: "$") where next(1) == UInt8(ascii: "("): throw Unsupported()
            default: break
            }
            at += 1
            if depth == 0 { return String(decoding: bytes[start..<at], as: UTF8.self) }
        }
        throw Unsupported()
    }
}
