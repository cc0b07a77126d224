/// What a subagent is sent to look up: find or list things and give back where they are, with nothing to judge.
///
/// A subagent's order is longer than a human's and says what it is for. So not every word is accounted for; instead it
/// must begin with a word of looking up, ask for paths, names, numbers or text to be given back, hold no word that
/// stands for judgement or change, and come without a tool that writes files.
struct SubagentChore {
    static let name = "subagent-chore"

    private var isFirst = true
    private var said: Roles = []

    static func mayBe(_ text: HumanText, tools: [String]) -> Bool {
        text.raw.utf8.count <= 800 && !tools.contains { writing.contains($0.lowercased()) }
    }

    /// Whether it may still be one.
    mutating func take(_ clause: [Words.Token]) -> Bool {
        if isFirst {
            isFirst = false
            if case .word(let verb)? = clause.first, Self.verbs.contains(verb) {} else { said.insert(.judging) }
        }
        guard !said.contains(.judging) else { return false }
        for case .word(let word) in clause { if let role = Self.roles[word] { said.formUnion(role) } }
        return !said.contains(.judging)
    }

    /// Once all of it was taken.
    var isMeant: Bool { said == [.giving, .result] }

    /// What a word says of the order it stands in.
    private struct Roles: OptionSet {
        let rawValue: UInt8

        static let giving = Roles(rawValue: 1)
        static let result = Roles(rawValue: 1 << 1)
        static let judging = Roles(rawValue: 1 << 2)
    }

    /// One look a word.
    private static let roles: [String: Roles] = {
        var roles: [String: Roles] = [:]
        for (words, role) in [(givings, Roles.giving), (results, .result), (judging, .judging)] {
            for word in words { roles[word, default: []].formUnion(role) }
        }
        return roles
    }()

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
