package import Domain

/// What the user set about routing (`[routing]`, `[[route]]`, `[phase.NAME]`), checked.
package struct RoutingPolicy: Hashable, Sendable {
    /// `[routing] mode`.
    package enum Mode: String, CaseIterable, Sendable, Codable {
        /// Only explicit routes and aliases count.
        case off
        /// Decide and record, but send what was asked for; explicit routes are applied all the same.
        case observe
        case route
    }

    package var mode = Mode.observe
    /// From 0, the most capable, to 1, the cheapest.
    package var dial = 0.5
    /// The part of what a session costs that routing may lose in it, whatever comes: `[routing] bearable_loss`.
    package var bearableLoss = 0.02
    /// Whether a simple request may go to another provider's model.
    package var crossesProviders = false
    /// The model that is asked about ambiguous requests; nil: patterns alone decide.
    package var classifier: Classifier?
    package var escalation: Escalation?
    /// The models that are tried before the one asked for; nil: none.
    package var cascade: CascadePolicy?
    /// Requests like these go where the user says, before any pattern: `[[routing.example]]`.
    package var examples: [Example] = []
    /// First match wins, before any pattern.
    package var rules: [RouteRule] = []
    /// Other names that clients use for a model.
    package var aliases: [ModelID: ModelID] = [:]
    package var phases: [Phase: PhaseLimits] = [:]

    package init() {}

    /// A route that is told by examples of what is asked.
    package struct Example: Hashable, Sendable {
        package var name: String
        package var prompts: [String]
        package var use: RouteRule.Use
        /// From which likeness on a prompt is meant, from 0 to 1.
        package var likeness: Double

        package init(name: String, prompts: [String], use: RouteRule.Use, likeness: Double = 0.6) {
            self.name = name
            self.prompts = prompts
            self.use = use
            self.likeness = likeness
        }
    }

    package struct Classifier: Hashable, Sendable {
        package var model: ModelID
        /// After so long the requested model is kept.
        package var timeoutMilliseconds: Int

        package init(model: ModelID, timeoutMilliseconds: Int = 800) {
            self.model = model
            self.timeoutMilliseconds = timeoutMilliseconds
        }
    }

    /// A stronger model may be asked so many times where a weaker one did not do.
    package struct Escalation: Hashable, Sendable {
        package var model: ModelID
        package var perSession: Int
        package var perTicket: Int

        package init(model: ModelID, perSession: Int = 1, perTicket: Int = 1) {
            self.model = model
            self.perSession = perSession
            self.perTicket = perTicket
        }
    }

    /// `[phase.NAME]`.
    package struct PhaseLimits: Hashable, Sendable {
        /// A longer prompt is refused.
        package var maxInputTokens: Int?
        /// More output is not asked for.
        package var maxOutputTokens: Int?
        /// The tier this phase's work is done on, such as an imported backlog configuration says.
        package var tier: Tier?

        package init(maxInputTokens: Int? = nil, maxOutputTokens: Int? = nil, tier: Tier? = nil) {
            self.maxInputTokens = maxInputTokens
            self.maxOutputTokens = maxOutputTokens
            self.tier = tier
        }
    }
}
