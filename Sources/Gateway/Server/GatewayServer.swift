package import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Providers
import ServiceLifecycle
import Synchronization

/// The gateway as it runs: listens, and serves until it is told to stop.
///
/// Clients are spread over the event loops; all that is done for a client is done on its loop.
package final class GatewayServer: Service {
    private let group: MultiThreadedEventLoopGroup
    /// Beats for all loops: one that waits for a time of its own looks at the clock at every event of every stream.
    private let clock: MultiThreadedEventLoopGroup
    private let loops: [NIOLoopBound<LoopGateway>]
    private let listener: any Channel
    private let memory: GatewayMemory
    private let logger: Logger
    private let stopLimit: Mutex<TimeAmount>

    /// The time of a beat is what time limits are exact to.
    private static let beat = TimeAmount.milliseconds(200)

    /// Where it listens.
    package let port: Int

    /// Begins to listen, on a free port for 0.
    ///
    /// The host is the loopback interface unless the user says otherwise. The run's name is told apart from those of
    /// all other runs: requests' ids begin with it. Throws where the port is taken, or TLS has no trusted authorities.
    package static func start(
        _ configuration: GatewayConfiguration,
        ledger: GatewayLedger,
        host: String = "127.0.0.1",
        port: Int,
        certificates: String? = nil,
        run: String,
        threads: Int = System.coreCount,
        logger: Logger = Logger(label: "suffice.gateway")
    ) async throws -> GatewayServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        do {
            return try await GatewayServer(
                configuration,
                ledger: ledger,
                host: host,
                port: port,
                certificates: certificates,
                run: run,
                group: group,
                logger: logger
            )
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private init(
        _ configuration: GatewayConfiguration,
        ledger: GatewayLedger,
        host: String,
        port: Int,
        certificates: String?,
        run: String,
        group: MultiThreadedEventLoopGroup,
        logger: Logger
    ) async throws {
        self.group = group
        self.logger = logger
        let memory = GatewayMemory(balancing: configuration.balancing)
        self.memory = memory
        // Made even where no upstream needs it: one may after the next reload.
        let tls = try UpstreamPool.trust(certificates.map { .file($0) } ?? .default)
        let setup = GatewaySetup(configuration, port: port)
        var loops: [NIOLoopBound<LoopGateway>] = []
        for (number, loop) in group.makeIterator().enumerated() {
            let bound = try await loop.submit {
                let pool = UpstreamPool(loop: loop, tls: tls)
                let gateway = LoopGateway(
                    pool: pool,
                    memory: memory,
                    ledger: ledger,
                    setup: setup,
                    idPrefix: "\(run)-\(number)-"
                )
                return NIOLoopBound(gateway, eventLoop: loop)
            }.get()
            loops.append(bound)
        }
        self.loops = loops
        let byLoop = Dictionary(uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
        listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 << 10, high: 256 << 10))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let gateway = byLoop[ObjectIdentifier(channel.eventLoop)] else { return }
                    try channel.pipeline.syncOperations.addHandler(ClientConnection(gateway: gateway.value))
                }
            }
            .bind(host: host, port: port)
            .get()
        clock = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        clock.next().scheduleRepeatedTask(initialDelay: GatewayServer.beat, delay: GatewayServer.beat) { [loops] _ in
            for loop in loops { loop.eventLoop.execute { loop.value.beat(at: .now()) } }
        }
        self.port = listener.localAddress?.port ?? port
        stopLimit = Mutex(configuration.limits.stop)
        if self.port != port { await apply(configuration) }
        logger.info("gateway.listening", metadata: ["net.host": "\(host)", "net.port": "\(self.port)"])
    }

    /// Goes on with other settings; requests that run keep the ones they began with, and no connection is dropped.
    package func apply(_ configuration: GatewayConfiguration) async {
        let setup = GatewaySetup(configuration, port: port)
        stopLimit.withLock { $0 = configuration.limits.stop }
        for loop in loops { try? await loop.eventLoop.submit { loop.value.take(setup) }.get() }
        logger.notice("gateway.configured", metadata: ["upstreams": "\(configuration.upstreams.count)"])
    }

    package var counts: GatewayCounts { memory.counts.withLock { $0 } }

    /// Serves until the service group stops gracefully, or the task is cancelled.
    package func run() async throws {
        try? await gracefulShutdown()
        await stop()
    }

    /// Takes no more requests, lets running replies end, and cuts those that take too long.
    package func stop() async {
        try? await listener.close()
        let limit = stopLimit.withLock { $0 }
        logger.info("gateway.stopping")
        await withTaskGroup { tasks in
            for loop in loops {
                tasks.addTask {
                    let done = loop.eventLoop.makePromise(of: Void.self)
                    loop.eventLoop.execute {
                        let cut = loop.eventLoop.scheduleTask(in: limit) { loop.value.cut() }
                        loop.value.stop {
                            cut.cancel()
                            done.succeed()
                        }
                    }
                    try? await done.futureResult.get()
                }
            }
        }
        try? await clock.shutdownGracefully()
        try? await group.shutdownGracefully()
        logger.info("gateway.stopped")
    }
}
