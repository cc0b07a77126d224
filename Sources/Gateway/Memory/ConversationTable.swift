import Domain
import Routing

/// The conversations of late, each with the upstream whose cache is warm for it; the ones longest silent are forgotten.
struct ConversationTable: Sendable {
    struct Key: Hashable, Sendable {
        var session: String
        var subagent: String?
    }

    struct Entry: Sendable {
        var conversation: Conversation
        var upstream: String
        /// A model of another provider than the client's served some of it.
        var crossedProviders: Bool
    }

    private let mostEntries: Int
    private var entries: [Key: (entry: Entry, lastUse: UInt64)] = [:]
    private var uses: UInt64 = 0

    init(mostEntries: Int = 4096) { self.mostEntries = mostEntries }

    mutating func entry(_ key: Key) -> Entry? {
        guard let place = entries.index(forKey: key) else { return nil }
        uses += 1
        entries.values[place].lastUse = uses
        return entries.values[place].entry
    }

    /// Changes or adds a conversation; what the change answers is handed on.
    mutating func update<Answer>(_ key: Key, _ change: (inout Entry?) -> Answer) -> Answer {
        uses += 1
        var entry = entries[key]?.entry
        let answer = change(&entry)
        entries[key] = entry.map { ($0, uses) }
        if entries.count > mostEntries { forgetOldest() }
        return answer
    }

    /// An eighth goes at once, so that the search for the oldest is paid rarely.
    private mutating func forgetOldest() {
        let uses = entries.values.map(\.lastUse).sorted()
        let limit = uses[uses.count / 8]
        entries = entries.filter { $0.value.lastUse > limit }
    }
}
