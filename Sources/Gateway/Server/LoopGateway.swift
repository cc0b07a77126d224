import Domain
import NIOCore
import Providers
import Routing

/// The gateway as one event loop has it: its clients, its connections to upstreams, its copy of the settings.
final class LoopGateway {
    let loop: any EventLoop
    let pool: UpstreamPool
    let memory: GatewayMemory
    let ledger: GatewayLedger
    private(set) var setup: GatewaySetup
    private(set) var isStopping = false
    private var clients: [ObjectIdentifier: ClientConnection] = [:]
    private let idPrefix: String
    private var issuedIDs = 0
    /// Called when the last client is gone after ``stop()``.
    private var whenEmpty: (() -> Void)?

    init(pool: UpstreamPool, memory: GatewayMemory, ledger: GatewayLedger, setup: GatewaySetup, idPrefix: String) {
        loop = pool.loop
        self.pool = pool
        self.memory = memory
        self.ledger = ledger
        self.setup = setup
        self.idPrefix = idPrefix
    }

    var now: NIODeadline { pool.now }
    var limits: GatewayLimits { setup.configuration.limits }
    var admission: Admission { setup.admission }

    func add(_ client: ClientConnection) { clients[ObjectIdentifier(client)] = client }

    func remove(_ client: ClientConnection) {
        clients[ObjectIdentifier(client)] = nil
        if isStopping, clients.isEmpty { emptied() }
    }

    func beat(at now: NIODeadline) {
        pool.beat(at: now)
        for client in clients.values { client.beat(at: now) }
    }

    /// Unique over all runs, given the run's prefix.
    func nextID() -> String {
        issuedIDs += 1
        return idPrefix + String(issuedIDs, radix: 36)
    }

    func take(_ setup: GatewaySetup) { self.setup = setup }

    /// Lets running replies end, and calls back when all have.
    func stop(whenEmpty: @escaping () -> Void) {
        isStopping = true
        self.whenEmpty = whenEmpty
        pool.closeIdle()
        for client in clients.values { client.stop() }
        if clients.isEmpty { emptied() }
    }

    /// Ends what still runs; each is kept in the ledger as far as it came.
    func cut() { for client in clients.values { client.close() } }

    private func emptied() {
        whenEmpty?()
        whenEmpty = nil
    }
}

/// The settings and what follows from them; never changed, only replaced.
final class GatewaySetup: Sendable {
    let configuration: GatewayConfiguration
    let admission: Admission
    /// The upstreams whose URL can be read, with the address.
    let upstreams: [(upstream: Upstream, address: UpstreamAddress)]
    let hasSeveralProviders: Bool

    init(_ configuration: GatewayConfiguration, port: Int) {
        self.configuration = configuration
        admission = Admission(port: port, hosts: configuration.hosts, origins: configuration.origins)
        upstreams = configuration.upstreams.compactMap { upstream in
            UpstreamAddress(url: upstream.url).map { (upstream, $0) }
        }
        hasSeveralProviders = Set(configuration.upstreams.map(\.provider)).count > 1
    }
}
