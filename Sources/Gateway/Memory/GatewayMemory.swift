import Domain
import NIOCore
import Providers
import Routing
import Synchronization

/// What all event loops share, each part behind a lock that is held for a look-up and never across a wait.
final class GatewayMemory: Sendable {
    let conversations = Mutex(ConversationTable())
    let answers = Mutex(AnswerCache())
    let escalations = Mutex(EscalationTable())
    let accounts = Mutex(AccountTable())
    let targets: Mutex<Targets>
    let counts = Mutex(GatewayCounts())

    init(balancing: Balancing) { targets = Mutex(Targets(balancing: balancing)) }
}
