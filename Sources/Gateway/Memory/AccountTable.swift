import Domain
import Routing

/// What routing has cost each session of late, and what agents' first prompts keep warm for one another.
struct AccountTable: Sendable {
    /// Beyond, all is forgotten: a session that begins anew can bear less, and loses nothing.
    private static let mostSessions = 10_000

    /// The beginning that an agent's conversations share on a model.
    struct Beginning: Hashable, Sendable {
        var agent: Agent?
        var app: String?
        var model: ModelID

        init(_ sender: RequestFacts.Sender, _ model: ModelID) {
            (agent, app, self.model) = (sender.agent, sender.app, model)
        }
    }

    private var sessions: [String: RoutingAccount] = [:]
    private var beginnings: [Beginning: (tokens: Int, until: Timestamp)] = [:]

    func account(of session: String?) -> RoutingAccount { session.flatMap { sessions[$0] } ?? RoutingAccount() }

    mutating func update<Answer>(_ session: String, _ change: (inout RoutingAccount) -> Answer) -> Answer {
        if sessions.count > Self.mostSessions, sessions[session] == nil { sessions = [:] }
        return change(&sessions[session, default: RoutingAccount()])
    }

    /// How many tokens of a first prompt the model still has in its cache from other conversations.
    func warmBeginning(_ beginning: Beginning, at now: Timestamp) -> Int {
        beginnings[beginning].map { $0.until >= now ? $0.tokens : 0 } ?? 0
    }

    /// A call of a conversation with this beginning has kept it warm.
    mutating func warm(_ beginning: Beginning, tokens: Int, until: Timestamp) {
        if beginnings.count > Self.mostSessions { beginnings = [:] }
        beginnings[beginning] = (tokens, until)
    }
}
