/// What a request shows of the work done in its conversation so far, since it began or was compacted: an agent's request
/// says with it how far the work is and how it goes, whatever its words are.
package struct WorkSoFar: Hashable, Sendable {
    package struct ToolResult: Hashable, Sendable {
        package var bytes: Int
        package var isError: Bool

        package init(bytes: Int, isError: Bool) {
            self.bytes = bytes
            self.isError = isError
        }
    }

    /// Replies of the model.
    package var turns = 0
    /// Names of the tools that the model called.
    package var tools: Set<String> = []
    /// Different files that its calls name, as ``WorkFiles`` counts them.
    package var files = 0
    /// Tool results that were errors.
    package var errors = 0
    /// The last tool result; nil where there was none.
    package var lastResult: ToolResult?
    /// What the agent sends before anybody says anything (system prompt and tools), in bytes.
    package var standingBytes = 0
    /// The conversation itself, in bytes.
    package var taskBytes = 0

    package init() {}
}

/// Different files, counted up to a number from which on more say no more: what keeps them does not grow with the work.
package struct WorkFiles: Sendable {
    package static let most = 128

    private var hashes: Set<UInt64> = []

    package init() {}

    package var count: Int { hashes.count }

    /// Takes in the hash of a file's name.
    package mutating func insert(_ hash: UInt64) {
        if hashes.isEmpty { hashes.reserveCapacity(Self.most) }
        if hashes.count < Self.most { hashes.insert(hash) }
    }
}

/// The work so far at each step of a thread, from what its log keeps; take the steps in their order.
package struct WorkGathering: Sendable {
    private var work = WorkSoFar()
    private var files = WorkFiles()

    package init() {}

    /// The work before a step's reply, which counts from then on.
    ///
    /// Bytes are told from tokens where the log has nothing else: the standing prompt is what the first call was sent
    /// besides the conversation.
    package mutating func next(_ step: SessionThread.Step) -> WorkSoFar {
        for arrival in step.arrivals { take(arrival) }
        if work.turns == 0 {
            let prompt = Double(max(0, step.call.usage.promptTokens)) * Call.bytesPerToken
            work.standingBytes = max(0, Int(prompt) - work.taskBytes)
        }
        defer { take(step.toolCalls) }
        return work
    }

    private mutating func take(_ arrival: Arrival) {
        if arrival.kind == .compactSummary { self = WorkGathering() }
        work.taskBytes += arrival.bytes
        guard arrival.kind == .toolResult else { return }
        work.lastResult = WorkSoFar.ToolResult(bytes: arrival.bytes, isError: arrival.isError)
        if arrival.isError { work.errors += 1 }
    }

    private mutating func take(_ calls: [ToolCall]) {
        work.turns += 1
        for call in calls {
            work.tools.insert(call.name)
            work.taskBytes += call.inputBytes
            if let target = call.targetHash { files.insert(target) }
        }
        work.files = files.count
    }
}
