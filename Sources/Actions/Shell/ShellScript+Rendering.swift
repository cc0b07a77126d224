extension ShellScript {
    /// The script in one spelling: parsed again, it is the same script.
    package var rendered: String {
        var writer = ShellWriter()
        writer.write(self)
        return writer.text
    }

    /// The script in one spelling, with quotes only where they are needed: for comparing and for people.
    package var renderedSparely: String {
        var writer = ShellWriter()
        writer.isSparing = true
        writer.write(self)
        return writer.text
    }

    /// Changes every redirect, also of nested scripts.
    mutating func mapRedirects(_ change: (inout ShellRedirect) -> Void) {
        for item in items.indices {
            for stage in items[item].pipeline.stages.indices {
                items[item].pipeline.stages[stage].mapRedirects(change)
            }
        }
    }
}

extension ShellPipeline.Stage {
    fileprivate mutating func mapRedirects(_ change: (inout ShellRedirect) -> Void) {
        for place in redirects.indices {
            change(&redirects[place])
            if case .word(var word) = redirects[place].target {
                word.mapRedirects(change)
                redirects[place].target = .word(word)
            }
        }
        switch body {
        case .subshell(var script):
            script.mapRedirects(change)
            body = .subshell(script)
        case .compound(let compound):
            body = .compound(
                compound.mapping(
                    scripts: {
                        var script = $0
                        script.mapRedirects(change)
                        return script
                    },
                    words: {
                        var word = $0
                        word.mapRedirects(change)
                        return word
                    }
                )
            )
        case .simple(var assignments, var words):
            for place in assignments.indices { assignments[place].mapRedirects(change) }
            for place in words.indices { words[place].mapRedirects(change) }
            body = .simple(assignments: assignments, words: words)
        }
    }
}

extension ShellWord {
    fileprivate mutating func mapRedirects(_ change: (inout ShellRedirect) -> Void) {
        for place in pieces.indices {
            switch pieces[place] {
            case .substitution(var script, let isQuoted):
                script.mapRedirects(change)
                pieces[place] = .substitution(script, isQuoted: isQuoted)
            case .process(var script, let isInput):
                script.mapRedirects(change)
                pieces[place] = .process(script, isInput: isInput)
            case .text, .expansion: break
            }
        }
    }

    /// The word in one spelling.
    package var rendered: String {
        var writer = ShellWriter()
        writer.write(self)
        return writer.text
    }
}

/// Writes scripts, keeping the bodies of heredocs until a line ends.
private struct ShellWriter {
    var text = ""
    var isSparing = false
    private var pending: [(delimiter: String, body: String)] = []

    mutating func write(_ script: ShellScript) {
        let outer = pending
        pending = []
        for (place, item) in script.items.enumerated() {
            let isLast = place == script.items.count - 1
            write(item.pipeline)
            switch item.joint {
            case .and: text += " && "
            case .or: text += " || "
            case .background: text += isLast || !pending.isEmpty ? " &" : " & "
            case .next: if pending.isEmpty, !isLast { text += "; " }
            }
            if item.joint == .next || item.joint == .background { writeBodies() }
        }
        pending = outer
    }

    private mutating func writeBodies() {
        guard !pending.isEmpty else { return }
        text += "\n"
        for (delimiter, body) in pending { text += body + delimiter + "\n" }
        pending = []
    }

    private mutating func write(_ pipeline: ShellPipeline) {
        if pipeline.isNegated { text += "! " }
        for (place, stage) in pipeline.stages.enumerated() {
            if place > 0 { text += pipeline.stages[place - 1].pipesErrors ? " |& " : " | " }
            switch stage.body {
            case .subshell(let script):
                text += "( "
                write(script)
                text += text.hasSuffix("\n") ? ")" : " )"
            case .compound(let compound): write(compound)
            case .simple(let assignments, let words):
                for (place, word) in (assignments + words).enumerated() {
                    if place > 0 { text += " " }
                    // Without quotes a name might be one of the shell's own words, or an assignment.
                    let isName = isSparing && place == assignments.count
                    if isName, let name = word.literal, ShellWord.isTakenOtherwise(name) { isSparing = false }
                    write(word)
                    isSparing = isSparing || isName
                }
            }
            for redirect in stage.redirects { write(redirect) }
        }
    }

    private mutating func write(_ compound: ShellCompound) {
        switch compound {
        case .condition(let spelled), .arithmetic(let spelled): text += spelled
        case .group(let script):
            text += "{ "
            write(script, closing: "}")
        case .function(let name, let body):
            text += name + "() { "
            write(body, closing: "}")
        case .each(let variable, let words, let body):
            text += "for " + variable
            if let words {
                text += " in"
                for word in words {
                    text += " "
                    write(word)
                }
            }
            text += "; do "
            write(body, closing: "done")
        case .loop(let isUntil, let condition, let body):
            text += isUntil ? "until " : "while "
            write(condition, closing: "do ")
            write(body, closing: "done")
        case .branches(let branches, let otherwise):
            for (place, branch) in branches.enumerated() {
                text += place == 0 ? "if " : "elif "
                write(branch.condition, closing: "then ")
                let isLast = place == branches.count - 1 && otherwise == nil
                write(branch.body, closing: isLast ? "fi" : "")
            }
            if let otherwise {
                text += "else "
                write(otherwise, closing: "fi")
            }
        case .choice(let word, let choices):
            text += "case "
            write(word)
            text += " in "
            for choice in choices {
                for (place, pattern) in choice.patterns.enumerated() {
                    if place > 0 { text += "|" }
                    write(pattern)
                }
                text += ") "
                write(choice.body)
                text += text.last == "\n" || text.last == " " ? ";; " : " ;; "
            }
            text += "esac"
        }
    }

    /// A script that a word ends.
    private mutating func write(_ script: ShellScript, closing: String) {
        write(script)
        if text.last != "\n" { text += script.items.last?.joint == .background ? " " : "; " }
        text += closing
    }

    private mutating func write(_ redirect: ShellRedirect) {
        if !text.isEmpty, text.last != " " { text += " " }
        if let descriptor = redirect.descriptor { text += String(descriptor) }
        text += redirect.operation.rawValue
        switch redirect.target {
        case .word(let word):
            // `<(…)` behind `<` would read as another operator.
            if case .process? = word.pieces.first { text += " " }
            write(word)
        case .body(let body, let isRaw):
            let lines = Set(body.split(separator: "\n", omittingEmptySubsequences: false))
            var delimiter = "EOF"
            while lines.contains(delimiter[...]) { delimiter += "F" }
            text += isRaw ? "'" + delimiter + "'" : delimiter
            pending.append((delimiter, body))
        }
    }

    mutating func write(_ word: ShellWord) {
        for piece in word.pieces {
            switch piece {
            case .text(let text, let isQuoted): self.text += isQuoted ? quoted(text) : text
            case .expansion(let spelled, let isQuoted):
                self.text += isQuoted ? "\"" + spelled + "\"" : spelled
            case .substitution(let script, let isQuoted):
                self.text += isQuoted ? "\"$(" : "$("
                // `$((` would be arithmetic.
                if case .subshell? = script.items.first?.pipeline.stages.first?.body { self.text += " " }
                write(script)
                self.text += isQuoted ? ")\"" : ")"
            case .process(let script, let isInput):
                self.text += isInput ? "<(" : ">("
                write(script)
                self.text += ")"
            }
        }
    }

    private func quoted(_ text: String) -> String {
        if isSparing, !text.isEmpty, text.utf8.allSatisfy(isPlain) { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "_-./:=@%+,".utf8.contains(byte)
        }
    }
}
