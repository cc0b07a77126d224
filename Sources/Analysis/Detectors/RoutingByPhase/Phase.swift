import Domain

/// What a call is to the work it is part of.
enum Phase: Int, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    case classify
    case explore
    case plan
    case implement
    case review
    case test

    /// Whether work of this phase may go to the next lower tier at all: deciding what is done, and doing it, stay.
    var mayMove: Bool { self != .plan && self != .implement }

    var description: String {
        switch self {
        case .classify: "classify"
        case .explore: "explore"
        case .plan: "plan"
        case .implement: "implement"
        case .review: "review"
        case .test: "test"
        }
    }
}

/// Tells the phase of a thread's calls one after the other.
struct PhaseReader {
    /// A label or a title is a few words.
    private static let labelTokens = 50

    /// Since the last request.
    private var changed: Set<UInt64> = []
    private var hasChanged = false
    private var hasUsedTools = false

    mutating func phase(of step: SessionThread.Step) -> Phase {
        if step.takesUpRequest { self = PhaseReader() }
        guard !step.toolCalls.isEmpty else { return phase(ofReply: step.call) }
        hasUsedTools = true
        var phase: Phase?
        var reviews = false
        for tool in step.toolCalls {
            switch tool.purpose {
            case .edit, .arrangeFiles, .writeGit, .format, .package:
                hasChanged = true
                if let file = tool.targetHash { changed.insert(file) }
                phase = .implement
            // Who knows what it did: as if it had changed something.
            case .other: phase = .implement
            case .test, .build, .lint, .run: if phase != .implement { phase = .test }
            case .plan, .ask, .delegate: phase = phase ?? .plan
            case .readGit: reviews = true
            case .readFile: reviews = reviews || tool.targetHash.map(changed.contains) ?? false
            case .search, .list, .inspect, .fetch, .lookUp: break
            }
        }
        return phase ?? (hasChanged && reviews ? .review : .explore)
    }

    /// A reply reports on what went before it.
    private func phase(ofReply call: Call) -> Phase {
        if hasChanged { return .review }
        if hasUsedTools { return .explore }
        return call.estimatedOutputTokens <= PhaseReader.labelTokens ? .classify : .plan
    }
}

extension SessionThread.Step {
    /// Whether a person or another thread asked for something before this call.
    var takesUpRequest: Bool { arrivals.contains { $0.kind == .prompt || $0.kind == .delegation } }
}
