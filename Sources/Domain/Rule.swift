/// A finding that the user applied: what it changes, where, and what came of it.
package struct Rule: Hashable, Sendable, Codable {
    /// What of an agent's settings is changed; the raw value is ``ProposedAction/kind``'s word.
    package enum Action: String, CaseIterable, Sendable, Codable {
        /// The model that an agent starts on.
        case model
        /// The model of subagents.
        case subagentModel = "subagent-model"
        /// A text in the instructions that an agent reads in every session.
        case instruction
        /// How long entries of the prompt cache live.
        case cacheLifetime = "cache-lifetime"
        /// The gateway's routing.
        case route
    }

    package enum Status: String, CaseIterable, Sendable, Codable {
        /// Being written: a process that dies here leaves it so, and the next start puts things right.
        case applying
        /// Its settings hold, and later sessions are watched.
        case applied
        /// Kept, and measured to save without harm: ``Confidence/userValidated``.
        case promoted
        /// Measured to harm, or to cost more.
        case demoted
        /// The user took it back by the command.
        case undone
        /// The user took it back in the file.
        case rolledBack

        /// Whether its settings are meant to hold.
        package var isInForce: Bool {
            switch self {
            case .applying, .applied, .promoted, .demoted: true
            case .undone, .rolledBack: false
            }
        }
    }

    /// The same for the same finding, action and place.
    package var id: String
    /// The finding's id.
    package var finding: String
    /// The finding's kind.
    package var kind: String
    package var action: Action
    package var agent: Agent
    /// The folder it holds for; nil: everywhere.
    package var project: String?
    /// The model it moves work from, where it does.
    package var model: ModelID?
    /// The model it moves work to, where it does.
    package var target: ModelID?
    /// The types of subagents it holds for; empty: all.
    package var subagents: [String]
    /// What it changes, in a line.
    package var text: String
    package var status: Status
    package var applied: Timestamp
    /// When its status last changed.
    package var changed: Timestamp
    package var forecast: Forecast
    /// How it stood when it was last looked at.
    package var outcome: Outcome?

    package init(
        id: String,
        finding: String,
        kind: String,
        action: Action,
        agent: Agent,
        project: String?,
        model: ModelID? = nil,
        target: ModelID? = nil,
        subagents: [String] = [],
        text: String,
        status: Status = .applying,
        applied: Timestamp,
        forecast: Forecast
    ) {
        self.id = id
        self.finding = finding
        self.kind = kind
        self.action = action
        self.agent = agent
        self.project = project
        self.model = model
        self.target = target
        self.subagents = subagents
        self.text = text
        self.status = status
        self.applied = applied
        changed = applied
        self.forecast = forecast
    }
}

/// Something that happened to a rule.
package struct RuleEvent: Hashable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable {
        case applied
        case undone
        case rolledBack
        case promoted
        case demoted
    }

    package var rule: String
    package var time: Timestamp
    package var kind: Kind
    package var text: String

    package init(rule: String, time: Timestamp, kind: Kind, text: String) {
        self.rule = rule
        self.time = time
        self.kind = kind
        self.text = text
    }
}
