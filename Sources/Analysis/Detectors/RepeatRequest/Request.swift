import Domain

/// A prompt with what the task that followed it cost.
struct Request: Sendable {
    static let madeByProgram = "made by a program, no person at the keyboard"

    let session: SessionID
    let time: Timestamp
    let content: UInt64
    let sketch: [UInt32]
    /// What the task looked at, ran and changed: the smallest hashes of it, which are the same ones wherever it is done.
    let actions: Set<UInt64>
    /// Whether the task ended with an answer, not broken off.
    let isAnswered: Bool
    private let isHeadless: Bool
    private let billing: Billing
    private let model: ModelID
    private let shape: Shape
    private let evidence: Evidence
    private let shares: [Claim.Share]

    private static let keptActions = 256

    /// Nil for a task whose prompt is too short, has no sketch or comes with an image, and for one without a price.
    init?(_ task: WorkUnit, of session: PricedSession, atLeast bytes: Int) {
        guard let run = task.runs.first else { return nil }
        let thread = session.threads[run.thread]
        let first = thread.steps[run.steps.lowerBound]
        let prompts = first.arrivals.filter { $0.kind == .prompt }
        // Words typed after the request while nothing had been answered yet belong to it; the longest says most.
        guard let prompt = prompts.max(by: { $0.bytes < $1.bytes }), prompt.bytes >= bytes, !prompt.sketch.isEmpty,
            prompts.allSatisfy({ $0.attachments == 0 })
        else { return nil }
        self.session = session.id
        time = first.call.time
        content = prompt.contentHash
        sketch = prompt.sketch
        let done = Set(thread.steps[run.steps].flatMap { $0.toolCalls.map(\.sameness) })
        actions = done.count > Request.keptActions ? Set(done.sorted().prefix(Request.keptActions)) : done
        let last = thread.steps[run.steps.upperBound - 1]
        isAnswered = last.toolCalls.isEmpty && !last.call.wasCutOff(in: thread)
        isHeadless = session.isHeadless
        billing = session.billing
        model = first.call.model
        shares = run.steps.compactMap { index in
            thread.ownCost(at: index).map { Claim.Share(call: thread.steps[index].call.key, cost: $0, saving: $0) }
        }
        guard !shares.isEmpty else { return nil }
        shape = session.shape(of: task)
        evidence = Evidence(
            session: session.id,
            calls: thread.steps[run.steps].map(\.call.id),
            file: first.file,
            offset: prompt.position.offset
        )
    }

    static func isBefore(_ a: Request, _ b: Request) -> Bool {
        (a.time, a.session, a.evidence.offset) < (b.time, b.session, b.evidence.offset)
    }

    func claim(repeating match: AnsweredRequests.Match, in project: String) -> Claim {
        var reasons = [match.text]
        if isHeadless { reasons.append(Request.madeByProgram) }
        return Claim(
            FindingScope(kind: RepeatRequest.kind, project: project),
            unit: .task,
            model: model,
            shape: shape,
            reasons: reasons,
            evidence: evidence,
            shares: shares,
            billing: billing
        )
    }
}

extension ToolCall {
    /// Equal for two that do the same: look into the same file, or take the same action.
    fileprivate var sameness: UInt64 { kind == .read ? targetHash ?? actionHash : actionHash }
}

extension Call {
    fileprivate func wasCutOff(in thread: PricedThread) -> Bool {
        switch stopReason {
        case .toolUse, .maxTokens, .pauseTurn, .refusal, .error: true
        case .unknown: thread.logsStopReasons
        case .endTurn, .stopSequence: false
        }
    }
}
