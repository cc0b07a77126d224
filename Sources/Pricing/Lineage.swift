import Domain

/// Which models can stand in for one another, told from their names.
///
/// Names rather than a list, so that a model that comes with `suffice prices update` has its place at once.
struct Lineage: Hashable, Sendable {
    var family: String
    var tier: Tier?
    /// Within a tier, models meant for the same work: a same-tier target never leaves it.
    ///
    /// Frontier tiers hold two of them: Fable, Mythos, Astra and the `-pro` models cost several times what Opus, Sol
    /// and the plain GPT models do and are asked for what those do not do.
    var line: String

    init(name: String, provider: String) {
        let name = name.split(separator: "/").last.map { String($0) } ?? name
        let words = name.lowercased().split { $0 == "-" || $0 == "_" }.map { String($0) }
        family = Lineage.family(of: words, provider: provider)
        tier = nil
        line = ""
        guard Lineage.specialWords.isDisjoint(with: words) else { return }
        let rules = Lineage.rules[family] ?? []
        guard let rule = rules.first(where: { $0.words.isEmpty || !$0.words.isDisjoint(with: words) }) else { return }
        tier = rule.tier
        line = rule.line
    }

    private struct Rule {
        /// Any of them; empty fits every name.
        var words: Set<String>
        var tier: Tier
        var line: String

        init(_ words: Set<String>, _ tier: Tier, line: String) {
            self.words = words
            self.tier = tier
            self.line = line
        }
    }

    /// Words of models made for one trade, which take no one else's calls.
    private static let specialWords: Set<String> = [
        "audio", "chat", "computer", "customtools", "cyber", "daybreak", "deep", "discovery", "exp", "fim", "gemma",
        "guard", "image", "instruct", "law", "learnlm", "live", "multi", "native", "omni", "oss", "realtime",
        "research",
        "robotics", "rosalind", "search", "speech", "transcribe", "tts", "vision", "vl", "voxtral",
    ]

    /// By family, the first rule that fits a name.
    ///
    /// GPT: nano, mini, Luna, Spark and 3.5 are the small ones (at most a quarter of their generation's flagship);
    /// Terra sits between; Sol, the plain numbers and Codex are flagships.
    private static let rules: [String: [Rule]] = [
        "claude": [
            Rule(["haiku"], .cheap, line: "haiku"),
            Rule(["sonnet"], .balanced, line: "sonnet"),
            Rule(["opus"], .frontier, line: "opus"),
            Rule(["fable"], .frontier, line: "fable"),
            Rule(["mythos"], .frontier, line: "mythos"),
        ],
        "gpt": [
            Rule(["nano", "mini", "luna", "spark", "3.5"], .cheap, line: "small"),
            Rule(["terra", "mid"], .balanced, line: "middle"),
            Rule(["astra", "pro"], .frontier, line: "largest"),
            Rule([], .frontier, line: "flagship"),
        ],
        "gemini": [
            Rule(["lite", "8b", "nano"], .cheap, line: "lite"),
            Rule(["flash"], .balanced, line: "flash"),
            Rule(["pro", "ultra", "argon"], .frontier, line: "pro"),
        ],
        "grok": [
            Rule(["fast", "mini", "build"], .cheap, line: "fast"),
            Rule([], .frontier, line: "grok"),
        ],
        "deepseek": [
            Rule(["flash"], .cheap, line: "flash"),
            Rule(["pro"], .frontier, line: "pro"),
        ],
        "mistral": [
            Rule(["small", "tiny", "ministral", "nemo"], .cheap, line: "small"),
            Rule(["medium"], .balanced, line: "medium"),
            Rule(["large"], .frontier, line: "large"),
        ],
        "glm": [
            Rule(["flash", "air", "airx"], .cheap, line: "air"),
            Rule([], .frontier, line: "glm"),
        ],
        "qwen": [
            Rule(["flash", "turbo"], .cheap, line: "flash"),
            Rule(["plus"], .balanced, line: "plus"),
            Rule(["max"], .frontier, line: "max"),
        ],
        "kimi": [Rule([], .frontier, line: "kimi")],
        "minimax": [Rule([], .frontier, line: "minimax")],
    ]

    private static func family(of words: [String], provider: String) -> String {
        let first = words.first ?? ""
        let isReasoner = first.count == 2 && first.hasPrefix("o") && first.last?.isNumber == true
        if first == "gpt" || first == "chatgpt" || first == "codex" || isReasoner { return "gpt" }
        if first.hasPrefix("qwen") || first == "qwq" { return "qwen" }
        if ["mistral", "codestral"].contains(provider) { return "mistral" }
        return first
    }
}
