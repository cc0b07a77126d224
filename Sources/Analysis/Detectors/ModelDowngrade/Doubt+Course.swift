import Domain

extension PricedThread {
    /// Doubts that one step alone gives rise to.
    func doubtAboutSteps(_ range: Range<Int>, kind: Candidate.Unit) -> Doubt? {
        for index in range {
            let step = steps[index]
            // What came before a task's first call answers the calls of the task before.
            let answers = index == range.lowerBound ? [] : step.arrivals.filter { $0.kind == .toolResult }
            if !step.call.earlierAttempts.isEmpty { return .failed }
            if step.call.stopReason == .refusal || step.call.stopReason == .error { return .failed }
            if answers.contains(where: \.isError) { return .toolFailed }
            if step.arrivals.contains(where: { $0.kind == .compactSummary }) { return .compacted }
            if step.arrivals.contains(where: { $0.isWork && $0.attachments > 0 }) { return .pictured }
            for tool in step.toolCalls {
                if tool.kind == .subagent, kind != .session { return .delegated }
                if tool.kind == .question || Doubt.planTools.contains(tool.name) { return .asked }
            }
        }
        return nil
    }

    /// Doubts from how the steps follow one another.
    func doubtAboutCourse(of range: Range<Int>, kind: Candidate.Unit) -> Doubt? {
        let brought = steps[range].contains { $0.arrivals.contains { $0.isRequest && $0.bytes > 0 } }
        guard brought else { return .unseen }
        let first = steps[range.lowerBound]
        // Results that come in with a prompt answer what the user broke into.
        let isSteered = steps[range].contains { step in
            step.prompt != nil && step.arrivals.contains { $0.kind == .toolResult }
        }
        if isSteered { return .steered }
        if steps[range].contains(where: { $0.call.model != first.call.model }) { return .mixed }
        for index in range.dropFirst() where steps[index - 1].toolCalls.isEmpty {
            // A hook, a finished background task or a paused turn woke it, unless a person spoke.
            if !steps[index].arrivals.contains(where: { $0.kind == .prompt }) { return .resumed }
        }
        return doubtAboutEnd(of: range)
    }

    /// Whether there is an answer to judge.
    func doubtAboutEnd(of range: Range<Int>) -> Doubt? {
        let last = steps[range.upperBound - 1]
        switch last.call.stopReason {
        case .toolUse, .maxTokens, .pauseTurn, .refusal, .error: return .unfinished
        case .unknown: if logsStopReasons { return .unfinished }
        case .endTurn, .stopSequence: break
        }
        return last.toolCalls.isEmpty ? nil : .unfinished
    }

    /// Doubts from how hard the model worked for what it wrote.
    func doubtAboutThinking(in range: Range<Int>, limits: SmallWork) -> Doubt? {
        let efforts = steps[range].compactMap(\.call.effort?.rawValue)
        if efforts.contains(Effort.max.rawValue) { return .effort }
        // Up to medium is what agents ask for anyway, and a level passed through on the way is no wish.
        if range.lowerBound > 0, let before = steps[range.lowerBound - 1].call.effort?.rawValue,
            let kept = efforts.min(),
            kept > before, kept >= Effort.high.rawValue
        {
            return .effort
        }
        let hidden = steps[range].reduce(0) { $0 + $1.call.hiddenOutputTokens }
        if hidden >= limits.outputTokens / 2 { return .thought }
        let answer = steps[range.upperBound - 1].call.estimatedOutputTokens
        return doubtAboutConversation(before: range, answer: answer, limits: limits)
    }

    /// Doubts from what an answer of so many tokens may rest on.
    func doubtAboutConversation(before range: Range<Int>, answer: Int, limits: SmallWork) -> Doubt? {
        let conversation = steps[range.lowerBound].call.usage.promptTokens - (steps.first?.call.usage.promptTokens ?? 0)
        // After a tool call the answer reports on it; without one it can only come from the conversation.
        let isReport = steps[range].contains { !$0.toolCalls.isEmpty }
        let short = limits.outputTokens / (isReport ? 4 : 8)
        return conversation / 5 >= limits.inputTokens && answer > short ? .conversation : nil
    }

    /// Doubts from what the user asked just before and did just after.
    func doubtAboutWhatFollowed(_ range: Range<Int>) -> Doubt? {
        let before = steps[..<range.lowerBound].last { $0.prompt != nil }?.prompt
        let next =
            range.upperBound < steps.count ? steps[range.upperBound].prompt : thread.trailing.last { $0.isRequest }
        let prompts = [before] + steps[range].map(\.prompt) + [next]
        let spoken = prompts.compactMap { $0 }
        if zip(spoken, spoken.dropFirst()).contains(where: { $0.resembles($1) }) { return .repeated }
        let changed = Set(steps[range].flatMap(\.changedFiles))
        guard !changed.isEmpty else { return nil }
        for index in range.upperBound..<steps.count {
            // A task that was broken off says nothing; the one behind it is the next.
            if index > range.upperBound, steps[index].prompt != nil, hasEnded(steps[index - 1]) { break }
            if steps[index].changedFiles.contains(where: changed.contains) { return .reworked }
        }
        return nil
    }

    /// Whether a step is a task's answer, as far as the log tells.
    private func hasEnded(_ step: SessionThread.Step) -> Bool {
        guard step.toolCalls.isEmpty else { return false }
        switch step.call.stopReason {
        case .endTurn, .stopSequence: return true
        case .unknown: return !logsStopReasons
        case .toolUse, .maxTokens, .pauseTurn, .refusal, .error: return false
        }
    }
}

extension Doubt {
    /// Tools that put a plan before the user.
    fileprivate static let planTools: Set<String> = ["EnterPlanMode", "ExitPlanMode", "exit_plan_mode"]
}

extension Call {
    /// Output that the log does not show: reasoning, where the agent says so, else what is beyond the visible text.
    ///
    /// Up to 1.8 bytes a token are allowed for: tool input and code come down to about two.
    var hiddenOutputTokens: Int {
        guard !outputIsLowerBound, visibleOutputBytes > 0 else { return usage.reasoningTokens }
        return max(usage.reasoningTokens, usage.outputTokens - Int(Double(visibleOutputBytes) / 1.8))
    }
}

extension Arrival {
    /// A person or another thread asked for something.
    fileprivate var isRequest: Bool { kind == .prompt || kind == .delegation }

    /// Whether two prompts share half of their word runs or more; a prompt of a word or two says nothing.
    func resembles(_ other: Arrival) -> Bool {
        guard bytes >= 40, other.bytes >= 40, !sketch.isEmpty, sketch.count == other.sketch.count else { return false }
        return zip(sketch, other.sketch).count(where: ==) * 2 >= sketch.count
    }
}

extension SessionThread.Step {
    /// The last thing the user asked for before this call.
    fileprivate var prompt: Arrival? { arrivals.last { $0.isRequest } }
}
