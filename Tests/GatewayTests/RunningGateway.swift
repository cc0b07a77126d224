import Domain
import Logging
import NIOCore
import Pricing
import Routing
import Synchronization

@testable import Gateway
@testable import Providers

/// A gateway on a port of its own, with what it told the ledger.
struct RunningGateway: Sendable {
    let server: GatewayServer
    let ledger: TestLedger

    var port: Int { server.port }

    static func start(
        _ upstreams: [Upstream],
        policy: RoutingPolicy = RoutingPolicy(),
        limits: GatewayLimits = .quick,
        balancing: Balancing = .weighted,
        origins: Set<String> = [],
        app: @escaping @Sendable (Secret) -> GatewayLedger.AppAnswer = { _ in .noApps },
        reserve: @escaping @Sendable (Exchange.Intent, Int?) -> GatewayLedger.BudgetAnswer = { _, _ in .allowed }
    ) async throws -> RunningGateway {
        let ledger = TestLedger()
        let server = try await GatewayServer.start(
            configuration(upstreams, policy: policy, limits: limits, balancing: balancing, origins: origins),
            ledger: GatewayLedger(
                begin: { intent in ledger.state.withLock { $0.intents.append(intent) } },
                end: { exchange in ledger.state.withLock { $0.exchanges.append(exchange) } },
                reserve: reserve,
                app: app,
                now: { Timestamp(milliseconds: 1_800_000_000_000) }
            ),
            port: 0,
            run: "test-",
            threads: 2,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return RunningGateway(server: server, ledger: ledger)
    }

    static func configuration(
        _ upstreams: [Upstream],
        policy: RoutingPolicy = RoutingPolicy(),
        limits: GatewayLimits = .quick,
        balancing: Balancing = .weighted,
        origins: Set<String> = []
    ) -> GatewayConfiguration {
        GatewayConfiguration(
            upstreams: upstreams,
            router: Router(policy: policy, book: .builtin, providers: Set(upstreams.map(\.provider))),
            balancing: balancing,
            limits: limits,
            origins: origins
        )
    }

    func stop() async { await server.stop() }
}

final class TestLedger: Sendable {
    struct State: Sendable {
        var intents: [Exchange.Intent] = []
        var exchanges: [Exchange] = []
    }

    let state = Mutex(State())

    var intents: [Exchange.Intent] { state.withLock { $0.intents } }
    var exchanges: [Exchange] { state.withLock { $0.exchanges } }

    /// The exchanges, once so many have ended.
    func exchanges(_ count: Int) async throws -> [Exchange] {
        try await eventually { self.exchanges.count >= count }
        return exchanges
    }
}

struct NeverHappened: Error {}

/// Waits until something holds that another thread brings about; five seconds at most.
func eventually(_ holds: () -> Bool) async throws {
    let start = ContinuousClock.now
    while !holds() {
        guard ContinuousClock.now - start < .seconds(30) else { throw NeverHappened() }
        try await Task.sleep(for: .milliseconds(5))
    }
}

extension GatewayLimits {
    /// For tests of what is late.
    static var quick: GatewayLimits {
        var limits = GatewayLimits()
        limits.stop = .seconds(5)
        return limits
    }
}

extension Upstream {
    static func anthropic(
        _ url: String,
        name: String = "anthropic",
        credential: Credential = .passThrough,
        weight: Int = 1,
        models: [String] = []
    ) -> Upstream {
        Upstream(name: name, provider: .anthropic, url: url, credential: credential, weight: weight, models: models)
    }

    static func openAI(_ url: String, name: String = "openai", credential: Credential = .passThrough) -> Upstream {
        Upstream(name: name, provider: .openAI, url: url, credential: credential)
    }
}
