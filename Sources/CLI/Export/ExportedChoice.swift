import Analysis
import Domain
import Pricing
import Reports

/// What findings come to for a program's configuration: only changes whose flagged work makes most of what they move.
struct ExportedChoice {
    /// A model that is asked for, and the one that suffices.
    struct Swap: Hashable {
        var model: ModelID
        var target: ModelID
    }

    /// The model that an agent should start on.
    var standard: [Agent: Swap] = [:]
    /// The model of an agent's subagents.
    var subagents: [Agent: Swap] = [:]
    /// By model, wherever it is asked for.
    var swaps: [Swap] = []
    /// Claude Code's settings of the cache's life, with their value.
    var lifetimes: [(setting: String, value: String)] = []
    /// The models that were used, the dearest first.
    var models: [ModelID] = []

    /// The models to know, with those that replace them.
    var allModels: [ModelID] {
        (models + swaps.map(\.target) + standard.values.map(\.target) + subagents.values.map(\.target))
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension Workbench {
    /// What the findings of a selection come to.
    func exportedChoice(in selection: Selection) throws -> ExportedChoice {
        let findings = try optimize(in: selection).findings.map(\.finding)
        let candidates = findings.flatMap(\.candidates)
        var spend = ExportedSpend(prices: prices)
        try forEachSession(in: selection) { spend.add($0) }
        var choice = ExportedChoice()
        choice.models = spend.byModel.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        for agent in Agent.allCases {
            let own = candidates.filter { $0.session.agent == agent }
            choice.standard[agent] = own.filter { $0.unit != .subagent }.swap(over: spend.byAgent[agent] ?? .zero)
            choice.subagents[agent] = own.filter { $0.unit == .subagent }.swap(over: spend.bySubagents[agent] ?? .zero)
        }
        choice.swaps = choice.models.compactMap { model in
            candidates.filter { $0.model == model }.swap(over: spend.byModel[model] ?? .zero)
        }
        let context = AnalysisContext(prices: prices, today: today)
        var lifetimes = RuleSimulation(.cacheLifetime, from: nil, to: nil, flagged: [], in: context)
        try forEachSession(in: selection) { if $0.id.agent == .claudeCode { lifetimes.add($0) } }
        if findings.contains(where: { $0.kind == CacheLifetimeChoice.kind }) {
            choice.lifetimes = lifetimes.chosenLifetimes.map { ($0.setting, $0.value) }
        }
        return choice
    }
}

extension [Candidate] {
    /// The replacement whose flagged work makes more than half of a spend.
    fileprivate func swap(over spend: Money) -> ExportedChoice.Swap? {
        var costs: [ExportedChoice.Swap: Money] = [:]
        var seen: Set<CallKey> = []
        // The larger first, so that a small piece of work never hides the whole that it is in.
        for candidate in sorted(by: { ($1.actual, $0.session) < ($0.actual, $1.session) }) {
            guard let target = candidate.target, seen.isDisjoint(with: candidate.calls) else { continue }
            seen.formUnion(candidate.calls)
            costs[ExportedChoice.Swap(model: candidate.model, target: target), default: .zero] += candidate.actual
        }
        let largest = costs.max { ($0.value, $1.key.model) < ($1.value, $0.key.model) }
        return largest.flatMap { $0.value.usd > spend.usd / 2 && spend > .zero ? $0.key : nil }
    }
}

/// What was spent, by what a configuration can set.
private struct ExportedSpend {
    private var pricer: Pricer
    private(set) var byAgent: [Agent: Money] = [:]
    private(set) var bySubagents: [Agent: Money] = [:]
    private(set) var byModel: [ModelID: Money] = [:]

    init(prices: PriceBook) { pricer = Pricer(book: prices) }

    mutating func add(_ session: Session) {
        for thread in session.threads {
            for step in thread.steps where !step.isContext {
                guard let cost = pricer.cost(of: step.call) else { continue }
                byAgent[session.id.agent, default: .zero] += cost
                byModel[step.call.model, default: .zero] += cost
                if thread.id.kind == .subagent { bySubagents[session.id.agent, default: .zero] += cost }
            }
        }
    }
}
