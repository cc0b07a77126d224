/// Takes a command line apart in one pass: nothing is read twice, and nesting has a bound.
struct ShellParser {
    /// What is met is not parsed; the line stays text.
    struct Unsupported: Error {}

    let bytes: [UInt8]
    var at = 0
    private var depth: Int
    /// Heredocs whose bodies come behind the line's end, and the bodies read so far.
    var pending: [PendingHeredoc] = []
    var bodies: [String] = []
    /// A heredoc of an outer line waits: where its body would begin is for bash to know.
    private var outerIsPending = false

    /// More than any person writes; a limit on the stack.
    private static let deepest = 24

    init(_ bytes: [UInt8], depth: Int = 0) {
        self.bytes = bytes
        self.depth = depth
    }

    /// The whole text as a script.
    mutating func script() throws(Unsupported) -> ShellScript {
        var script = try list(until: nil)
        guard at == bytes.count else { throw Unsupported() }
        try readBodies()
        fill(&script)
        return script
    }

    var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    func next(_ distance: Int) -> UInt8? { at + distance < bytes.count ? bytes[at + distance] : nil }

    /// Pipelines up to a closing bracket, one of some words where a command would begin, or the end.
    mutating func list(until closing: UInt8?, ends: [String] = []) throws(Unsupported) -> ShellScript {
        var script = ShellScript()
        while true {
            try stepOverLines()
            guard let byte, byte != closing else { return script }
            if byte == UInt8(ascii: ";"), next(1) == byte, ends.contains(";;") { return script }
            if !ends.isEmpty, let word = wordAhead, ends.contains(word) { return script }
            let pipeline = try pipeline()
            stepOverBlanks()
            script.items.append(
                ShellScript.Item(pipeline: pipeline, joint: try joint(inChoice: ends.contains(";;")))
            )
            let last = script.items[script.items.count - 1].joint
            if last == .and || last == .or {
                try stepOverLines()
                guard self.byte != nil, self.byte != closing else { throw Unsupported() }
            }
        }
    }

    private mutating func joint(inChoice: Bool) throws(Unsupported) -> ShellScript.Joint {
        switch byte {
        case UInt8(ascii: ";"):
            if next(1) == UInt8(ascii: ";") {
                // The end of a `case`'s branch.
                guard inChoice else { throw Unsupported() }
                return .next
            }
            at += 1
            return .next
        case UInt8(ascii: "&"):
            let isAnd = next(1) == UInt8(ascii: "&")
            at += isAnd ? 2 : 1
            return isAnd ? .and : .background
        case UInt8(ascii: "|"):
            guard next(1) == UInt8(ascii: "|") else { throw Unsupported() }
            at += 2
            return .or
        case nil, 0x0A, UInt8(ascii: ")"): return .next
        default: throw Unsupported()
        }
    }

    private mutating func pipeline() throws(Unsupported) -> ShellPipeline {
        var pipeline = ShellPipeline()
        if byte == UInt8(ascii: "!"), let after = next(1), after == 0x20 || after == 0x09 {
            pipeline.isNegated = true
            at += 1
            stepOverBlanks()
        }
        while true {
            var stage = try stage()
            stepOverBlanks()
            let isPipe = byte == UInt8(ascii: "|") && next(1) != UInt8(ascii: "|")
            if isPipe {
                stage.pipesErrors = next(1) == UInt8(ascii: "&")
                at += stage.pipesErrors ? 2 : 1
            }
            pipeline.stages.append(stage)
            guard isPipe else { return pipeline }
            try stepOverLines()
        }
    }

    private mutating func stage() throws(Unsupported) -> ShellPipeline.Stage {
        if let compound = try compound() { return try redirected(.compound(compound)) }
        if byte == UInt8(ascii: "(") {
            at += 1
            return try redirected(.subshell(try nested(until: UInt8(ascii: ")"))))
        }
        var assignments: [ShellWord] = []
        var words: [ShellWord] = []
        var redirects: [ShellRedirect] = []
        while true {
            stepOverBlanks()
            if let redirect = try redirect() {
                redirects.append(redirect)
                continue
            }
            guard let word = try word() else { break }
            if words.isEmpty, word.isAssignment {
                // An array's parenthesis.
                guard byte != UInt8(ascii: "(") else { throw Unsupported() }
                assignments.append(word)
            } else {
                if words.isEmpty, word.isReserved { throw Unsupported() }
                words.append(word)
            }
        }
        if words.count == 1, assignments.isEmpty, redirects.isEmpty, byte == UInt8(ascii: "("),
            next(1) == UInt8(ascii: ")"), let name = words[0].literal
        {
            at += 2
            try stepOverLines()
            guard wordAhead == "{" else { throw Unsupported() }
            at += 1
            return try redirected(.compound(.function(name: name, body: try body(until: ["}"]))))
        }
        // A stray parenthesis.
        guard byte != UInt8(ascii: "("), !(assignments.isEmpty && words.isEmpty && redirects.isEmpty) else {
            throw Unsupported()
        }
        return ShellPipeline.Stage(body: .simple(assignments: assignments, words: words), redirects: redirects)
    }

    /// What holds commands, with the redirects behind it.
    private mutating func redirected(_ body: ShellPipeline.Body) throws(Unsupported) -> ShellPipeline.Stage {
        var stage = ShellPipeline.Stage(body: body)
        stepOverBlanks()
        while let redirect = try redirect() {
            stage.redirects.append(redirect)
            stepOverBlanks()
        }
        return stage
    }

    /// A script inside brackets, stepping behind the closing one.
    mutating func nested(until closing: UInt8) throws(Unsupported) -> ShellScript {
        let script = try inside { (parser) throws(Unsupported) in try parser.list(until: closing) }
        guard byte == closing else { throw Unsupported() }
        at += 1
        return script
    }

    /// A script inside another, whose heredocs all have their bodies there.
    mutating func inside(
        _ parse: (inout ShellParser) throws(Unsupported) -> ShellScript
    ) throws(Unsupported) -> ShellScript {
        guard depth < ShellParser.deepest else { throw Unsupported() }
        depth += 1
        let (outer, wasPending) = (pending, outerIsPending)
        outerIsPending = outerIsPending || !pending.isEmpty
        pending = []
        let script = try parse(&self)
        guard pending.isEmpty else { throw Unsupported() }
        depth -= 1
        (pending, outerIsPending) = (outer, wasPending)
        return script
    }

    /// A script in backticks, its own escapes resolved.
    mutating func nested(text: [UInt8]) throws(Unsupported) -> ShellScript {
        guard depth < ShellParser.deepest else { throw Unsupported() }
        var parser = ShellParser(text, depth: depth + 1)
        return try parser.script()
    }

    mutating func stepOverBlanks() {
        while let byte {
            if byte == 0x20 || byte == 0x09 {
                at += 1
            } else if byte == UInt8(ascii: "\\"), next(1) == 0x0A {
                at += 2
            } else if byte == UInt8(ascii: "#"), at == 0 || isBoundary(bytes[at - 1]) {
                while let byte = self.byte, byte != 0x0A { at += 1 }
            } else {
                return
            }
        }
    }

    private func isBoundary(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
            UInt8(ascii: ")"):
            true
        default: false
        }
    }

    /// Blanks, comments and ends of lines, with the bodies of heredocs behind them.
    mutating func stepOverLines() throws(Unsupported) {
        while true {
            stepOverBlanks()
            guard byte == 0x0A else { return }
            guard !outerIsPending else { throw Unsupported() }
            at += 1
            try readBodies()
        }
    }
}
