/// A command that holds commands: a loop, a condition, a group.
package indirect enum ShellCompound: Hashable, Sendable {
    /// `{ …; }`
    case group(ShellScript)
    /// `for NAME in WORDS; do …; done`; over the arguments, where there are no words.
    case each(variable: String, words: [ShellWord]?, body: ShellScript)
    /// `while …; do …; done`, or `until`.
    case loop(isUntil: Bool, condition: ShellScript, body: ShellScript)
    /// `if …; then …; elif …; then …; else …; fi`
    case branches([Branch], otherwise: ShellScript?)
    /// `case WORD in PATTERN) … ;; esac`
    case choice(ShellWord, [Choice])
    /// `NAME() { …; }`
    case function(name: String, body: ShellScript)
    /// `[[ … ]]`, its text with white space squeezed.
    case condition(String)
    /// `(( … ))`, as it is spelled.
    case arithmetic(String)

    package struct Branch: Hashable, Sendable {
        package var condition: ShellScript
        package var body: ShellScript
    }

    package struct Choice: Hashable, Sendable {
        package var patterns: [ShellWord]
        package var body: ShellScript
    }
}

extension ShellCompound {
    /// The compound with every script and every word in it changed.
    func mapping(
        scripts: (ShellScript) -> ShellScript,
        words: (ShellWord) -> ShellWord
    ) -> ShellCompound {
        switch self {
        case .group(let script): .group(scripts(script))
        case .each(let variable, let list, let body):
            .each(variable: variable, words: list?.map(words), body: scripts(body))
        case .loop(let isUntil, let condition, let body):
            .loop(isUntil: isUntil, condition: scripts(condition), body: scripts(body))
        case .branches(let branches, let otherwise):
            .branches(
                branches.map { Branch(condition: scripts($0.condition), body: scripts($0.body)) },
                otherwise: otherwise.map(scripts)
            )
        case .choice(let word, let choices):
            .choice(
                words(word),
                choices.map { Choice(patterns: $0.patterns.map(words), body: scripts($0.body)) }
            )
        case .function(let name, let body): .function(name: name, body: scripts(body))
        case .condition, .arithmetic: self
        }
    }

    /// The scripts in it, in the order they stand.
    var scripts: [ShellScript] {
        switch self {
        case .group(let script), .each(_, _, let script), .function(_, let script): [script]
        case .loop(_, let condition, let body): [condition, body]
        case .branches(let branches, let otherwise):
            branches.flatMap { [$0.condition, $0.body] } + (otherwise.map { [$0] } ?? [])
        case .choice(_, let choices): choices.map(\.body)
        case .condition, .arithmetic: []
        }
    }
}
