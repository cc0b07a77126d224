import Analysis
import Domain
import Foundation
import Pricing
import Reports
import Routing
import Settings
import Simulation
import Store

extension Workbench {
    /// The record of what was changed in settings, and of what stood there before.
    var journal: ChangeJournal { ChangeJournal(folder: world.dataFolder + "/changes") }

    /// Rules as they stand: what a process left half done is put right, and what was taken back by hand is noted.
    func rules() throws -> [Rule] {
        try telling {
            for recovered in try journal.recover() {
                if let trouble = recovered.trouble { Output.trouble("\(recovered.id): \(trouble)") }
            }
            for rule in try store.rules() where rule.status.isInForce { try update(rule) }
            return try store.rules()
        }
    }

    private func update(_ rule: Rule) throws {
        guard try journal.isApplied(rule.id) else {
            // The process died before the settings held, or while they were being taken back.
            if rule.status == .applying { return try store.forgetRule(rule.id) }
            return try store.keep(
                rule.with(.undone, at: world.now),
                after: event(.undone, of: rule, "an undo that was cut off is finished")
            )
        }
        if let folder = missingFolder(of: rule) {
            Output.trouble("\(rule.id): \(folder) is not there: moved, or deleted? see: suffice rules undo \(rule.id)")
            return
        }
        let standing = try journal.standing(of: rule.id)
        guard standing.contains(where: { $0.holds.contains(true) }) else {
            let files = standing.map { shortened($0.change.path) }.joined(separator: ", ")
            try store.keep(
                rule.with(.rolledBack, at: world.now),
                after: event(.rolledBack, of: rule, "taken back by hand in \(files)")
            )
            return
        }
        guard rule.status == .applying else { return }
        try store.keep(rule.with(.applied, at: world.now), after: event(.applied, of: rule, rule.text))
    }

    /// The project's folder, where it is not on this machine any more.
    func missingFolder(of rule: Rule) -> String? {
        rule.project.flatMap { FileManager.default.fileExists(atPath: $0) ? nil : $0 }
    }

    private func event(_ kind: RuleEvent.Kind, of rule: Rule, _ text: String) -> RuleEvent {
        RuleEvent(rule: rule.id, time: world.now, kind: kind, text: text)
    }

    /// Looks at what rules in force came to since they were applied, and keeps what it sees.
    func watched(_ rules: [Rule]) throws -> [Rule] {
        let inForce = rules.filter(\.status.isInForce)
        guard !inForce.isEmpty else { return rules }
        let context = AnalysisContext(prices: prices, today: today)
        let limits = RuleWatch.Limits(settings.validation)
        var watches = inForce.map { RuleWatch($0, limits: limits, in: context) }
        try forEachSession(in: try selection(SelectionOptions(since: .all), default: .all)) { session in
            for index in watches.indices { watches[index].add(session) }
        }
        return try telling {
            for (rule, watch) in zip(inForce, watches) {
                var rule = rule
                let outcome = watch.outcome(at: world.now)
                rule.outcome = outcome
                switch outcome.verdict {
                case .promoted where rule.status != .promoted:
                    try store.keep(
                        rule.with(.promoted, at: world.now),
                        after: event(.promoted, of: rule, outcome.reason)
                    )
                case .demoted where rule.status != .demoted:
                    try store.keep(rule.with(.demoted, at: world.now), after: event(.demoted, of: rule, outcome.reason))
                default: try store.keep(rule)
                }
            }
            return try store.rules()
        }
    }

    /// The findings of all history, each with all that it rests on.
    func findings() throws -> [Finding] {
        try optimize(in: try selection(SelectionOptions(since: .all), default: .all)).findings.map(\.finding)
    }

