import Domain
import Foundation
import Gateway
import Logging
import NIOCore
import Pricing
import Providers
import Routing
import Similarity

/// What `suffice serve` was asked for, and how it becomes what the gateway runs on; asked again at each reload.
struct ServeDesk: Sendable {
    private(set) var bench: Workbench
    /// `--config`.
    let config: String?
    let port: Int?
    let dashboardPort: Int?
    let logger: Logger
    /// Told apart from all other runs, for the ids of exchanges.
    let run: String

    init(bench: Workbench, config: String?, port: Int?, dashboardPort: Int?) {
        self.bench = bench
        self.config = config
        self.port = port
        self.dashboardPort = dashboardPort
        run = String(UInt64.random(in: .min ... .max), radix: 36)
        let level = bench.world["SUFFICE_LOG"].flatMap { Logger.Level(rawValue: $0.lowercased()) } ?? .notice
        logger = Logger(label: "suffice") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
    }

    /// The same with the prices as they are now.
    func repriced() throws(CommandError) -> ServeDesk {
        var desk = self
        desk.bench = try bench.repriced()
        return desk
    }

    /// Reads the configuration as it is now; flags win.
    func settings() throws(CommandError) -> GatewaySettings {
        var settings = try GatewaySettings.load(named: config, in: bench.world, prices: bench.prices, apps: try apps())
        if let port { settings.serve.port = port }
        if let dashboardPort { settings.serve.dashboardPort = dashboardPort }
        return settings
    }

    func apps() throws(CommandError) -> Apps { try AppsFile(folder: bench.world.dataFolder).apps() }

    func configuration(_ settings: GatewaySettings) -> GatewayConfiguration {
        let serve = settings.serve
        var limits = GatewayLimits()
        limits.bodyBytes = serve.maxBodyMegabytes << 20
        limits.stop = .milliseconds(Int64(serve.stopMilliseconds))
        limits.upstream = UpstreamLimits(
            connect: .milliseconds(Int64(serve.connectMilliseconds)),
            firstByte: .milliseconds(Int64(serve.firstByteMilliseconds)),
            idle: .milliseconds(Int64(serve.idleMilliseconds))
        )
        return GatewayConfiguration(
            upstreams: settings.upstreams,
            router: Router(
                policy: settings.policy,
                book: bench.prices,
                providers: Set(settings.upstreams.map(\.provider)),
                learned: learned(),
                embedding: embedding(for: settings.policy)
            ),
            balancing: serve.balancing,
            limits: limits,
            hosts: Set(serve.hosts),
            origins: Set(serve.origins)
        )
    }

    /// What was calibrated; a file that cannot be read leaves rules and patterns to decide.
    private func learned() -> LearnedRouting? {
        do {
            return try RouterFolder(dataFolder: bench.world.dataFolder).learned(in: bench.world)
        } catch {
            logger.error("router.unreadable", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// What tells likeness to the user's examples; where it cannot be read, their words do.
    private func embedding(for policy: RoutingPolicy) -> StaticEmbedding? {
        guard !policy.examples.isEmpty else { return nil }
        do {
            return try LearningKit.embedding(in: bench.world.dataFolder + "/embeddings")
        } catch {
            logger.error("embeddings.unreadable", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Tests the certificate on what came of it since; whether it is withdrawn.
    func testCertificate() -> Bool {
        do {
            guard let watch = try bench.retestCertificate(at: .now), watch.isWithdrawn else { return false }
            logger.error("certificate.withdrawn", metadata: ["state": "\(watch.text)"])
            return true
        } catch {
            logger.error("certificate.untested", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// What was spent under a limit before; nothing where the database cannot tell.
    func spent(under limit: SpendingLimit, in window: Window) -> Money {
        do {
            return try bench.spent(under: limit, in: window)
        } catch {
            logger.error("budget.unknown", metadata: ["error": "\(error)"])
            return .zero
        }
    }

    /// Says what keeps a listener from its port in words that help.
    func trouble(_ name: String, on port: Int, _ error: any Error) -> CommandError {
        if let error = error as? CommandError { return error }
        guard let error = error as? IOError, error.errnoCode == EADDRINUSE else {
            return .failed("the \(name) cannot run: \(error)")
        }
        let flag = name == "admin listener" ? "--dashboard-port" : "--port"
        return .failed(
            "port \(port) is in use, maybe by another suffice serve; stop that, or choose another: \(flag) 0"
        )
    }
}
