package import Domain

/// A call as the ledger knows it: where it was made, under which plan, with which tools.
package struct LedgerEntry: Sendable {
    package var session: SessionID
    package var thread: ThreadID
    /// What the agent calls the kind of subagent that made it; nil on the main thread and where it does not say.
    package var agentType: String?
    package var project: String
    package var billing: Billing
    package var isHeadless: Bool
    package var call: Call
    /// Names of the tools it called, in order.
    package var tools: [String]

    package init(
        session: SessionID,
        thread: ThreadID,
        agentType: String? = nil,
        project: String,
        billing: Billing,
        isHeadless: Bool,
        call: Call = .none,
        tools: [String] = []
    ) {
        self.session = session
        self.thread = thread
        self.agentType = agentType
        self.project = project
        self.billing = billing
        self.isHeadless = isHeadless
        self.call = call
        self.tools = tools
    }
}

extension Call {
    /// Stands for no call.
    package static let none = Call(
        key: CallKey(id: 0),
        id: "",
        time: .unknown,
        model: ModelID(""),
        usage: .zero,
        position: LogPosition(offset: 0, length: 0)
    )
}
