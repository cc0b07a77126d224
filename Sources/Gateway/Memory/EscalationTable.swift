import Domain
import Routing

/// How often a stronger model was asked, by session and by ticket.
struct EscalationTable: Sendable {
    /// Beyond, all is forgotten: a count too low costs one call of a stronger model.
    private static let mostKeys = 10_000

    private var sessions: [String: Int] = [:]
    private var tickets: [String: Int] = [:]

    init() {}

    func count(for sender: RequestFacts.Sender) -> EscalationCount {
        EscalationCount(
            session: sender.session.flatMap { sessions[$0] } ?? 0,
            ticket: sender.ticket.flatMap { tickets[$0] } ?? 0
        )
    }

    mutating func add(_ sender: RequestFacts.Sender) {
        if sessions.count + tickets.count > EscalationTable.mostKeys { self = EscalationTable() }
        if let session = sender.session { sessions[session, default: 0] += 1 }
        if let ticket = sender.ticket { tickets[ticket, default: 0] += 1 }
    }
}
