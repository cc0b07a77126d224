import ArgumentParser
import Dashboard
import Logging
import Reports
import ServiceLifecycle
import UnixSignals

struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Shows all of it on local pages, without a gateway.",
        discussion: """
            The pages are on 127.0.0.1 and show what the commands say: spend, findings, sessions, routing, prices. They \
            only read, but for applying and undoing a finding with the admin token; new log lines appear by themselves. \
            suffice serve has the same pages. Ctrl-C stops.
            """
    )

    @Option(help: "Where the pages are; 0 for any free port.")
    var port = 4142

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("a port is a number from 0 to 65535, not \(port)")
        }
    }

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        try await bench.ingestIfAsked()
        let desk = ServeDesk(bench: bench, config: nil, port: nil, dashboardPort: port)
        let token = try AdminToken(folder: bench.world.dataFolder)
        let pages = PageDesk(bench, tokenFile: token.path) { try desk.settings() }
        let (ports, heard) = AsyncStream.makeStream(of: Int.self)
        let admin = AdminServer(
            port: port,
            token: token.secret,
            metrics: PrometheusMetrics(),
            pages: pages.source,
            logger: desk.logger,
            isListening: { heard.yield($0) }
        )
        let announcement = Announcement(ports: ports, bench: bench) {
            DashboardReport(port: $0, tokenFile: token.path)
        }
        await pages.warm()
        let services: [any Service] = [admin, announcement]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigint, .sigterm],
                logger: desk.logger
            )
        )
        do {
            try await group.run()
        } catch {
            throw desk.trouble("dashboard", on: port, error)
        }
    }
}
