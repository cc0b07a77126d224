package import Domain

/// A kind of request of which it is known that the cheapest model suffices.
///
/// A pattern says nothing unless it is sure (98% of what patterns call simple must be): it has to account for every
/// word of what the human said. One word it does not know, and the model asked for stays.
package struct Pattern: Hashable, Sendable {
    /// Stands in the ledger; never changes.
    package var name: String

    /// The turns that a conversation is sure to stay simple for; a probe is answered in one, and then the work begins.
    var turns: Int { name == Probe.name ? 1 : SwitchRule.expectedTurns }

    /// The first pattern that knows a request, or nil.
    ///
    /// Only for requests whose model is open: in the middle of a conversation the same words may mean anything.
    package static func first(for facts: RequestFacts, at moment: Routed.Moment) -> Pattern? {
        if let call = BackgroundCall(facts) { return call.isSimple ? Pattern(name: call.rawValue) : nil }
        // What is asked on the side and is not known may be part of the agent's own work.
        guard moment != .background, facts.demands.isDisjoint(with: tooMuch) else { return nil }
        let text = HumanText(facts.lastHumanText)
        if Probe.isMeant(by: text) { return Pattern(name: Probe.name) }
        var chore = ChoreReading()
        guard moment == .subagentStart, SubagentChore.mayBe(text, tools: facts.toolNames) else {
            // Politeness does not count, within reason.
            let isRead = text.eachClause(mostTokens: 2 * ChoreReading.mostWords) { chore.take($0) }
            return isRead ? chore.name.map { Pattern(name: $0) } : nil
        }
        var order = SubagentChore()
        let isRead = text.eachClause { clause in
            let goesOn = (chore.take(clause), order.take(clause))
            return goesOn.0 || goesOn.1
        }
        guard isRead else { return nil }
        return chore.name.map { Pattern(name: $0) } ?? (order.isMeant ? Pattern(name: SubagentChore.name) : nil)
    }

    /// Every part of the text must be some chore; the first one names it.
    private struct ChoreReading {
        static let mostWords = 40
        private static let mostClauses = 5

        /// Nil where some part is no chore.
        private(set) var name: String?
        private var isChore = true
        private var words = 0
        private var clauses = 0

        /// Whether all is some chore so far.
        mutating func take(_ clause: [Words.Token]) -> Bool {
            words += clause.count
            clauses += 1
            isChore = isChore && words <= Self.mostWords && clauses <= Self.mostClauses && accounts(for: clause)
            if !isChore { name = nil }
            return isChore
        }

        private mutating func accounts(for clause: [Words.Token]) -> Bool {
            let texts = clause.map(\.text)
            let phrases = texts.first.flatMap { Pattern.phrases[$0] } ?? []
            if let found = phrases.first(where: { $0.phrase.accounts(for: clause, texts: texts) }) {
                name = name ?? found.chore
                return true
            }
            return name != nil && clause.isOnlyNames
        }
    }

    /// The ways to ask for a chore, by the first words they begin with.
    private static let phrases: [String: [(chore: String, phrase: Phrase)]] = {
        var byBeginning: [String: [(chore: String, phrase: Phrase)]] = [:]
        for chore in chores {
            for phrase in chore.phrases {
                for word in phrase.beginnings { byBeginning[word, default: []].append((chore.name, phrase)) }
            }
        }
        return byBeginning
    }()

    private static let chores: [Chore] = [
        GitChore.chore, FileRead.chore, Formatting.chore, PackageManagement.chore, ErrorCode.chore, DocLookup.chore,
    ]

    /// A request with pictures or documents is about them; a schema is a program's, which knows its own mind.
    private static let tooMuch: RequestFacts.Demands = [.images, .documents, .providerState]
}

/// What a human said, cut into clauses without politeness.
struct HumanText {
    var raw: Substring
    /// A long text is no chore, unless most of it is pasted: it need not be read.
    private var isLong: Bool

    init(_ text: String) {
        raw = text.trimmingWhitespace
        isLong = raw.utf8.count > 4_096 || (raw.utf8.count > 800 && !TextSearch(raw.utf8).holds("```"))
    }

    /// Hands over clause after clause while the body wants more; answers whether it wanted all, and none was too long.
    ///
    /// None of a long text.
    func eachClause(mostTokens: Int = .max, _ body: ([Words.Token]) -> Bool) -> Bool {
        guard !isLong else { return false }
        var wantsMore = true
        let words = Words(raw, mostTokens: mostTokens) { clause in
            let clause = Politeness.removed(from: clause)
            wantsMore = clause.isEmpty || body(clause)
            return !wantsMore
        }
        return wantsMore && !words.isCut
    }
}

extension String {
    /// Bytes are looked at before characters are: texts may begin and end in much of it.
    fileprivate var trimmingWhitespace: Substring {
        var rest = self[...]
        while let byte = rest.utf8.first {
            if byte < 0x80 {
                guard byte.isWhitespace else { break }
                rest = Substring(rest.utf8.dropFirst())
            } else {
                guard rest.first?.isWhitespace == true else { break }
                rest.removeFirst()
            }
        }
        while let byte = rest.utf8.last {
            if byte < 0x80 {
                guard byte.isWhitespace else { break }
                rest = Substring(rest.utf8.dropLast())
            } else {
                guard rest.last?.isWhitespace == true else { break }
                rest.removeLast()
            }
        }
        return rest
    }
}

/// One kind of chore and the ways to ask for it.
struct Chore {
    var name: String
    var phrases: [Phrase]
}

extension [Words.Token] {
    var isOnlyNames: Bool {
        allSatisfy { token in
            guard case .word(let word) = token else { return true }
            return Phrase.fillers.contains(word)
        }
    }
}
