/// How sure a finding is.
package enum Confidence: String, Sendable, Codable {
    /// The shape of the work says so; nothing was re-run.
    case structural
    /// A replay on the user's own history supports it.
    case replayValidated
    /// It was applied, kept, and the realised saving measured.
    case userValidated
}

/// Where a figure comes from.
package enum Basis: String, Sendable, Codable {
    case measured
    case priced
    case estimated
}

/// An estimate with its uncertainty.
package struct MoneyInterval: Hashable, Sendable, Codable {
    package var low: Money
    package var mid: Money
    package var high: Money

    package init(low: Money, mid: Money, high: Money) {
        self.low = low
        self.mid = mid
        self.high = high
    }

    package static let zero = MoneyInterval(low: .zero, mid: .zero, high: .zero)
}

/// A call, session and place in a log that a finding rests on.
package struct Evidence: Hashable, Sendable {
    package var session: SessionID
    package var calls: [String]
    package var file: String
    package var offset: Int64

    package init(session: SessionID, calls: [String], file: String, offset: Int64) {
        self.session = session
        self.calls = calls
        self.file = file
        self.offset = offset
    }
}

/// What the user can do about a finding.
package struct ProposedAction: Hashable, Sendable {
    /// `model`, `subagent-model`, `instruction`, `cache-lifetime`, `route`.
    package var kind: String
    package var text: String

    package init(kind: String, text: String) {
        self.kind = kind
        self.text = text
    }
}

/// The size of a piece of work, apart from what the agent sends on its own.
package struct Shape: Hashable, Sendable {
    /// Tokens the user and the tools brought in, without the standing prompt.
    package var inputTokens: Int
    package var outputTokens: Int
    package var toolCalls: Int
    package var filesChanged: Int
    /// Calls of the model.
    package var turns: Int

    package init(inputTokens: Int = 0, outputTokens: Int = 0, toolCalls: Int = 0, filesChanged: Int = 0, turns: Int = 0)
    {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.toolCalls = toolCalls
        self.filesChanged = filesChanged
        self.turns = turns
    }
}

/// One piece of work that a finding proposes to do otherwise.
package struct Candidate: Hashable, Sendable {
    /// How much of a session the candidate spans.
    package enum Unit: String, Sendable, Codable {
        case session
        case task
        case subagent
        /// Single calls inside a thread.
        case call
    }

    package var session: SessionID
    package var unit: Unit
    package var project: String
    package var model: ModelID
    /// Nil where the work would stay on its model.
    package var target: ModelID?
    package var shape: Shape
    package var actual: Money
    package var estimated: Money
    package var reasons: [String]
    package var evidence: Evidence
    /// The calls it saves on.
    package var calls: [CallKey]

    package init(
        session: SessionID,
        unit: Unit,
        project: String,
        model: ModelID,
        target: ModelID? = nil,
        shape: Shape,
        actual: Money,
        estimated: Money,
        reasons: [String],
        evidence: Evidence,
        calls: [CallKey]
    ) {
        self.session = session
        self.unit = unit
        self.project = project
        self.model = model
        self.target = target
        self.shape = shape
        self.actual = actual
        self.estimated = estimated
        self.reasons = reasons
        self.evidence = evidence
        self.calls = calls
    }

    package var saving: Money { actual - estimated }
}

/// Waste with evidence, a confidence level, a saving and an action.
package struct Finding: Sendable {
    /// `KIND:` and a hash of the scope: the same from run to run while the scope is.
    package var id: String
    package var kind: String
    package var basis: Basis
    package var confidence: Confidence
    package var project: String
    package var sessionsFlagged: Int
    package var actual: Money
    package var estimated: Money
    package var monthlySaving: MoneyInterval
    package var evidence: [Evidence]
    package var action: ProposedAction
    package var caveats: [String]
    /// Largest saving first.
    package var candidates: [Candidate]

    package init(
        id: String,
        kind: String,
        basis: Basis,
        confidence: Confidence,
        project: String,
        sessionsFlagged: Int,
        actual: Money,
        estimated: Money,
        monthlySaving: MoneyInterval,
        evidence: [Evidence],
        action: ProposedAction,
        caveats: [String],
        candidates: [Candidate]
    ) {
        self.id = id
        self.kind = kind
        self.basis = basis
        self.confidence = confidence
        self.project = project
        self.sessionsFlagged = sessionsFlagged
        self.actual = actual
        self.estimated = estimated
        self.monthlySaving = monthlySaving
        self.evidence = evidence
        self.action = action
        self.caveats = caveats
        self.candidates = candidates
    }

    package var saving: Money { actual - estimated }
}
