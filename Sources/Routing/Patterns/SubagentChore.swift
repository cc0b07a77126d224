/// What a subagent is sent to look up: find or list things and give back where they are, with nothing to judge.
///
/// A subagent's order is longer than a human's and says what it is for. So not every word is accounted for; instead it
/// must begin with a word of looking up, ask for paths, names, numbers or text to be given back, hold no word that
/// stands for judgement or change, and come without a tool that writes files.
enum SubagentChore {
    static let name = "subagent-chore"

    static func isMeant(by text: HumanText, tools: [String]) -> Bool {
        let clauses = text.raw.utf8.count <= 800 ? text.clauses : []
        guard let first = clauses.first?.first, case .word(let verb) = first,
            verbs.contains(verb), !tools.contains(where: { writing.contains($0.lowercased()) })
        else { return false }
        var words: Set<String> = []
        for case .word(let word) in clauses.joined() { words.insert(word) }
        return !words.isDisjoint(with: givings) && !words.isDisjoint(with: results) && words.isDisjoint(with: judging)
    }

    private static let verbs: Set<String> = ["find", "list", "locate", "search", "grep", "count", "read", "print"]

    private static let givings: Set<String> = ["return", "report", "output", "give", "respond", "reply", "list"]

    private static let results: Set<String> = [
        "path", "paths", "filename", "filenames", "names", "name", "lines", "line", "number", "numbers", "count",
        "counts", "contents", "content", "verbatim", "matches", "locations", "signatures", "signature",
    ]

    private static let writing: Set<String> = [
        "edit", "write", "multiedit", "notebookedit", "apply_patch", "str_replace_editor",
        "str_replace_based_edit_tool",
    ]

    private static let judging = Phrase.demanding.subtracting(["our", "we", "port", "test", "tests", "not", "changes"])
        .union([
            "thorough", "thoroughly", "comprehensive", "understand", "deep", "deeply", "detailed", "recommended",
            "recommendation", "recommendations", "assess", "determine", "figure", "identify", "issue", "issues",
            "problem", "problems", "opportunities", "patterns", "conventions", "relationship", "relationships", "flow",
            "logic", "similar", "relevant", "related", "impact", "affected", "potential", "likely", "whether",
            "architectural", "behavior", "behaviour", "needs", "missing", "might", "may", "suspicious", "dangerous",
            "unused", "dead", "simplify", "summarize", "summarise", "summary", "meaning", "purpose", "risk", "risks",
            "important", "interesting", "key", "main", "overview", "error-prone", "duplicated", "complex", "lazily",
        ])
}
