extension ActionPlace {
    /// The place where a script's work is done, its leading `cd … &&` (or `;`) taken off.
    func following(_ script: inout ShellScript) -> ActionPlace {
        var place = self
        while script.items.count > 1, script.items[0].joint == .and || script.items[0].joint == .next,
            let words = script.items[0].pipeline.onlyCommand, words.count == 2, words[0] == "cd",
            !words[1].hasPrefix("-")
        {
            // With `;` the rest runs even where the folder is missing: only a `cd` to the same place changes nothing.
            let next = place.entering(words[1])
            guard script.items[0].joint == .and || next.folder == place.folder else { return place }
            place = next
            script.items.removeFirst()
        }
        return place
    }
}

extension ShellScript {
    /// The words of the only command, where there is one and nothing in it is expanded or sent elsewhere.
    var onlyCommand: [String]? { items.count == 1 ? items[0].pipeline.onlyCommand : nil }

    /// The text that the only command hands to a shell.
    var shellText: String? {
        guard let words = onlyCommand, words.count == 3, ["-c", "-lc"].contains(words[1]),
            ["bash", "sh", "zsh"].contains(String(words[0].split(separator: "/").last ?? ""))
        else { return nil }
        return words[2]
    }

    /// The patch that the only command takes from a heredoc or as its argument.
    var patch: String? {
        guard items.count == 1, items[0].pipeline.stages.count == 1,
            case .simple(_, let words) = items[0].pipeline.stages[0].body, words.first?.literal == "apply_patch"
        else { return nil }
        if words.count == 2 { return words[1].literal }
        guard case .body(let body, _)? = items[0].pipeline.stages[0].redirects.first?.target else { return nil }
        return body
    }

    /// Takes out what only says how output is shown, and puts what has no order into one.
    mutating func normalize() {
        for item in items.indices {
            while items[item].pipeline.stages.count > 1, items[item].pipeline.stages.last?.isTrimming == true {
                items[item].pipeline.stages.removeLast()
            }
            for stage in items[item].pipeline.stages.indices { items[item].pipeline.stages[stage].normalize() }
        }
    }

    fileprivate var normalized: ShellScript {
        var script = self
        script.normalize()
        return script
    }

    /// The paths among all words, completed.
    func paths(in place: ActionPlace) -> [String] {
        var paths: Set<String> = []
        for words in commands {
            for word in words.dropFirst().compactMap(\.literal) where word.looksLikePath {
                paths.insert(place.absolute(word))
            }
        }
        return paths.sorted()
    }

    /// The words of every simple command, also of those in loops and groups.
    private var commands: [[ShellWord]] {
        items.flatMap(\.pipeline.stages).flatMap { stage in
            switch stage.body {
            case .simple(_, let words): [words]
            case .subshell(let script): script.commands
            case .compound(let compound): compound.scripts.flatMap(\.commands)
            }
        }
    }
}

extension ShellPipeline {
    fileprivate var onlyCommand: [String]? {
        guard stages.count == 1, !isNegated, stages[0].redirects.isEmpty,
            case .simple(let assignments, let words) = stages[0].body, assignments.isEmpty
        else { return nil }
        let texts = words.compactMap(\.unexpanded)
        return texts.count == words.count ? texts : nil
    }
}

extension ShellPipeline.Stage {
    /// `head`, `tail` or `cat` of what comes down the pipe.
    fileprivate var isTrimming: Bool {
        guard redirects.isEmpty, case .simple(let assignments, let words) = body, assignments.isEmpty,
            let program = words.first?.literal, ["head", "tail", "cat"].contains(program)
        else { return false }
        return words.dropFirst().compactMap(\.literal).allSatisfy {
            $0.hasPrefix("-") || $0.hasPrefix("+") || Int($0) != nil
        }
    }

    fileprivate mutating func normalize() {
        redirects.removeAll { $0.descriptor == 2 && ($0.goes(to: "1") || $0.goes(to: "/dev/null")) }
        pipesErrors = false
        switch body {
        case .subshell(let script): body = .subshell(script.normalized)
        case .compound(let compound):
            body = .compound(compound.mapping(scripts: \.normalized, words: \.normalized))
        case .simple(let assignments, let words):
            body = .simple(
                assignments: assignments.map(\.normalizedAssignment).sorted { $0.rendered < $1.rendered },
                words: sortingShortFlags(words.map(\.normalized))
            )
        }
    }
}

extension ShellRedirect {
    fileprivate func goes(to text: String) -> Bool {
        guard case .word(let word) = target, word.literal == text else { return false }
        return text == "1" ? operation == .duplicateOutput : operation == .output || operation == .append
    }
}

extension ShellWord {
    /// The word with all text quoted that the shell leaves as it is, quoted or not.
    fileprivate var normalized: ShellWord {
        var word = ShellWord()
        for (place, piece) in pieces.enumerated() {
            switch piece {
            case .text(let text, let isQuoted):
                let expands = text.contains { "*?[{".contains($0) } || (place == 0 && text.hasPrefix("~"))
                word.add(.text(text, isQuoted: isQuoted || !expands))
            case .substitution(var script, let isQuoted):
                script.normalize()
                word.add(.substitution(script, isQuoted: isQuoted))
            case .expansion, .process: word.add(piece)
            }
        }
        return word
    }

    /// `NAME=` as it stands, what follows it normalized.
    fileprivate var normalizedAssignment: ShellWord {
        guard case .text(let text, false)? = pieces.first, let equals = text.firstIndex(of: "=") else { return self }
        let value = text[text.index(after: equals)...]
        var rest = ShellWord(pieces: Array(pieces.dropFirst()))
        if !value.isEmpty { rest.pieces.insert(.text(String(value), isQuoted: false), at: 0) }
        return ShellWord(pieces: [.text(String(text[...equals]), isQuoted: false)] + rest.normalized.pieces)
    }

    /// The text, where the shell makes nothing else of it.
    fileprivate var unexpanded: String? {
        for (place, piece) in pieces.enumerated() {
            guard case .text(let text, let isQuoted) = piece else { return nil }
            if !isQuoted, text.contains(where: { "*?[{".contains($0) }) || (place == 0 && text.hasPrefix("~")) {
                return nil
            }
        }
        return literal
    }
}

extension String {
    var looksLikePath: Bool {
        !hasPrefix("-") && !contains("://") && !contains(" ") && (contains("/") || contains(".")) && !hasSuffix("...")
    }
}
