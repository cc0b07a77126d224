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
        guard text.mayBegin(with: { phrases[$0] != nil }) || moment == .subagentStart else { return nil }
        if let pattern = chore(in: text) { return pattern }
        if moment == .subagentStart, SubagentChore.isMeant(by: text, tools: facts.toolNames) {
            return Pattern(name: SubagentChore.name)
        }
        return nil
    }

    /// Every part of the text must be some chore; the first one names it.
    private static func chore(in text: HumanText) -> Pattern? {
        let clauses = text.clauses
        let isShort = clauses.reduce(0) { $0 + $1.count } <= 40
        guard isShort, !clauses.isEmpty, clauses.count <= 5 else { return nil }
        var name: String?
        for clause in clauses {
            let phrases = clause.first.flatMap { Pattern.phrases[$0.text] } ?? []
            if let found = phrases.first(where: { $0.phrase.accounts(for: clause) }) {
                name = name ?? found.chore
            } else if name == nil || !clause.isOnlyNames {
                return nil
            }
        }
        return name.map { Pattern(name: $0) }
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
        raw = text.drop { $0.isWhitespace }
        while raw.last?.isWhitespace == true { raw.removeLast() }
        isLong = raw.utf8.count > 4_096 || (raw.utf8.count > 800 && !TextSearch(raw.utf8).holds("```"))
    }

    /// None of a long text.
    var clauses: [[Words.Token]] {
        isLong ? [] : Words(raw).clauses.map { Politeness.removed(from: $0) }.filter { !$0.isEmpty }
    }

    /// Whether the first clause begins with a word of a kind; most texts do not, and need not be read further.
    func mayBegin(with isWanted: (String) -> Bool) -> Bool {
        guard !isLong else { return false }
        let beginning = Words(raw) { !Politeness.removed(from: $0).isEmpty }
        let first = beginning.clauses.lazy.compactMap { Politeness.removed(from: $0).first }.first
        return first.map { isWanted($0.text) } ?? false
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
