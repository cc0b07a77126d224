/// A way to ask for a chore: how a clause begins, and which words may follow.
///
/// A class, since many are tried on each clause and none ever changes.
final class Phrase: Sendable {
    /// Beginnings by their first words: of each, the words after it.
    private let heads: [String: [[String]]]
    /// What may follow besides names and fillers.
    private let words: Set<String>
    /// How many words may follow that are in no list, such as a package's name.
    private let unknown: Int
    /// One of these words must be there.
    private let objects: Set<String>?
    /// Whether something must be named: where there are ``objects``, beside them or in their place.
    private let naming: Naming
    /// What a manual says of a tool, not what the user's own things do.
    private let isGeneral: Bool
    /// Pasted text may be what it is about.
    private let takesBlock: Bool

    enum Naming: Sendable {
        case free
        /// A name is as good as an object.
        case orObject
        /// There must be a name.
        case needed
        /// There must be a flag, such as `--all`: any other name may be something of the user's own.
        case flagNeeded
    }

    /// Beginnings are told apart by commas, all other words by spaces.
    init(
        _ heads: String,
        _ words: String = "",
        unknown: Int = 0,
        objects: String? = nil,
        naming: Naming = .free,
        isGeneral: Bool = false,
        takesBlock: Bool = false
    ) {
        var found: [String: [[String]]] = [:]
        for head in heads.split(separator: ",") {
            let words = head.split(separator: " ").map { String($0) }
            if let first = words.first { found[first, default: []].append(Array(words.dropFirst())) }
        }
        self.heads = found
        self.words = Set(words.split(separator: " ").map { String($0) })
        self.unknown = unknown
        self.objects = objects.map { Set($0.split(separator: " ").map { String($0) }) }
        self.naming = naming
        self.isGeneral = isGeneral
        self.takesBlock = takesBlock
    }

    /// The first words of its beginnings.
    var beginnings: [String] { Array(heads.keys) }

    /// Whether the clause is asked in this way, every word of it; the texts are those of its words.
    func accounts(for clause: [Words.Token], texts: [String]) -> Bool {
        guard let first = texts.first, let heads = heads[first] else { return false }
        return heads.contains { head in
            guard texts.count > head.count, head.indices.allSatisfy({ head[$0] == texts[$0 + 1] }) else { return false }
            return accounts(for: clause, texts, from: head.count + 1)
        }
    }

    private func accounts(for clause: [Words.Token], _ texts: [String], from start: Int) -> Bool {
        var left = unknown
        var hasObject = objects == nil
        var hasName = false
        var hasFlag = false
        for place in start..<clause.count {
            switch clause[place] {
            case .name(let name):
                if isGeneral, Phrase.isOwn(name) { return false }
                hasFlag = hasFlag || name.hasPrefix("-")
                if objects?.contains(texts[place]) == true { hasObject = true } else { hasName = true }
            case .block:
                guard takesBlock else { return false }
                hasName = true
            case .word(let word):
                if isGeneral, Phrase.own.contains(word) { return false }
                if objects?.contains(word) == true {
                    hasObject = true
                } else if !words.contains(word), !Phrase.fillers.contains(word) {
                    guard left > 0, Phrase.isPlainName(word) else { return false }
                    left -= 1
                    hasName = true
                }
            }
        }
        return switch naming {
        case .free: hasObject
        case .orObject: hasName || hasObject && objects != nil
        case .needed: hasObject && hasName
        case .flagNeeded: hasObject && hasFlag
        }
    }

    /// An unknown word may be what a thing is called, but not what is to be achieved, such as monitoring.
    private static func isPlainName(_ word: String) -> Bool {
        let deeds = ["ing", "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ly"]
        return !demanding.contains(word) && !deeds.contains { word.hasSuffix($0) }
    }

    /// Words for what is the user's own.
    private static let own: Set<String> = [
        "our", "my", "we", "this", "that", "these", "those", "here", "it", "your", "codebase", "repo", "project", "app",
    ]

    /// A path, or a file of source code.
    private static func isOwn(_ name: String) -> Bool {
        if name.utf8.contains(UInt8(ascii: "/")), !name.hasPrefix("http") { return true }
        guard name.utf8.contains(UInt8(ascii: ".")) else { return false }
        return name.utf8.split(separator: UInt8(ascii: ".")).last.map { sources.contains(Substring($0).lowercased()) }
            ?? false
    }

