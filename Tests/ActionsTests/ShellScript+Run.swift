@testable import Actions

extension ShellScript {
    /// The words of every simple command.
    var argumentLists: [[String]] { lists(running: false) }

    /// The words of the commands that run where each succeeds: what follows `||` does not.
    var argumentListsThatRun: [[String]] { lists(running: true) }

    /// Whether each word is what it will be: nothing in it depends on variables, files or braces.
    var isComparable: Bool {
        items.allSatisfy { item in
            item.pipeline.stages.allSatisfy { stage in
                let isPlain = stage.redirects.allSatisfy { redirect in
                    if case .word(let word) = redirect.target { word.isComparable } else { true }
                }
                return switch stage.body {
                case .subshell(let script): isPlain && script.isComparable
                case .compound(let compound): isPlain && compound.isComparable
                case .simple(let assignments, let words): isPlain && (assignments + words).allSatisfy(\.isComparable)
                }
            }
        }
    }

    private func lists(running: Bool) -> [[String]] { run(running: running).lists }

    /// The words of commands, and whether the last one that ran succeeded.
    fileprivate func run(running: Bool) -> (lists: [[String]], succeeded: Bool) {
        var lists: [[String]] = []
        var runs = true
        var succeeded = true
        for item in items {
            if runs || !running {
                for stage in item.pipeline.stages {
                    let ran = stage.run(running: running)
                    lists += ran.lists
                    succeeded = ran.succeeded != item.pipeline.isNegated
                }
                if item.joint == .background { succeeded = true }
            }
            switch item.joint {
            case .next, .background: runs = true
            case .and: runs = succeeded
            case .or: runs = !succeeded
            }
        }
        return (lists, succeeded)
    }
}

extension ShellPipeline.Stage {
    fileprivate func run(running: Bool) -> (lists: [[String]], succeeded: Bool) {
        switch body {
        case .subshell(let script): return script.run(running: running)
        case .compound(let compound): return compound.run(running: running)
        case .simple(let assignments, let words):
            let inner = (words + assignments).flatMap { $0.nested(running: running) }
            let values = words.compactMap(\.valueWithoutOutput)
            return (inner + (values.isEmpty ? [] : [values]), true)
        }
    }
}

extension ShellCompound {
    /// What each command's success decides is known, as all succeed; what values decide is not.
    fileprivate var isComparable: Bool {
        switch self {
        case .group, .branches, .function: scripts.allSatisfy(\.isComparable)
        case .each(_, let words?, let body): words.allSatisfy(\.isComparable) && body.isComparable
        case .loop(let isUntil, let condition, let body): isUntil && condition.isComparable && body.isComparable
        case .each, .choice, .condition, .arithmetic: false
        }
    }

    fileprivate func run(running: Bool) -> (lists: [[String]], succeeded: Bool) {
        guard running else { return (scripts.flatMap(\.argumentLists), true) }
        switch self {
        case .group(let script): return script.run(running: true)
        case .each(_, let words, let body):
            var (lists, succeeded) = ((words ?? []).flatMap { $0.nested(running: true) }, true)
            for _ in (words ?? []).filter({ $0.valueWithoutOutput != nil }) {
                let ran = body.run(running: true)
                (lists, succeeded) = (lists + ran.lists, ran.succeeded)
            }
            return (lists, succeeded)
        case .branches(let branches, let otherwise):
            var lists: [[String]] = []
            for branch in branches {
                let condition = branch.condition.run(running: true)
                lists += condition.lists
                guard condition.succeeded else { continue }
                let body = branch.body.run(running: true)
                return (lists + body.lists, body.succeeded)
            }
            let body = otherwise?.run(running: true) ?? (lists: [], succeeded: true)
            return (lists + body.lists, body.succeeded)
        default: return ([], true)
        }
    }
}

extension ShellWord {
    fileprivate func nested(running: Bool) -> [[String]] {
        pieces.flatMap { piece -> [[String]] in
            switch piece {
            case .substitution(let script, _), .process(let script, _):
                running ? script.argumentListsThatRun : script.argumentLists
            case .text, .expansion: []
            }
        }
    }

    /// The word where substituted commands print nothing: without any other piece it is no word then.
    fileprivate var valueWithoutOutput: String? {
        var value = ""
        var isWord = false
        for piece in pieces {
            switch piece {
            case .text(let text, _): (value, isWord) = (value + text, true)
            case .expansion(let text, _): (value, isWord) = (value + text, true)
            case .substitution(_, let isQuoted): isWord = isWord || isQuoted
            case .process: isWord = true
            }
        }
        return isWord ? value : nil
    }

    fileprivate var isComparable: Bool {
        pieces.enumerated().allSatisfy { place, piece in
            switch piece {
            case .text(let text, let isQuoted):
                isQuoted || !(text.contains("{") || (place == 0 && text.hasPrefix("~")))
            case .substitution(let script, _): script.isComparable
            case .expansion, .process: false
            }
        }
    }
}