    /// Findings that could become rules, without those that are or were: a rule that did harm, or that was taken back, is
    /// not proposed again unless there is new evidence.
    func proposals(of findings: [Finding], beside rules: [Rule]) throws -> [RulesReport.Proposal] {
        let spend = try spendByPlace()
        let hasGateway = FileManager.default.fileExists(atPath: AgentSettings(world: world, project: nil).gateway)
        return findings.compactMap { finding in
            let own = rules.filter { $0.finding == finding.id }
            guard let agent = finding.mainAgent, !own.contains(where: { $0.status.isInForce }),
                own.allSatisfy({ $0.isOutweighed(by: finding) })
            else { return nil }
            let flagged = finding.replaceable(of: agent).reduce(Money.zero) { $0 + $1.actual }
            let all = spend[Place(agent: agent, project: finding.project)] ?? .zero
            let action = finding.action(
                flaggedShare: all > .zero ? flagged.usd / all.usd : 0,
                hasSubagents: finding.candidates.contains { $0.unit == .subagent },
                hasGateway: hasGateway
            )
            guard let action else { return nil }
            let support = rules.first { $0.status == .promoted && $0.kind == finding.kind }
            return RulesReport.Proposal(
                finding: finding,
                action: action,
                supportedBy: support?.id,
                isHere: FileManager.default.fileExists(atPath: finding.project)
            )
        }
    }

    private struct Place: Hashable {
        var agent: Agent
        var project: String
    }

    private func spendByPlace() throws -> [Place: Money] {
        var pricer = Pricer(book: prices)
        var spend: [Place: Money] = [:]
        try forEachCall(in: try selection(SelectionOptions(since: .all), default: .all)) { entry in
            let place = Place(agent: entry.session.agent, project: entry.project)
            spend[place, default: .zero] += pricer.cost(of: entry.call) ?? .zero
        }
        return spend
    }
}

