/// A session as it is analysed: threads of deduplicated calls, in order.
package struct Session: Sendable {
    package var id: SessionID
    package var project: String
    package var billing: Billing
    package var isHeadless: Bool
    /// The main thread first, where the session has one.
    package var threads: [SessionThread]

    package init(
        id: SessionID,
        project: String,
        billing: Billing = .unknown,
        isHeadless: Bool = false,
        threads: [SessionThread]
    ) {
        self.id = id
        self.project = project
        self.billing = billing
        self.isHeadless = isHeadless
        self.threads = threads
    }
}

/// One thread of a session: its calls, each with what entered the prompt before it and what it asked tools to do.
package struct SessionThread: Sendable {
    package struct Step: Sendable {
        package var call: Call
        /// The log file the call was read from.
        package var file: String
        /// Here as context only: another session made this call first and pays for it, or it lies outside the window.
        package var isContext: Bool
        /// In the order of the log.
        package var arrivals: [Arrival]
        package var toolCalls: [ToolCall]

        package init(
            call: Call,
            file: String = "",
            isContext: Bool = false,
            arrivals: [Arrival] = [],
            toolCalls: [ToolCall] = []
        ) {
            self.call = call
            self.file = file
            self.isContext = isContext
            self.arrivals = arrivals
            self.toolCalls = toolCalls
        }
    }

    package var id: ThreadID
    package var agentType: String?
    package var steps: [Step]
    /// What came after the last call, such as a prompt nobody answered or a last tool result.
    package var trailing: [Arrival]

    package init(id: ThreadID, agentType: String? = nil, steps: [Step], trailing: [Arrival] = []) {
        self.id = id
        self.agentType = agentType
        self.steps = steps
        self.trailing = trailing
    }
}
