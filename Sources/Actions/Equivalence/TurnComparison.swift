package import JSONText

/// A recorded turn beside what another model, or the same one again, would have done there.
package struct TurnComparison: Sendable {
    /// The calls of the recorded turn; none where it ended the task.
    package var recorded: [ComparedCall]
    package var candidate: [ComparedCall]
    /// What the record knows of the files that each recorded call is about, in the order of the calls.
    package var known: [KnownFiles]
    /// The calls of the next recorded turns, by which a call that only came early is told.
    package var upcoming: [[ComparedCall]] = []
    /// The schemas that the request declared, by tool; empty where they are not known.
    package var schemas: [String: ToolSchema] = [:]
    /// Why there is no reply to compare: an API's error, a refusal, a reply that was cut.
    package var trouble: String?

    /// How many turns ahead a call counts as one that came early.
    package static let lookAhead = 3

    package init(
        recorded: [ComparedCall],
        candidate: [ComparedCall],
        known: [KnownFiles] = [],
        upcoming: [[ComparedCall]] = [],
        schemas: [String: ToolSchema] = [:],
        trouble: String? = nil
    ) {
        (self.recorded, self.candidate, self.known) = (recorded, candidate, known)
        (self.upcoming, self.schemas, self.trouble) = (upcoming, schemas, trouble)
    }

    package var verdict: TurnVerdict {
        var verdict = TurnVerdict()
        if trouble != nil {
            verdict.outcome = .error
            return verdict
        }
        verdict.faults = candidate.enumerated().compactMap { place, call in fault(of: call).map { (place, $0) } }
            .map { TurnVerdict.Fault(call: $0.0, text: $0.1) }
        let table = recorded.enumerated().map { place, call in
            let files = place < known.count ? known[place] : KnownFiles()
            return candidate.map { Equivalence(of: call, and: $0, knowing: files) }
        }
        let matching = CallMatching(scores: table.map { $0.map(\.level.score) })
        verdict.pairs = matching.pairs.map {
            TurnVerdict.Pair(recorded: $0.first, candidate: $0.second, equivalence: table[$0.first][$0.second])
        }
        rate(&verdict)
        verdict.outcome = outcome(verdict)
        return verdict
    }

    /// What the candidate's call breaks of its tool's schema.
    private func fault(of call: ComparedCall) -> String? {
        guard !schemas.isEmpty else { return nil }
        guard let schema = schemas[call.tool] else { return "no tool '\(call.tool)' was offered" }
        return schema.fault(in: ToolInput(call.input).value)?.description
    }

    private func rate(_ verdict: inout TurnVerdict) {
        let levels = recorded.indices.map { place in
            verdict.pairs.first { $0.recorded == place }?.equivalence.level ?? .none
        }
        let counted = zip(recorded, levels).filter { $0.0.effect != .plan }
        let weight = counted.reduce(0) { $0 + $1.0.effect.weight }
        let decisive = counted.filter { $0.0.effect.isDecisive }.map(\.1)
        if counted.isEmpty {
            verdict.level = levels.min() ?? (candidate.isEmpty ? .identical : .none)
            verdict.score = verdict.level.score
        } else {
            verdict.level = (decisive.isEmpty ? counted.map(\.1) : decisive).min() ?? .none
            verdict.score = counted.reduce(0) { $0 + $1.0.effect.weight * $1.1.score } / weight
        }
        let matched = Set(verdict.pairs.map(\.candidate))
        let extra = candidate.indices.filter { !matched.contains($0) }.map { candidate[$0].effect }
        verdict.extraObserving = extra.count { $0 == .observe }
        verdict.extraDecisive = extra.count { $0.isDecisive }
    }

    private func outcome(_ verdict: TurnVerdict) -> TurnVerdict.Outcome {
        if !verdict.faults.isEmpty { return .invalid }
        if recorded.isEmpty != candidate.isEmpty { return .stopMismatch }
        let isDone = recorded.indices.allSatisfy { place in
            let level = verdict.pairs.first { $0.recorded == place }?.equivalence.level ?? .none
            switch recorded[place].effect {
            case .mutate, .execute: return level >= .effectButForSpace
            case .observe: return level >= .intent
            case .plan: return true
            }
        }
        if isDone, verdict.extraDecisive == 0, keepsOrder(verdict) {
            let covers = verdict.pairs.contains { $0.equivalence.reason == .coversLines }
            return verdict.extraObserving > 0 || covers ? .covers : .agree
        }
        return cameEarly ? .reordered : .differs
    }

    /// Changes of one file stay in the order of the record; looks may come in any.
    private func keepsOrder(_ verdict: TurnVerdict) -> Bool {
        let pairs = verdict.pairs.filter { recorded[$0.recorded].effect == .mutate }
        for (place, pair) in pairs.enumerated() {
            for later in pairs.dropFirst(place + 1) where pair.candidate > later.candidate {
                let targets = recorded[pair.recorded].action.targets
                if recorded[later.recorded].action.targets.contains(where: targets.contains) { return false }
            }
        }
        return true
    }

    /// Whether everything that the candidate does is done in the next turns of the record.
    private var cameEarly: Bool {
        let calls = candidate.filter { $0.effect != .plan }
        let next = upcoming.prefix(TurnComparison.lookAhead).joined()
        return !calls.isEmpty
            && calls.allSatisfy { call in next.contains { Equivalence(of: $0, and: call).level >= .canonical } }
    }
}
