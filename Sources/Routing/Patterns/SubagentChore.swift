/// What a subagent is sent to fetch: find, list, read and report, run a check, with nothing to judge or to change.
///
/// A subagent's order is longer than a human's and says what it is for. So not every word is accounted for; instead the
/// first word must be one of fetching, no word may stand for judgement, and no tool may write files.
enum SubagentChore {
    static let name = "subagent-chore"

    static func isMeant(by text: HumanText, tools: [String]) -> Bool {
        guard text.raw.utf8.count <= 800, let first = text.clauses.first?.first, case .word(let verb) = first,
            verbs.contains(verb), !tools.contains(where: { writing.contains($0.lowercased()) })
        else { return false }
        let words = text.clauses.joined()
        return !words.contains { token in
            guard case .word(let word) = token else { return false }
            return judging.contains(word)
        }
    }

    private static let verbs: Set<String> = [
        "find", "list", "locate", "search", "grep", "count", "fetch", "read", "print", "show", "get", "collect", "look",
    ]

    private static let writing: Set<String> = [
        "edit", "write", "multiedit", "notebookedit", "apply_patch", "str_replace_editor",
        "str_replace_based_edit_tool",
    ]

    private static let judging = Phrase.demanding.subtracting([
        "our", "we", "port", "test", "tests", "if", "when", "but",
    ])
    .union([
        "thorough", "thoroughly", "comprehensive", "understand", "deep", "detailed", "recommended", "recommendation",
        "assess", "determine", "figure", "identify", "issue", "issues", "problem", "problems", "opportunities",
        "patterns", "conventions", "relationship", "flow", "logic", "similar", "relevant", "related", "impact",
        "affected", "potential", "likely", "whether", "architectural", "behavior", "behaviour", "needs", "missing",
    ])
}
