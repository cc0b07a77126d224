import Domain

/// A tool call that failed.
struct FailedAction: Sendable {
    var session: SessionID
    var project: String
    var billing: Billing
    var action: UInt64
    /// A hash of the error's text; nil where it is too short to say what failed (`Exit code 1`).
    var error: UInt64?
    /// The tool, and for a shell call the command.
    var tool: String
    var call: CallKey
    var id: String
    var time: Timestamp
    var model: ModelID
    var file: String
    /// Where the error stands in the log.
    var offset: Int64
    /// The same had just failed, and nothing was changed since.
    var isLoop: Bool
    /// What the call cost; nil where it is not ours to claim, has no price or asked for something else as well.
    var cost: Money?
}

/// Follows a thread's tool results and keeps those that failed.
struct FailureWalk {
    private(set) var failing: [FailedAction] = []
    private(set) var worked: Set<UInt64> = []
    private(set) var results = 0

    private let thread: PricedThread
    private let asked: AskedTools
    /// By step, whether it asked for one action only.
    private let asksForOne: [Bool]
    private let session: PricedSession
    private let failures: Int
    /// How often an action has failed since something was last changed, and the last step that asked for it.
    private var failed: [UInt64: (count: Int, step: Int)] = [:]

    init(_ thread: PricedThread, of session: PricedSession, failures: Int) {
        self.thread = thread
        asked = AskedTools(in: thread.steps)
        asksForOne = thread.steps.map { step in
            step.toolCalls.allSatisfy { $0.actionHash == step.toolCalls[0].actionHash }
        }
        self.session = session
        self.failures = failures
    }

    mutating func run() {
        for index in thread.steps.indices {
            look(at: thread.steps[index].arrivals, before: index)
        }
        look(at: thread.thread.trailing, before: thread.steps.count)
    }

    private mutating func look(at arrivals: [Arrival], before index: Int) {
        // A person who speaks with the result has broken off or denied what it answers.
        let isAnswered = arrivals.contains { $0.kind == .prompt }
        for arrival in arrivals where arrival.kind == .toolResult {
            guard let (step, tool) = asked.call(answeredBy: arrival, at: index) else { continue }
            results += 1
            if !arrival.isError {
                worked.insert(tool.actionHash)
                if !tool.leavesAllAsItWas { failed.removeAll(keepingCapacity: true) }
                failed[tool.actionHash] = nil
            } else if !isAnswered {
                let count = countFailure(of: tool, askedAt: step)
                keep(arrival, of: tool, askedAt: step, isLoop: count >= max(2, failures))
            }
        }
        if isAnswered { failed.removeAll(keepingCapacity: true) }
    }

    private mutating func countFailure(of tool: ToolCall, askedAt step: Int) -> Int {
        var failure = failed[tool.actionHash] ?? (0, -1)
        // Asked for twice in one call it has failed once.
        if failure.step != step { failure.count += 1 }
        failure.step = step
        // It may have changed something before it failed, for others if not for itself.
        if !tool.leavesAllAsItWas { failed.removeAll(keepingCapacity: true) }
        failed[tool.actionHash] = failure
        return failure.count
    }

    /// Whether an error is more than a word or two; Codex puts about 120 bytes of times and sizes before it.
    private func saysSomething(_ error: Arrival) -> Bool {
        error.contentHash != 0 && error.bytes >= (session.id.agent == .codex ? 160 : 40)
    }

    private mutating func keep(_ arrival: Arrival, of tool: ToolCall, askedAt index: Int, isLoop: Bool) {
        let step = thread.steps[index]
        // A copy of another session's failure is no second one.
        guard thread.isOwn[index] else { return }
        failing.append(
            FailedAction(
                session: session.id,
                project: session.project,
                billing: session.billing,
                action: tool.actionHash,
                error: saysSomething(arrival) ? arrival.contentHash : nil,
                tool: tool.label,
                call: step.call.key,
                id: step.call.id,
                time: step.call.time,
                model: step.call.model,
                file: step.file,
                offset: arrival.position.offset,
                isLoop: isLoop,
                cost: asksForOne[index] ? thread.costs[index] : nil
            )
        )
    }
}

extension ToolCall {
    /// Whether running it could not change what another action finds.
    fileprivate var leavesAllAsItWas: Bool {
        switch kind {
        case .read, .search, .web, .plan, .question: true
        default: action.isObservation || [.test, .lint, .plan, .ask].contains(action)
        }
    }
}
