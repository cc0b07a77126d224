package import Domain
import Pricing

/// Plays a rule through all history in its scope before it is applied.
///
/// A model's rule moves every call on the model, flagged or not, thread by thread, with the prompt cache reused as it
/// was: whole threads move. An hour's or five minutes' life of the cache is played on the recorded pauses. What an
/// instruction would have changed nobody can play through: its saving is what the finding says.
package struct RuleSimulation: Sendable {
    /// A setting of the cache's life, and what it would have saved over all sessions of the scope.
    package struct Lifetime: Hashable, Sendable {
        /// Claude Code's key.
        package var setting: String
        package var value: String
        package var saving: Money
    }

    private let action: Rule.Action
    private let model: ModelID?
    private let target: ModelID?
    private let subagents: Set<String>
    private let flagged: Set<SessionID>
    private let claimed: Money
    private let context: AnalysisContext
    private var pricer: Pricer
    private var result: Rule.Forecast
    private var lifetimes: [LifetimeChange: (saving: Money, sessions: [SessionID: Money])] = [:]

    /// For a rule on these types of subagents (none named: all of them) and the work that its finding is about.
    package init(
        _ action: Rule.Action,
        from model: ModelID?,
        to target: ModelID?,
        subagents: [String] = [],
        flagged candidates: [Candidate],
        in context: AnalysisContext
    ) {
        self.action = action
        self.model = model
        self.target = target
        self.subagents = Set(subagents)
        self.context = context
        flagged = Set(candidates.map(\.session))
        claimed = candidates.reduce(.zero) { $0 + $1.saving }
        pricer = Pricer(book: context.prices)
        result = Rule.Forecast(
            flaggedSpend: candidates.reduce(.zero) { $0 + $1.actual },
            flaggedSessions: flagged.count,
            isSimulated: action != .instruction
        )
    }

    /// Adds a session of the scope.
    package mutating func add(_ session: Session) {
        let priced = PricedSession(session, pricer: &pricer)
        let spend = priced.threads.reduce(Money.zero) { sum, thread in
            thread.isOwn.indices.reduce(sum) { $0 + (thread.isOwn[$1] ? thread.costs[$1] ?? .zero : .zero) }
        }
        guard priced.threads.contains(where: { $0.isOwn.contains(true) }) else { return }
        result.sessions += 1
        result.spend += spend
        switch action {
        case .model, .route: move(priced) { _ in true }
        case .subagentModel:
            let subagents = subagents
            move(priced) { thread in
                guard thread.id.kind == .subagent else { return false }
                return subagents.isEmpty || thread.thread.agentType.map(subagents.contains) ?? false
            }
        case .cacheLifetime:
            for change in LifetimeChange.allCases {
                let replay = LifetimeReplay(of: priced, with: change, in: context)
                guard !replay.entries.isEmpty else { continue }
                lifetimes[change, default: (.zero, [:])].saving += replay.saving
                lifetimes[change]?.sessions[priced.id] = replay.saving
            }
        case .instruction: break
        }
    }

    /// For each part of the conversation the life that would have saved over all sessions, where one would.
    package var chosenLifetimes: [Lifetime] { chosen.map { Lifetime($0.key, saving: $0.value.saving) } }

    package var forecast: Rule.Forecast {
        var result = result
        switch action {
        case .instruction: result.saving = claimed
        case .cacheLifetime:
            for (_, sums) in chosen {
                result.saving += sums.saving
                for (session, saving) in sums.sessions where !flagged.contains(session) {
                    result.unflaggedSaving += saving
                }
            }
            result.unflaggedSessions = Set(chosen.flatMap(\.value.sessions.keys)).subtracting(flagged).count
        default: break
        }
        return result
    }

    private var chosen: [(key: LifetimeChange, value: (saving: Money, sessions: [SessionID: Money]))] {
        LifetimeChange.Part.allCases.compactMap { part in
            lifetimes.filter { $0.key.part == part && $0.value.saving > .zero }
                .max { ($0.value.saving, $1.key.name) < ($1.value.saving, $0.key.name) }
        }
    }

    private mutating func move(_ session: PricedSession, where isMeant: (PricedThread) -> Bool) {
        guard let target else { return }
        var (actual, estimated) = (Money.zero, Money.zero)
        for thread in session.threads where isMeant(thread) {
            for model in thread.models(from: model) where model != target {
                let steps = thread.steps.indices.filter { index in
                    guard thread.isOwn[index], thread.costs[index] != nil, thread.steps[index].call.model == model
                    else { return false }
                    guard context.prices.facts(of: target)?.holds(thread.steps[index].call) ?? false else {
                        result.unservedCalls += 1
                        return false
                    }
                    return true
                }
                let move = Move(steps: steps, model: model, target: target, startsCold: false)
                guard !steps.isEmpty, let priced = thread.reprice(move, in: context) else { continue }
                actual += priced.actual
                estimated += priced.estimated
            }
        }
        guard actual > .zero else { return }
        result.moved += actual
        result.saving += actual - estimated
        guard !flagged.contains(session.id) else { return }
        result.unflaggedSessions += 1
        result.unflaggedSaving += actual - estimated
    }
}

extension RuleSimulation.Lifetime {
    fileprivate init(_ change: LifetimeChange, saving: Money) {
        self.init(setting: change.setting, value: change.name, saving: saving)
    }
}

extension PricedThread {
    /// The models whose calls a rule moves: the one it names, or all that there are.
    fileprivate func models(from model: ModelID?) -> [ModelID] {
        model.map { [$0] } ?? Set(steps.map(\.call.model)).sorted()
    }
}

extension ModelFacts {
    /// Whether a call fits the model's window and output.
    fileprivate func holds(_ call: Call) -> Bool {
        guard let contextWindow, let maxOutput else { return false }
        let output = call.estimatedOutputTokens
        let (tokens, isTooMuch) = call.usage.promptTokens.addingReportingOverflow(output)
        return !isTooMuch && tokens <= contextWindow && output <= maxOutput
    }
}
