package import Domain

/// `llmOps.routing` and `llmOps.tokenPolicy` of a `backlog.config.json`, as its version 1.1 describes them.
///
/// The file names a model for each phase by an alias of its own registry (`entryModelClassify: "cheap"`); the aliases
/// `free` and `cheap`, `balanced`, and `frontier` stand for tiers. Values are what the file says, read by whoever reads
/// the file: keys that are not known are of no interest, values that are not understood are named in ``Imported``.
package struct BacklogRouting: Hashable, Sendable {
    /// The members of `llmOps.routing` that are texts, such as `entryModelDraft` or `escalationModel`.
    package var models: [String: String]
    package var maxEscalationsPerTicket: Int?
    /// `llmOps.tokenPolicy.maxInputByPhase` and `maxOutputByPhase`.
    package var maxInputByPhase: [String: Int]
    package var maxOutputByPhase: [String: Int]

    package init(
        models: [String: String],
        maxEscalationsPerTicket: Int? = nil,
        maxInputByPhase: [String: Int] = [:],
        maxOutputByPhase: [String: Int] = [:]
    ) {
        self.models = models
        self.maxEscalationsPerTicket = maxEscalationsPerTicket
        self.maxInputByPhase = maxInputByPhase
        self.maxOutputByPhase = maxOutputByPhase
    }

    package struct Imported: Hashable, Sendable {
        package var phases: [Phase: RoutingPolicy.PhaseLimits] = [:]
        package var escalationTier: Tier?
        package var maxEscalationsPerTicket: Int?
        /// Key and value of what no tier is known for, sorted by key.
        package var notUnderstood: [String] = []
    }

    /// Phases are named as in the file, in lower case: `entryModelImplement` gives `implement` its tier.
    package var imported: Imported {
        var result = Imported()
        result.maxEscalationsPerTicket = maxEscalationsPerTicket.flatMap { $0 < 0 ? nil : $0 }
        for (key, alias) in models.sorted(by: { $0.key < $1.key }) {
            guard let tier = Self.tiers[alias.lowercased()] else {
                result.notUnderstood.append("\(key) = \(alias)")
                continue
            }
            if key == "escalationModel" {
                result.escalationTier = tier
            } else if key.hasPrefix(Self.entry), key.count > Self.entry.count {
                let phase = Phase(rawValue: key.dropFirst(Self.entry.count).lowercased())
                result.phases[phase, default: .init()].tier = tier
            }
        }
        for (phase, limit) in maxInputByPhase where limit > 0 {
            result.phases[Phase(rawValue: phase.lowercased()), default: .init()].maxInputTokens = limit
        }
        for (phase, limit) in maxOutputByPhase where limit > 0 {
            result.phases[Phase(rawValue: phase.lowercased()), default: .init()].maxOutputTokens = limit
        }
        return result
    }

    private static let entry = "entryModel"

    private static let tiers: [String: Tier] = [
        "free": .cheap, "cheap": .cheap, "balanced": .balanced, "frontier": .frontier,
    ]
}

extension RoutingPolicy {
    /// Takes over what an import says, except where the user set the same already.
    ///
    /// The file gives a tier to escalate to, not a model: which one that is says whoever knows the models.
    package mutating func take(_ imported: BacklogRouting.Imported, model: (Tier) -> ModelID?) {
        for (phase, limits) in imported.phases {
            let own = phases[phase]
            phases[phase] = PhaseLimits(
                maxInputTokens: own?.maxInputTokens ?? limits.maxInputTokens,
                maxOutputTokens: own?.maxOutputTokens ?? limits.maxOutputTokens,
                tier: own?.tier ?? limits.tier
            )
        }
        if escalation == nil, let tier = imported.escalationTier, let model = model(tier) {
            escalation = Escalation(model: model, perTicket: imported.maxEscalationsPerTicket ?? 1)
        }
    }
}
