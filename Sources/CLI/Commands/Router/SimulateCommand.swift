import ArgumentParser
import Domain
import Ingestion
import Providers
import Reports
import Routing
import Simulation
import Store
import Wire

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Sends your recorded sessions through the router, and prices what comes of it.",
        discussion: """
            Covers everything unless --since says otherwise, with the policy that ships as the default in route mode. \
            Each call keeps its tokens; each model has its own prompt cache, which lives as long as its provider keeps \
            it. Hindsight is the best choice at the router's own decision points, knowing how each session went on.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Simulate the routing of this suffice.toml, or of the one in this folder.",
            valueName: "path"
        )
    )
    var policy: String?

    @Option(help: ArgumentHelp("From 0, the most capable, to 1, the cheapest.", valueName: "number"))
    var dial: Double?

    @Option(
        help: ArgumentHelp("Show one session, decision by decision: as much of its id as names it.", valueName: "id")
    )
    var session: String?

    @Flag(help: "Exit with 3 where routing costs more than it may, or saves less of what it could than it should.")
    var check = false

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let dial, !(0...1).contains(dial) { throw ValidationError("--dial is a number from 0 to 1, not \(dial)") }
        if check, session != nil { throw ValidationError("--check judges all sessions; leave out --session") }
    }

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        let selection = try bench.selection(selection, default: .all)
        try await bench.ingestIfAsked()
        let policy = try simulatedPolicy(in: bench)
        if let session { return try bench.show(bench.simulation(of: session, under: policy)) }
        let report = try bench.simulation(in: selection, under: policy)
        if try bench.saidNothingFound(report.newestCall) { return }
        try bench.show(report)
        if check { try bench.judge(report) }
    }

    /// The default in route mode, or what a file says, in route mode whatever its mode is.
    private func simulatedPolicy(in bench: Workbench) throws -> SimulatedPolicy {
        var simulated = SimulatedPolicy()
        if let named = policy {
            let apps = try AppsFile(folder: bench.world.dataFolder).apps()
            let settings = try GatewaySettings.load(named: named, in: bench.world, prices: bench.prices, apps: apps)
            for problem in settings.problems { Output.progress("\(problem.description.visible)\n") }
            if settings.hasErrors { throw CommandError.badInput("\(named) cannot be used: see above") }
            simulated.policy = settings.policy
            if !settings.upstreams.isEmpty { simulated.providers = Set(settings.upstreams.map(\.provider)) }
            simulated.name = "the policy of \(named)"
        }
        simulated.policy.mode = .route
        if let dial {
            simulated.policy.dial = dial
            simulated.name += " with dial \(dial)"
        }
        return simulated
    }
}

/// What is simulated, and what the report calls it.
struct SimulatedPolicy {
    var policy = RoutingPolicy()
    var providers = Set(Provider.allCases)
    var name = "The default policy"
}

extension Workbench {
    func simulation(of simulated: SimulatedPolicy) -> Simulation {
        Simulation(policy: simulated.policy, book: prices, providers: simulated.providers) { arrival, file in
            arrival.text(inLogAt: file).map { HumanText($0).text }
        }
    }

    fileprivate func simulation(in selection: Selection, under policy: SimulatedPolicy) throws -> SimulationReport {
        var simulation = simulation(of: policy)
        var rows: [SimulationReport.Row] = []
        var decisions: [DecisionKey: (requests: Int, moved: Int)] = [:]
        var callsOfOthers = 0
        var newest: Timestamp?
        try forEachSession(in: selection) { session in
            let simulated = simulation.simulated(session)
            var row = SimulationReport.Row(session: simulated.id, project: simulated.project)
            for call in simulated.calls {
                row.add(call)
                newest = max(newest ?? call.call.time, call.call.time)
                guard let routed = call.routed else {
                    callsOfOthers += 1
                    continue
                }
                let key = DecisionKey(reason: routed.decision.reason, moment: routed.moment)
                decisions[key, default: (0, 0)].requests += 1
                if call.isMoved { decisions[key, default: (0, 0)].moved += 1 }
            }
            rows.append(row)
        }
        return SimulationReport(
            period: selection.period,
            policy: policy.name,
            sessions: rows,
            decisions: decisions.map { key, count in
                .init(
                    reason: key.reason,
                    moment: key.moment.rawValue,
                    requests: count.requests,
                    moved: count.moved
                )
            },
            callsOfOthers: callsOfOthers,
            newestCall: try newest ?? newestCall(of: selection)
        )
    }

    fileprivate func simulation(of text: String, under policy: SimulatedPolicy) throws -> SimulatedSessionReport {
        var simulation = simulation(of: policy)
        let simulated = simulation.simulated(try session(named: text))
        return SimulatedSessionReport(
            session: simulated.id,
            project: simulated.project,
            policy: policy.name,
            zone: zone,
            steps: simulated.calls.map { call in
                .init(
                    call: call.call,
                    thread: call.thread,
                    decision: call.routed?.decision,
                    moment: call.routed?.moment.rawValue ?? "",
                    served: call.served,
                    servedInHindsight: call.servedInHindsight,
                    costs: .init(call)
                )
            }
        )
    }

    /// Says no where a promise is broken; where people do not read it in the answer, tells why.
    fileprivate func judge(_ report: SimulationReport) throws {
        guard !report.broken.isEmpty else { return }
        if !isForPeople {
            for promise in report.broken { Output.trouble(promise.text) }
        }
        throw CommandError.refused
    }
}

private struct DecisionKey: Hashable {
    var reason: Decision.Reason
    var moment: Routed.Moment
}

extension SimulatedCall {
    fileprivate var isMoved: Bool { served != call.model }
}

extension SimulationReport.Row {
    fileprivate mutating func add(_ call: SimulatedCall) {
        calls += 1
        if call.isMoved { moved += 1 }
        if call.cost == nil { unpriced += 1 }
        costs += .init(call)
    }
}

extension SimulationReport.Costs {
    /// A call without a price is in none of the three.
    fileprivate init(_ call: SimulatedCall) {
        guard let cost = call.cost, let routed = call.routedCost, let hindsight = call.hindsightCost else {
            self.init()
            return
        }
        self.init(unrouted: cost, routed: routed, hindsight: hindsight)
    }
}
