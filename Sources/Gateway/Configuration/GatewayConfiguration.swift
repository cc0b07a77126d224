package import Domain
package import NIOCore
package import Providers
package import Routing

/// All that the user set about the gateway, checked; replaced as a whole when the settings are read again.
package struct GatewayConfiguration: Sendable {
    /// In the order of the settings, which is the order of failover.
    package var upstreams: [Upstream]
    package var router: Router
    package var balancing: Balancing
    package var limits: GatewayLimits
    /// What `Host` and `Origin` may say besides the loopback interface's own names.
    package var hosts: Set<String>
    package var origins: Set<String>

    package init(
        upstreams: [Upstream],
        router: Router,
        balancing: Balancing = .weighted,
        limits: GatewayLimits = GatewayLimits(),
        hosts: Set<String> = [],
        origins: Set<String> = []
    ) {
        self.upstreams = upstreams
        self.router = router
        self.balancing = balancing
        self.limits = limits
        self.hosts = hosts
        self.origins = origins
    }
}

/// How much, and how long, the gateway takes.
package struct GatewayLimits: Hashable, Sendable {
    package var headBytes = 64 << 10
    /// Anthropic takes 32 MB.
    package var bodyBytes = 32 << 20
    /// From a request's first byte to the end of its head.
    package var head = TimeAmount.seconds(10)
    /// From the head to the body's last byte.
    package var body = TimeAmount.seconds(120)
    /// Between two requests of a connection.
    package var idle = TimeAmount.seconds(120)
    /// A stream that is silent for so long is kept alive with a ping.
    package var silence = TimeAmount.seconds(15)
    /// How long running replies may take when the gateway stops.
    package var stop = TimeAmount.seconds(30)
    /// For a provider's list of models; Claude Code waits three seconds for one, and then the gateway has its own.
    package var models = TimeAmount.seconds(2)
    /// For a count of tokens, without which a client estimates.
    package var count = TimeAmount.seconds(10)
    package var upstream = UpstreamLimits()

    package init() {}
}

/// What the gateway asks of, and tells, the rest of the program.
///
/// All of it is called on event loops, between a request's bytes: it must be quick and must not wait.
package struct GatewayLedger: Sendable {
    /// Keeps a request before its first byte goes upstream.
    package var begin: @Sendable (Exchange.Intent) -> Void
    /// Keeps how it ended; called once for each that began.
    package var end: @Sendable (Exchange) -> Void
    /// Sets money aside for a request; what it answers otherwise is told to the client.
    package var reserve: @Sendable (Exchange.Intent, _ maxOutputTokens: Int?) -> BudgetAnswer
    /// Keeps a request's body; answers its content address.
    package var capture: (@Sendable (ByteBufferView) -> String?)?
    /// The app that a local key was minted for.
    package var app: @Sendable (Secret) -> AppAnswer
    package var now: @Sendable () -> Timestamp

    package init(
        begin: @escaping @Sendable (Exchange.Intent) -> Void,
        end: @escaping @Sendable (Exchange) -> Void,
        reserve: @escaping @Sendable (Exchange.Intent, _ maxOutputTokens: Int?) -> BudgetAnswer = { _, _ in .allowed },
        capture: (@Sendable (ByteBufferView) -> String?)? = nil,
        app: @escaping @Sendable (Secret) -> AppAnswer = { _ in .noApps },
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.begin = begin
        self.end = end
        self.reserve = reserve
        self.capture = capture
        self.app = app
        self.now = now
    }

    package enum BudgetAnswer: Hashable, Sendable {
        case allowed
        /// The text says which budget, and until when.
        case spent(String)
    }

    package enum AppAnswer: Hashable, Sendable {
        /// No app was ever added: any client of the loopback interface is served.
        case noApps
        case unknown
        /// The app, and globs over the models it may use (empty: all).
        case known(name: String, models: [String])
    }
}
