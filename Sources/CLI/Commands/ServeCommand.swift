import ArgumentParser
import Dashboard
import Domain
import Gateway
import Logging
import Metrics
import Reports
import Routing
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the gateway: swap one URL, and each request goes to the model that suffices.",
        discussion: """
            Speaks Anthropic's and OpenAI's APIs on 127.0.0.1. Without a configuration it passes everything on with the \
            client's own credential and only records what it would have decided. Ctrl-C lets running replies end; \
            SIGHUP reads the configuration again.
            """
    )

    @Option(help: ArgumentHelp("The configuration, or the folder it lies in.", valueName: "path"))
    var config: String?

    @Option(help: "Where clients ask; 0 for any free port. 4141 unless the configuration says otherwise.")
    var port: Int?

    @Option(help: "Where the pages and metrics are; 0 for any free port. 4142 unless the configuration says otherwise.")
    var dashboardPort: Int?

    @Flag(help: "Only check the configuration: says what is wrong with it, by line and key.")
    var check = false

    @Option(help: "How to say where it listens.")
    var format: ReportFormat?

    func validate() throws {
        for port in [port, dashboardPort] {
            if let port, !(0...65_535).contains(port) {
                throw ValidationError("a port is a number from 0 to 65535, not \(port)")
            }
        }
    }

    func run() async throws {
        let bench = try Workbench(OutputOptions(format: format))
        let desk = ServeDesk(bench: bench, config: config, port: port, dashboardPort: dashboardPort)
        let settings = try desk.settings()
        for problem in settings.problems { Output.progress("\(problem.description.visible)\n") }
        if settings.hasErrors { throw CommandError.badInput("the configuration cannot be used: see above") }
        if check { return try Output.answer("The configuration is in order.\n") }
        try await serve(settings, desk)
    }

    private func serve(_ settings: GatewaySettings, _ desk: ServeDesk) async throws {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let logger = desk.logger
        try await desk.readJournal()
        // Before the gateway takes up what was calibrated.
        _ = desk.testCertificate()
        let ledger = try ServeLedger(settings, desk, started: .now)
        let gateway: GatewayServer
        do {
            gateway = try await GatewayServer.start(
                desk.configuration(settings),
                ledger: ledger.gateway,
                port: settings.serve.port,
                certificates: desk.bench.world["SSL_CERT_FILE"],
                run: desk.run,
                threads: settings.serve.threads,
                logger: logger
            )
        } catch {
            throw desk.trouble("gateway", on: settings.serve.port, error)
        }
        let token = try AdminToken(folder: desk.bench.world.dataFolder)
        let pages = PageDesk(desk.bench, tokenFile: token.path, gatewayStarted: ledger.started) { try desk.settings() }
        let (ports, heard) = AsyncStream.makeStream(of: Int.self)
        let admin = AdminServer(
            port: settings.serve.dashboardPort,
            token: token.secret,
            metrics: metrics,
            reports: desk.reports(ledger),
            pages: pages.source,
            logger: logger,
            isListening: { heard.yield($0) }
        )
        let announcement = Announcement(ports: ports, bench: desk.bench) { dashboardPort in
            ServeReport(
                port: gateway.port,
                dashboardPort: dashboardPort,
                tokenFile: token.path,
                mode: settings.policy.mode.rawValue
            )
        }
        let queue: [any Service] = ledger.queue.map { [$0] } ?? []
        // Those before are stopped after those behind: the queue when no request comes any more.
        let services: [any Service] =
            queue + [
                gateway, admin, Warming(desk: pages), Reloading(gateway: gateway, ledger: ledger, desk: desk),
                announcement,
                CertificateDuty(gateway: gateway, desk: desk),
                Upkeep(ledger: ledger, desk: desk, journalDays: settings.serve.journalDays),
            ]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigint, .sigterm],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch {
            throw desk.trouble("admin listener", on: settings.serve.dashboardPort, error)
        }
    }
}