    /// What files of source code end in.
    private static let sources: Set<String> = [
        "go", "py", "ts", "tsx", "js", "rs", "swift", "java", "c", "h", "rb",
    ]

    /// Words that change nothing.
    static let fillers: Set<String> = [
        "the", "a", "an", "this", "that", "these", "those", "my", "our", "your", "all", "any", "every", "each", "both",
        "in", "of", "to", "from", "on", "at", "for", "with", "into", "under", "inside", "within", "using", "via", "as",
        "it", "its", "them", "me", "us", "is", "are", "was", "now", "first", "here", "there", "just", "again", "also",
        "too", "only", "current", "currently", "by", "called", "named", "please",
    ]

    /// Words that stand for work, judgement or consequences; no unknown word may be one of them.
    static let demanding: Set<String> = [
        "why", "how", "should", "would", "could", "better", "best", "worse", "wrong", "correct", "right", "faster",
        "slow", "slower", "safe", "safely", "secure", "security", "vulnerable", "bug", "bugs", "broken", "breaks",
        "break", "fails", "failing", "failed", "failure", "fix", "fixes", "debug", "investigate", "analyze", "analyse",
        "analysis", "review", "refactor", "rewrite", "redesign", "design", "architecture", "architect", "plan",
        "implement", "implementation", "add", "build", "create", "write", "change", "changes", "update", "migrate",
        "migration", "port", "upgrade", "optimize", "optimise", "improve", "performance", "scale", "compare", "versus",
        "vs", "recommend", "suggest", "decide", "choose", "evaluate", "tradeoffs", "trade-offs", "strategy", "explain",
        "reason", "cause", "prove", "race", "deadlock", "leak", "concurrency", "conflict", "conflicts", "production",
        "prod", "not", "without", "except", "unless", "until", "if", "when", "so", "because", "but", "while", "instead",
        "our", "we", "codebase", "test", "tests", "resolve", "solve", "support", "handle", "replace", "remove",
        "delete",
        "drop", "rebase", "merge", "revert", "reset", "force", "deploy", "release", "publish", "breaking", "compatible",
        "make", "sure", "more", "less", "most", "least", "difference", "hooks", "analytics", "auth", "metrics",
        "alerts", "cache", "you", "new", "feature", "ensure", "everything", "everywhere", "across",
        "properly", "work", "works", "working",
    ]
}

/// What people say around a request.
enum Politeness {
    static func removed(from clause: [Words.Token]) -> [Words.Token] {
        var rest = clause[...]
        var isCut = true
        while isCut {
            isCut = false
            for phrase in rest.first.flatMap({ before[$0] }) ?? [] where rest.starts(with: phrase) {
                rest = rest.dropFirst(phrase.count)
                isCut = true
                break
            }
        }
        isCut = true
        while isCut {
            isCut = false
            for phrase in rest.last.flatMap({ after[$0] }) ?? [] where rest.suffix(phrase.count).elementsEqual(phrase) {
                rest = rest.dropLast(phrase.count)
                isCut = true
                break
            }
        }
        return Array(rest)
    }

    /// By their first words.
    private static let before = tokens(
        \.first,
        [
            "please", "pls", "plz", "can you please", "can you", "can u", "could you please", "could you", "would you",
            "will you", "hey", "hi", "hello", "ok", "okay", "so", "now", "next", "also", "just", "quickly", "quick",
            "let's",
            "lets", "go ahead", "i want you to", "i'd like you to", "i need you to", "i would like to", "i'd like to",
            "i want to", "i need to", "help me", "yes", "yep", "alright", "finally", "afterwards", "after that",
            "once done",
            "when done", "claude", "codex", "kindly", "do me a favor", "quick question", "we can", "can we", "simply",
        ]
    )

    /// By their last words.
    private static let after = tokens(
        \.last,
        [
            "please", "pls", "plz", "for me", "thanks", "thank you", "thx", "real quick", "quickly", "if you can",
            "if possible", "right now", "when you can", "ok", "okay", "cheers", "now",
        ]
    )

    private static func tokens(
        _ end: KeyPath<[Words.Token], Words.Token?>,
        _ phrases: [String]
    ) -> [Words.Token: [[Words.Token]]] {
        let phrases = phrases.map { phrase in phrase.split(separator: " ").map { Words.Token.word(String($0)) } }
        return Dictionary(grouping: phrases) { $0[keyPath: end] ?? .block }
    }
}
