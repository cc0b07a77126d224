/// One recorded response of a model as far as it can be compared: what it did, and what is known of where it did it.
package struct RecordedStep: Hashable, Sendable {
    /// The provider's id of the response, such as `msg_01G5…`.
    package var id: String
    package var session: SessionID
    /// Its place among the responses of its thread, from 0 on.
    package var place: Int
    package var time: Timestamp
    package var model: ModelID
    package var usage: Usage
    /// What it wrote in words, where it wrote any.
    package var text: String
    /// None where the model stopped.
    package var actions: [RecordedAction]
    /// What the thread's next responses did, nearest first; three at most.
    package var upcoming: [[RecordedAction]]
    /// Where the session's commands ran.
    package var folder: String
    /// A tool had answered with an error just before.
    package var followsError: Bool

    package init(
        id: String,
        session: SessionID,
        place: Int,
        time: Timestamp,
        model: ModelID,
        usage: Usage,
        text: String = "",
        actions: [RecordedAction] = [],
        upcoming: [[RecordedAction]] = [],
        folder: String = "",
        followsError: Bool = false
    ) {
        self.id = id
        self.session = session
        self.place = place
        self.time = time
        self.model = model
        self.usage = usage
        self.text = text
        self.actions = actions
        self.upcoming = upcoming
        self.folder = folder
        self.followsError = followsError
    }
}

/// A tool call with its input in full, and what its result says of the world before it.
package struct RecordedAction: Hashable, Sendable {
    package var tool: String
    /// JSON as the model wrote it, where the log keeps that.
    package var input: String
    /// The text of the file before it was changed.
    package var originalFile: String?
    /// Lines of the file that was read.
    package var totalLines: Int?

    package init(tool: String, input: String, originalFile: String? = nil, totalLines: Int? = nil) {
        self.tool = tool
        self.input = input
        self.originalFile = originalFile
        self.totalLines = totalLines
    }
}

/// How much of the request that led to a step is known.
package enum Fidelity: String, Sendable, Codable, CaseIterable, Comparable {
    /// The request itself, from the agent's own record of it or from the gateway's copy.
    case exact
    /// Put together from the agent's snapshot of its prompt and the conversation.
    case snapshot
    /// With a prompt that the installed agent was made to send.
    case recaptured
    /// With a prompt made up from what the calls show: says something, proves nothing.
    case inferred

    package static func < (a: Fidelity, b: Fidelity) -> Bool { a.rank < b.rank }

    private var rank: Int { Fidelity.allCases.firstIndex(of: self) ?? 0 }
}

/// The request of a step, built anew.
package struct RebuiltRequest: Hashable, Sendable {
    package var format: APIFormat
    package var body: [UInt8]
    /// The `anthropic-beta` names it was sent with.
    package var betas: [String]
    package var fidelity: Fidelity

    package init(format: APIFormat, body: [UInt8], betas: [String] = [], fidelity: Fidelity) {
        self.format = format
        self.body = body
        self.betas = betas
        self.fidelity = fidelity
    }
}
