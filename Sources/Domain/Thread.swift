/// A run of calls that share one growing prompt: a session's main thread, or a subagent's.
package struct ThreadID: Hashable, Sendable, Comparable {
    package enum Kind: UInt8, Sendable, CaseIterable, Codable {
        case main
        case subagent
        /// The call that summarises a conversation for compaction.
        case compaction
    }

    package var kind: Kind
    /// The agent's own name for it; empty for a main thread.
    package var name: String

    package init(kind: Kind, name: String = "") {
        self.kind = kind
        self.name = name
    }

    package static let main = ThreadID(kind: .main)

    package static func < (a: ThreadID, b: ThreadID) -> Bool {
        (a.kind.rawValue, a.name) < (b.kind.rawValue, b.name)
    }
}

/// What is known of a session besides its calls.
package struct SessionID: Hashable, Sendable, Comparable {
    package var agent: Agent
    package var name: String

    package init(agent: Agent, name: String) {
        self.agent = agent
        self.name = name
    }

    package static func < (a: SessionID, b: SessionID) -> Bool {
        (a.name, a.agent.rawValue) < (b.name, b.agent.rawValue)
    }
}
