/// What one stretch of one log file contributed: the unit that is kept, with its checkpoint, in one transaction.
package struct Reading: Sendable {
    /// The records of one thread of one session.
    package struct Strand: Sendable {
        package var session: SessionID
        package var thread: ThreadID
        /// What the agent calls this kind of subagent (`Explore`, `general-purpose`), where it says.
        package var agentType: String?
        /// The folder the session ran in.
        package var project: String
        package var billing: Billing
        /// No person sat at it: print mode, an SDK, a scheduled run.
        package var isHeadless: Bool
        /// The copy of a call here yields to a copy elsewhere: progress echoes, replayed parents.
        package var isEcho: Bool
        /// The exchange of the gateway's journal that this is; nil for what an agent itself logged.
        package var exchange: String?
        package var calls: [Call]
        package var toolCalls: [ToolCall]
        package var arrivals: [Arrival]

        package init(
            session: SessionID,
            thread: ThreadID,
            agentType: String? = nil,
            project: String = "",
            billing: Billing = .unknown,
            isHeadless: Bool = false,
            isEcho: Bool = false,
            exchange: String? = nil,
            calls: [Call] = [],
            toolCalls: [ToolCall] = [],
            arrivals: [Arrival] = []
        ) {
            self.session = session
            self.thread = thread
            self.agentType = agentType
            self.project = project
            self.billing = billing
            self.isHeadless = isHeadless
            self.isEcho = isEcho
            self.exchange = exchange
            self.calls = calls
            self.toolCalls = toolCalls
            self.arrivals = arrivals
        }
    }

    package var strands: [Strand]
    package var skipped: [SkippedLine]
    /// Halves of the gateway's exchanges.
    package var exchanges: [Exchange]

    package init(strands: [Strand] = [], skipped: [SkippedLine] = [], exchanges: [Exchange] = []) {
        self.strands = strands
        self.skipped = skipped
        self.exchanges = exchanges
    }
}

/// A part of a log that could not be read; the rest was kept.
package struct SkippedLine: Hashable, Sendable {
    /// Line number in its file, from 1; 0 where the whole file is meant.
    package var line: Int
    package var reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}
