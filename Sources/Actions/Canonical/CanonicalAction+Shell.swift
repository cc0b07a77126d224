internal import Domain

extension CanonicalAction {
    /// What a command line does.
    ///
    /// One that only reads, lists or searches is the same action as the tool for that. `session` is the place where the
    /// session's commands run, where this one was sent to another.
    package init(line: String, in place: ActionPlace, of session: ActionPlace? = nil) {
        // The kind is that of the canonical text, so that lines of one text are of one kind.
        var glances = CommandGlances()
        guard case .parsed(var script) = ShellLine(line) else {
            let text = squeezed(line)
            self.init(glances.kind(ofLine: text), [], text, isParsed: false)
            return
        }
        while let inner = script.shellText, case .parsed(let text) = ShellLine(inner) { script = text }
        let here = place.following(&script)
        script.normalize()
        if let simple = script.onlyCommand, let action = CanonicalAction(words: simple, in: here) {
            self = action
            return
        }
        if let patch = script.patch {
            self.init(patch: patch, in: here)
            return
        }
        let isElsewhere = here.folder != (session ?? place).folder
        let prefix = isElsewhere ? "cd \(ShellWord(here.folder).rendered) && " : ""
        let text = prefix + script.renderedSparely
        self.init(glances.kind(ofLine: text), script.paths(in: here), text, .shell(script, here))
    }

    /// A command that does what a tool for files does; nil for any other.
    private init?(words: [String], in place: ActionPlace) {
        let options = words.dropFirst().filter { $0.hasPrefix("-") }
        let operands = words.dropFirst().filter { !$0.hasPrefix("-") }
        switch words.first {
        case "cat" where options.isEmpty && operands.count == 1:
            self.init(reading: place.absolute(operands[0]), from: 1, through: nil)
        case "sed" where options == ["-n"] && operands.count == 2:
            guard let range = lineRange(operands[0]) else { return nil }
            self.init(reading: place.absolute(operands[1]), from: range.from, through: range.last)
        case "head":
            guard let count = lineCount(Array(words.dropFirst())), let path = operands.last, words.last == path else {
                return nil
            }
            self.init(reading: place.absolute(path), from: 1, through: count)
        case "ls" where options.isEmpty && operands.count <= 1:
            self.init(listing: place.absolute(operands.first ?? "."), pattern: nil)
        case "find" where words.count == 4 && words[2] == "-name":
            self.init(listing: place.absolute(words[1]), pattern: words[3])
        case "rg", "grep":
            guard let pattern = operands.first, isSearch(words[0], options, operands, pattern) else { return nil }
            let paths = operands.count > 1 ? operands.dropFirst().map(place.absolute) : [place.absolute(".")]
            let ignoresCase = options.contains { $0.contains("i") }
            self.init(searching: pattern, in: paths, files: [], ignoresCase: ignoresCase)
        default: return nil
        }
    }
}

/// Whether a search asks for what the tool for that would, its pattern meaning the same there.
private func isSearch(_ program: String, _ options: [String], _ operands: [String], _ pattern: String) -> Bool {
    guard options.allSatisfy({ $0.dropFirst().allSatisfy { "nirR".contains($0) } }) else { return false }
    if program == "rg" { return true }
    // grep's own patterns spell these otherwise.
    return operands.count > 1 && options.contains { $0.lowercased().contains("r") }
        && !pattern.contains { "\\|+?(){}".contains($0) }
}

/// `10,20p` or `10p`.
private func lineRange(_ text: String) -> (from: Int, last: Int?)? {
    guard text.hasSuffix("p") else { return nil }
    let ends = text.dropLast().split(separator: ",", omittingEmptySubsequences: false)
    guard let from = ends.first.flatMap({ Int($0) }), ends.count <= 2 else { return nil }
    if ends.count == 1 { return (from, from) }
    if ends[1] == "$" { return (from, nil) }
    return Int(ends[1]).map { (from, $0) }
}

/// How many lines `head` is asked for: `FILE`, `-5 FILE`, `-n 5 FILE`, `-n5 FILE`.
private func lineCount(_ words: [String]) -> Int? {
    switch words.count {
    case 1: return words[0].hasPrefix("-") ? nil : 10
    case 2: return Int(words[0].drop { $0 == "-" || $0 == "n" })
    case 3 where words[0] == "-n": return Int(words[1])
    default: return nil
    }
}

extension CommandGlances {
    mutating func kind(ofLine line: String) -> ActionKind {
        var line = line
        return line.withUTF8 { glance(at: UnsafeRawBufferPointer($0)).kind }
    }
}
