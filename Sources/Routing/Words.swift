/// What a human said, as words that patterns can compare: lower case, without punctuation, quotes taken as one name.
struct Words: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case word(String)
        /// A path, an identifier, a version, a flag, an address or something quoted: whatever it is called.
        case name(String)
        /// A fenced block of pasted text.
        case block

        /// In lower case; empty for a block.
        var text: String {
            switch self {
            case .word(let word): word
            case .name(let name): name.lowercased()
            case .block: ""
            }
        }
    }

    /// Sentences and the parts of them that `and`, `then`, commas and line ends separate.
    private(set) var clauses: [[Token]] = [[]]

    init(_ text: some StringProtocol) {
        var rest = Substring(text)
        while let character = rest.first {
            if rest.hasPrefix("```") {
                let inside = rest.dropFirst(3)
                append(.block)
                rest = inside.firstRange(of: "```").map { inside[$0.upperBound...] } ?? ""
            } else if let quoted = rest.quoted {
                append(.name(String(quoted.dropFirst().dropLast())))
                rest = rest[quoted.endIndex...]
            } else if character.isWhitespace {
                if character.isNewline { endClause() }
                rest.removeFirst()
            } else {
                let end = rest.firstIndex { $0.isWhitespace } ?? rest.endIndex
                take(rest[..<end])
                rest = rest[end...]
            }
        }
        clauses.removeAll { $0.isEmpty }
    }

    /// The words alone, in order.
    var plain: [String] {
        clauses.joined().compactMap { token in
            guard case .word(let word) = token else { return nil }
            return word
        }
    }

    private mutating func append(_ token: Token) { clauses[clauses.count - 1].append(token) }

    private mutating func endClause() { if clauses.last?.isEmpty == false { clauses.append([]) } }

    private mutating func take(_ raw: Substring) {
        var core = raw
        while let first = core.first, "([{<*#".contains(first), !core.isIssueNumber { core.removeFirst() }
        var ends = false
        while let last = core.last, ".,;:!?)]}>*".contains(last) {
            ends = ends || ".,;:!?".contains(last)
            core.removeLast()
        }
        if core == "." || raw == "." || raw == ".." { return append(.name(String(raw))) }
        let word = core.lowercased()
        if ["and", "then", "&", "&&"].contains(word) || core.isEmpty { return endClause() }
        append(core.isName ? .name(String(core)) : .word(word.replacingOccurrences(of: "\u{2019}", with: "'")))
        if ends { endClause() }
    }
}

extension Substring {
    /// A short quotation at the beginning, its marks included.
    fileprivate var quoted: Substring? {
        guard let mark = first, "`\"“'".contains(mark) else { return nil }
        let closing: Character = mark == "“" ? "”" : mark
        let line = dropFirst().prefix { !$0.isNewline }.prefix(200)
        guard let end = line.firstIndex(of: closing), end > line.startIndex else { return nil }
        let after = self[index(after: end)...].first
        guard mark != "'" || after.map({ !$0.isLetter }) ?? true else { return nil }
        return self[...end]
    }

    fileprivate var isIssueNumber: Bool { first == "#" && dropFirst().first?.isNumber == true }

    /// Told by its spelling: it has a digit, an underscore, a slash, a dot or a capital inside, or begins as a flag does.
    fileprivate var isName: Bool {
        guard let first else { return false }
        if "-@~/.$#".contains(first), count > 1 { return true }
        if contains(where: { $0.isNumber || "_/\\.=:@+".contains($0) }) { return true }
        if dropFirst().contains(where: \.isUppercase) { return true }
        // Such as `my-branch`, but not `up-to-date`.
        return contains("-") && !Words.hyphenated.contains(lowercased())
    }
}

extension Words {
    fileprivate static let hyphenated: Set<String> = [
        "up-to-date", "pretty-print", "re-run", "re-install", "re-format", "follow-up", "long-term", "end-to-end",
        "well-known", "dry-run", "auto-format", "high-level", "low-level", "in-depth", "thread-safe", "zero-downtime",
        "multi-tenant", "non-blocking", "real-time", "step-by-step", "trade-offs", "trade-off", "lock-free",
    ]
}

extension String {
    fileprivate func replacingOccurrences(of character: Character, with other: String) -> String {
        contains(character)
            ? split(separator: character, omittingEmptySubsequences: false).joined(separator: other) : self
    }
}
