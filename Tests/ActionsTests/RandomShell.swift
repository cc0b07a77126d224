import Statistics

/// Random command lines, each word of which means the same to every bash, and which touch nothing if run.
struct RandomShell {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func line() -> String { list(depth: 2) }

    private mutating func pick(_ choices: String...) -> String { choices[below(choices.count)] }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    private mutating func list(depth: Int) -> String {
        var text = pipeline(depth: depth)
        for _ in 0..<below(3) {
            text += pick("; ", " && ", " || ", "\n", ";", "&&", "||", " \\\n ; ", " # it's a comment\n")
            text += pipeline(depth: depth)
        }
        // Nobody would wait for it deeper inside.
        if depth == 2, below(8) == 0 { text += " & " + pipeline(depth: depth) }
        return text
    }

    private mutating func pipeline(depth: Int) -> String {
        var text = below(10) == 0 ? "! " : ""
        text += command(depth: depth)
        for _ in 0..<[0, 0, 0, 1, 2][below(5)] { text += pick(" | ", "|", " |\n ", " |& ") + command(depth: depth) }
        return text
    }

    private mutating func command(depth: Int) -> String {
        if depth > 0 {
            switch below(24) {
            case 0, 1: return "( " + list(depth: depth - 1) + " )"
            case 2: return "{ " + body(depth: depth - 1) + "}"
            case 3:
                return pick("for x in ", "for x   in  ") + word(depth: 0) + " b" + pick("; do ", "\n do\n")
                    + body(depth: depth - 1) + "done"
            case 4:
                let otherwise = below(2) == 0 ? "" : "else " + body(depth: depth - 1)
                return "if " + body(depth: depth - 1) + "then " + body(depth: depth - 1) + otherwise + "fi"
            default: break
            }
        }
        var text = below(6) == 0 ? "A=" + word(depth: 0) + " " : ""
        text += pick("git", "echo", "cd", "ls", "go", "test", "\"git\"", "e\\cho", "./run", "[")
        for _ in 0..<below(4) { text += pick(" ", "  ", "\t", " \\\n ") + word(depth: depth) }
        if below(4) == 0 { text += pick(" 2>&1", " >/dev/null", " 2>/dev/null", " &>/dev/null", " </dev/null", " >&2") }
        return text
    }

    /// A list that a word of the shell's own may follow.
    private mutating func body(depth: Int) -> String { list(depth: depth) + pick("; ", "\n", " ;\n  ") }

    private mutating func word(depth: Int) -> String {
        var text = piece(depth: depth)
        for _ in 0..<below(3) { text += piece(depth: depth) }
        return text
    }

    private mutating func piece(depth: Int) -> String {
        if depth > 0 {
            switch below(14) {
            case 0: return "\"$( " + list(depth: depth - 1) + ")\""
            case 1: return "$( " + list(depth: depth - 1) + ")"
            case 2: return "\"x `echo a \\`ls\\`` y\""
            default: break
            }
        }
        return pick(
            "abc",
            "-x",
            "--flag=value",
            "1",
            "a/b.c",
            "a=b",
            "x#y",
            "'single quoted'",
            "'a\nb'",
            "'it is $HOME'",
            "''",
            "\"double \\\"quoted\\\"\"",
            "\"a\\nb \\\\ c\"",
            "\"it's (fine)\"",
            "\"\"",
            "\\ ",
            "\\'",
            "\\\"",
            "\\$",
            "\\;",
            "$'tab\\there'",
            "$'it\\'s'",
            "é",
            "\"# no comment\"",
            ",",
            ":",
            "@",
            "%",
            "+",
            "!x",
            "=",
            "^"
        )
    }
}
