import Domain

/// The one small thing that a call inside a session did.
enum CallRole: String, CaseIterable, Hashable, Sendable {
    case files = "read or searched files"
    case git = "used git"
    case format = "formatted or linted"
    case packages = "managed packages"
    case errors = "looked up an error"
    case documentation = "looked something up"

    /// The role that all tool calls of a step share; nil where they have none or differ.
    init?(of step: SessionThread.Step) {
        guard let first = step.toolCalls.first, let role = CallRole(first),
            step.toolCalls.allSatisfy({ CallRole($0) == role })
        else { return nil }
        let followsError = step.arrivals.contains { $0.kind == .toolResult && $0.isError }
        switch role {
        case .files, .documentation: self = followsError ? .errors : role
        // After an error, anything else is a try at mending it.
        default:
            if followsError { return nil }
            self = role
        }
    }

    private init?(_ tool: ToolCall) {
        switch tool.purpose {
        case .readFile, .search, .list: self = .files
        case .readGit: self = .git
        // At the repository's host a change sets things going that others see: a release, a merge, a workflow.
        case .writeGit where tool.command.hasPrefix("git "): self = .git
        case .format, .lint: self = .format
        case .package: self = .packages
        case .fetch, .lookUp: self = .documentation
        default: return nil
        }
    }
}

extension PricedThread {
    /// The role of a call that may move by itself; nil where it has none or something speaks for keeping it.
    func role(at index: Int, limits: SmallWork) -> CallRole? {
        let step = steps[index]
        guard let role = CallRole(of: step), step.call.earlierAttempts.isEmpty,
            step.call.estimatedOutputTokens < limits.outputTokens / 4
        else { return nil }
        switch step.call.stopReason {
        case .refusal, .error, .maxTokens, .pauseTurn: return nil
        case .unknown, .endTurn, .toolUse, .stopSequence: break
        }
        // Whoever takes up a request or a summary decides what is to be done; a picture is hard at any size.
        for arrival in step.arrivals where arrival.kind != .toolResult && arrival.kind != .context { return nil }
        guard !step.arrivals.contains(where: { $0.attachments > 0 }), !hasRaisedEffort(step.call) else { return nil }
        return resultsFailed(after: index) || wasBrokenOff(after: index) ? nil : role
    }

    /// Whether nothing of the model's came of a call: the user broke in, or the next response failed.
    private func wasBrokenOff(after index: Int) -> Bool {
        guard index + 1 < steps.count else { return true }
        let next = steps[index + 1]
        if next.arrivals.contains(where: { $0.kind == .prompt || $0.kind == .delegation }) { return true }
        switch next.call.stopReason {
        case .refusal, .error: return true
        case .unknown: return logsStopReasons
        case .endTurn, .toolUse, .maxTokens, .stopSequence, .pauseTurn: return false
        }
    }

    /// Whether a tool that a call asked for failed or was denied.
    func resultsFailed(after index: Int) -> Bool {
        let answers = index + 1 < steps.count ? steps[index + 1].arrivals : thread.trailing
        return answers.contains { $0.kind == .toolResult && $0.isError }
    }

    /// Up to medium is what agents ask for anyway, and "max" nobody gets by default.
    func hasRaisedEffort(_ call: Call) -> Bool {
        guard let effort = call.effort?.rawValue else { return false }
        let start = steps.first?.call.effort?.rawValue ?? effort
        return effort == Effort.max.rawValue || (effort > start && effort >= Effort.high.rawValue)
    }
}
