import Analysis
import ArgumentParser
import Dashboard
import Domain
import Gateway
import Pricing
import Providers
import Reports
import Store

/// Answers the pages' questions with the reports of the command line.
struct PageDesk: Sendable {
    let bench: Workbench
    let cache = ReportCache()
    let lines: NewLines
    private let analysisStore: Store
    private let tokenFile: String
    /// When the gateway of this process began; nil where none runs in it.
    private let gatewayStarted: Timestamp?
    /// What is configured now.
    private let gateway: @Sendable () throws -> GatewaySettings

    init(
        _ bench: Workbench,
        tokenFile: String,
        gatewayStarted: Timestamp? = nil,
        gateway: @escaping @Sendable () throws -> GatewaySettings
    ) {
        self.bench = bench.withoutProgress
        lines = NewLines(bench.withoutProgress)
        analysisStore = bench.store.beside() ?? bench.store
        self.tokenFile = tokenFile
        self.gatewayStarted = gatewayStarted
        self.gateway = gateway
    }

    var source: ReportSource {
        ReportSource(
            state: {
                try await lines.read()
                return try state() + "-\(bench.zone.day(of: .now).number)"
            },
            spend: { filter, grouping in
                // The first page's figures are added up together.
                if grouping == .model { return try await totals(filter).models }
                return try await answer("spend by \(grouping.rawValue)", filter) { try $0.spend(by: grouping, in: $1) }
            },
            days: { try await totals($0).days },
            optimize: { try await answer("optimize", $0) { bench, selection in try optimize(bench, selection) } },
            knownOptimize: { try await known("optimize", $0) { bench, selection in try optimize(bench, selection) } },
            explanation: { kind in Analysis.detectors.first { $0.kind == kind }?.page },
            sessions: { try await answer("sessions", $0) { try $0.sessions(in: $1, limit: 0) } },
            session: { try timeline(of: $0) },
            gateway: { filter in
                try await answer("gateway", filter) { bench, selection in
                    var pricer = Pricer(book: bench.prices)
                    var tally = GatewayTally(runningSince: runningSince(bench)) { pricer.cost(of: $0) }
                    try bench.forEachExchange(in: selection) { tally.add($0) }
                    return GatewayReport(tally, period: selection.period)
                }
            },
            decisions: { filter in
                try await answer("decisions", filter) { bench, selection in
                    var pricer = Pricer(book: bench.prices)
                    var tally = DecisionsTally(
                        runningSince: runningSince(bench),
                        cost: { pricer.cost(of: $0) },
                        tier: { bench.prices.facts(of: $0)?.tier }
                    )
                    try bench.forEachExchange(in: selection) { tally.add($0) }
                    return DecisionsReport(tally, period: selection.period)
                }
            },
            upstreams: { filter in try await answer("upstreams", filter) { try upstreams($0, $1) } },
            router: { try telling { try PageDesk.router(bench) } },
            prices: {
                let bench = bench.at(.now)
                return PriceListReport(bench.prices, on: bench.today, all: false)
            },
            proof: { try proof() },
            study: { try await study($0) },
            rules: { try rules() },
            ruleDoor: ruleDoor(tokenFile: bench.shortened(tokenFile))
        )
    }

    /// Makes the reports of the first page, so that nobody waits for them; the findings go on being looked for.
    func warm() async {
        let source = source
        let everything = Filter()
        _ = try? await source.state()
        _ = try? await source.days(everything)
        _ = try? await source.gateway(everything)
        _ = try? await source.knownOptimize(everything)
    }

    func state() throws -> String { try bench.telling { try bench.store.state() } }

    /// A request without an end of the last minutes may be running, in a gateway that is another process.
    private func runningSince(_ bench: Workbench) -> Timestamp {
        gatewayStarted ?? bench.world.now.advanced(byMilliseconds: -600_000)
    }

    private func totals(_ filter: Filter) async throws -> Workbench.Totals {
        try await answer("totals", filter) { try $0.totals(in: $1) }
    }

