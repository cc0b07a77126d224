import Domain

/// The runs of one phase of a thread on one model that may move.
struct PhaseRuns {
    var phase: Phase
    var calls: LooseCalls
}

extension PricedSession {
    /// The runs of a thread that may go one tier down, by phase and model; `phases` are those of its steps.
    ///
    /// A run is what stands in a row in one phase. Where something failed in it, all of it stays: there was trouble that
    /// took thought. Else the calls that something speaks for keeping are left out of it.
    func phaseRuns(of thread: Int, phases: [Phase], claimed: Set<CallKey>, outputTokens: Int) -> [PhaseRuns] {
        let priced = threads[thread]
        var found: [PhaseRuns] = []
        var start = 0
        while start < phases.count {
            let phase = phases[start]
            let end = phases[start...].firstIndex { $0 != phase } ?? phases.count
            defer { start = end }
            guard phase.mayMove, !(start..<end).contains(where: priced.hasFailed) else { continue }
            for index in start..<end where priced.isOwn[index] && priced.costs[index] != nil {
                let call = priced.steps[index].call
                guard !claimed.contains(call.key), priced.mayMove(index, in: phase, outputTokens: outputTokens) else {
                    continue
                }
                if let place = found.firstIndex(where: { $0.phase == phase && $0.calls.model == call.model }) {
                    found[place].calls.runs.extend(by: index)
                } else {
                    let calls = LooseCalls(thread: thread, model: call.model, runs: [[index]])
                    found.append(PhaseRuns(phase: phase, calls: calls))
                }
            }
        }
        return found
    }
}

extension PricedThread {
    /// The model refused or failed, or a tool it called did.
    fileprivate func hasFailed(_ index: Int) -> Bool {
        let call = steps[index].call
        if call.stopReason == .refusal || call.stopReason == .error || !call.earlierAttempts.isEmpty { return true }
        return resultsFailed(after: index)
    }

    fileprivate func mayMove(_ index: Int, in phase: Phase, outputTokens: Int) -> Bool {
        let step = steps[index]
        switch step.call.stopReason {
        case .maxTokens, .pauseTurn, .refusal, .error: return false
        case .unknown, .endTurn, .toolUse, .stopSequence: break
        }
        if step.arrivals.contains(where: { $0.kind == .compactSummary || $0.attachments > 0 }) { return false }
        // Whoever takes up a request decides what is to be done; a label decides nothing.
        if step.takesUpRequest, phase != .classify { return false }
        // A reply draws on the conversation, and a command of many tokens is a script: only looking may take some.
        let looks = !step.toolCalls.isEmpty && step.toolCalls.allSatisfy(\.looks)
        let limit = looks ? outputTokens : outputTokens / 4
        return step.call.estimatedOutputTokens < limit && !hasRaisedEffort(step.call)
    }
}

extension ToolCall {
    /// By the tool's own making, not by the command it was given.
    fileprivate var looks: Bool { kind == .read || kind == .search || kind == .web }
}