extension Workbench {
    /// Makes a rule of a finding: plays it through all history of its scope, and makes out the edits.
    func draft(of finding: Finding, as wish: RuleWish) throws -> RuleDraft {
        guard let agent = finding.mainAgent else {
            throw CommandError.badInput("\(finding.id) names no agent's session")
        }
        let project = wish.isEverywhere ? nil : finding.project
        if let project {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: project, isDirectory: &isFolder), isFolder.boolValue else {
                throw CommandError.badInput(
                    "the project's folder \(project) is not on this machine; --everywhere changes your own settings"
                )
            }
        }
        let places = AgentSettings(world: world, project: project, isShared: wish.isShared)
        let scope = try scope(of: finding, agent: agent, project: project)
        let hasGateway = FileManager.default.fileExists(atPath: places.gateway)
        let allowed = finding.action(
            flaggedShare: scope.share,
            hasSubagents: !scope.subagents.isEmpty,
            hasGateway: hasGateway
        )
        guard let action = wish.action ?? allowed else {
            throw CommandError.badInput("no setting brings that about: \(finding.action.text)")
        }
        if action == .model, allowed != .model {
            throw CommandError.badInput(
                "the flagged work is \((scope.share * 100).percent) of what \(agent.rawValue) spent here: another default "
                    + "model would move more than it is about; leave out --as model"
            )
        }
        let simulated = try simulate(action, of: finding, agent: agent, project: project, scope.subagents, places)
        return try RuleDraft(
            RuleDraft.Ground(
                finding: finding,
                action: action,
                agent: agent,
                places: places,
                profile: wish.profile,
                subagents: scope.subagents,
                lifetimes: simulated.lifetimes,
                forecast: simulated.forecast,
                now: world.now
            )
        )
    }

    private func forEachSession(of agent: Agent, in project: String?, _ body: (Session) throws -> Void) throws {
        try forEachSession(in: try selection(SelectionOptions(since: .all, agent: agent), default: .all)) { session in
            guard project.map({ session.project == $0 || session.project.hasPrefix($0 + "/") }) ?? true else { return }
            try body(session)
        }
    }

    /// How much of a scope's spend the flagged work makes, and in which types of subagents it lies.
    private func scope(of finding: Finding, agent: Agent, project: String?) throws -> (
        share: Double, subagents: [String]
    ) {
        let calls = Set(finding.candidates.filter { $0.unit == .subagent }.flatMap(\.calls))
        let flagged = finding.replaceable(of: agent).reduce(Money.zero) { $0 + $1.actual }
        var simulation = RuleSimulation(.instruction, from: nil, to: nil, flagged: [], in: context)
        var subagents: Set<String> = []
        try forEachSession(of: agent, in: project) { session in
            simulation.add(session)
            for thread in session.threads where thread.id.kind == .subagent {
                guard let type = thread.agentType, thread.steps.contains(where: { calls.contains($0.call.key) }) else {
                    continue
                }
                subagents.insert(type)
            }
        }
        let spend = simulation.forecast.spend
        return (spend > .zero ? flagged.usd / spend.usd : 0, subagents.sorted())
    }

    private var context: AnalysisContext {
        AnalysisContext(prices: prices, today: today, thresholds: Thresholds(settings.thresholds))
    }

    private func simulate(
        _ action: Rule.Action,
        of finding: Finding,
        agent: Agent,
        project: String?,
        _ subagents: [String],
        _ places: AgentSettings
    ) throws -> (forecast: Rule.Forecast, lifetimes: [(setting: String, value: String)]) {
        let pair = finding.mainReplacement
        // Where one type has no definition the variable holds for all.
        let types = subagents.allSatisfy { places.definition(of: $0, for: agent) != nil } ? subagents : []
        let routes = action == .route && finding.kind == "routing-by-phase"
        var simulation = RuleSimulation(
            routes ? .instruction : action,
            from: pair?.model,
            to: pair?.target,
            subagents: types,
            flagged: action == .model
                ? finding.replaceable(of: agent) : finding.candidates.filter { $0.session.agent == agent },
            in: context
        )
        try forEachSession(of: agent, in: project) { simulation.add($0) }
        var forecast = simulation.forecast
        if routes { try play(into: &forecast, flagged: Set(finding.candidates.map(\.session))) }
        return (forecast, simulation.chosenLifetimes.map { ($0.setting, $0.value) })
    }

    /// Plays the gateway's routing through all sessions: it holds for everything that is sent through it.
    private func play(into forecast: inout Rule.Forecast, flagged: Set<SessionID>) throws {
        var policy = RoutingPolicy()
        policy.mode = .route
        var simulation = simulation(of: SimulatedPolicy(policy: policy))
        forecast.saving = .zero
        forecast.isSimulated = true
        try forEachSession(in: try selection(SelectionOptions(since: .all), default: .all)) { session in
            let calls = simulation.simulated(session).calls.filter { $0.served != $0.call.model }
            guard !calls.isEmpty else { return }
            let cost = calls.reduce(Money.zero) { $0 + ($1.cost ?? .zero) }
            let saving = cost - calls.reduce(Money.zero) { $0 + ($1.routedCost ?? .zero) }
            forecast.moved += cost
            forecast.saving += saving
            guard !flagged.contains(session.id) else { return }
            forecast.unflaggedSessions += 1
            forecast.unflaggedSaving += saving
        }
    }
}

extension Rule {
    func with(_ status: Status, at time: Timestamp) -> Rule {
        var rule = self
        rule.status = status
        rule.changed = time
        return rule
    }

    /// Whether a finding has come to say more than when the rule failed: twice the sessions, or a replay.
    func isOutweighed(by finding: Finding) -> Bool {
        switch status {
        case .undone: outcome?.verdict != .demoted || isStronger(finding)
        case .rolledBack, .demoted: isStronger(finding)
        case .applying, .applied, .promoted: false
        }
    }

    private func isStronger(_ finding: Finding) -> Bool {
        finding.confidence != .structural || finding.sessionsFlagged >= 2 * max(1, forecast.flaggedSessions)
    }
}