    /// On a connection of its own: what looks through all sessions keeps no page waiting.
    private func optimize(_ bench: Workbench, _ selection: Selection) throws -> OptimizeReport {
        try bench.with(analysisStore).optimize(in: selection)
    }

    private func answer<R: Sendable>(
        _ name: String,
        _ filter: Filter,
        make: @escaping @Sendable (Workbench, Selection) throws -> R
    ) async throws -> R {
        let (bench, selection) = try selection(filter)
        return try await telling {
            try await cache.report(question(name, filter, bench, selection), at: try state()) {
                try make(bench, selection)
            }
        }
    }

    private func known<R: Sendable>(
        _ name: String,
        _ filter: Filter,
        make: @escaping @Sendable (Workbench, Selection) throws -> R
    ) async throws -> R? {
        let (bench, selection) = try selection(filter)
        return try await telling {
            try await cache.known(question(name, filter, bench, selection), at: try state()) {
                try make(bench, selection)
            }
        }
    }

    private func question(
        _ name: String,
        _ filter: Filter,
        _ bench: Workbench,
        _ selection: Selection
    ) -> ReportCache.Question {
        ReportCache.Question(
            name: name,
            filter: filter,
            window: selection.period.window,
            day: bench.zone.day(of: bench.world.now)
        )
    }

    /// The calls that an address names, in the words of the command line.
    private func selection(_ filter: Filter) throws -> (Workbench, Selection) {
        let bench = bench.at(.now)
        var options = SelectionOptions(since: .all)
        do {
            options.since = try filter.since.map { try Reach($0) }
            options.until = try filter.until.map { try Reach($0) }
        } catch {
            throw BadQuestion("\(Suffice.message(for: error)).")
        }
        options.project = filter.project
        if let agent = filter.agent {
            options.agent = Agent(rawValue: agent)
            if options.agent == nil { throw BadQuestion("No agent is called '\(agent)'.") }
        }
        return (bench, try telling { try bench.selection(options, default: .all) })
    }

    func telling<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as CommandError {
            throw BadQuestion(error)
        }
    }

    func telling<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as CommandError {
            throw BadQuestion(error)
        }
    }

    private func timeline(of id: SessionID) throws -> SessionReport? {
        let bench = bench.at(.now)
        return try telling {
            guard var session = try bench.telling({ try bench.store.session(id) }) else { return nil }
            session.billing = bench.billing(of: session.billing, agent: id.agent)
            return bench.timeline(of: session, limit: 0)
        }
    }

    private func upstreams(_ bench: Workbench, _ selection: Selection) throws -> UpstreamsReport {
        var tally = UpstreamsTally()
        try bench.forEachExchange(in: selection) { tally.add($0) }
        // A configuration that cannot be read is the gateway's trouble: what the journal says is shown all the same.
        let settings = try? gateway()
        let apps = (try? AppsFile(folder: bench.world.dataFolder).apps()) ?? Apps()
        let limits = settings.map { bench.spendingLimits($0, apps) } ?? []
        return UpstreamsReport(
            tally,
            configured: settings?.upstreams.map { .init(name: $0.name, url: $0.url) } ?? [],
            budgets: try limits.map { limit in
                let window = limit.window(bench.world.now)
                return UpstreamsReport.Budget(
                    scope: limit.scope.description,
                    window: limit.windowName,
                    limit: limit.amount,
                    spent: try bench.spent(under: limit, in: window),
                    resets: window.to
                )
            },
            period: selection.period
        )
    }
}

extension BadQuestion {
    fileprivate init(_ error: CommandError) {
        switch error {
        case .badInput(let text), .failed(let text): self.init(text)
        case .refused, .readerLeft: self.init("That cannot be answered.")
        }
    }
}

extension Workbench {
    /// Hands over the gateway's exchanges of a selection.
    fileprivate func forEachExchange(in selection: Selection, _ body: (Exchange) throws -> Void) throws {
        try telling {
            try store.forEachExchange(in: selection.period.window) { exchange in
                let sender = exchange.intent.sender
                guard selection.includes(agent: sender.agent ?? .gateway, project: sender.project ?? "") else { return }
                try body(exchange)
            }
        }
    }
}
