import Domain
import Gateway
import Providers
import Reports
import Routing

/// What the user set about the gateway, as far as it can be used; what cannot stands among the problems.
struct GatewaySettings {
    /// `[[upstream]]`, in the order of failover.
    ///
    /// `name`, `provider`, `url`, one of `key_env`, `key_file` and `pass_through`, `weight`, `models`. Without any, both
    /// providers, each with the client's own credential.
    var upstreams: [Upstream] = []
    /// `[routing]`, `[[route]]`, `[phase.NAME]`, `[aliases]`.
    var policy = RoutingPolicy()
    /// `[[budget]]`: `scope`, `window`, `usd`.
    var budgets: [BudgetSetting] = []
    /// Where each of ``budgets`` stands, such as `budget[2]`.
    var budgetKeys: [String] = []
    /// `[serve]`.
    var serve = ServeSettings()
    var problems: [ConfigurationProblem] = []

    var hasErrors: Bool { problems.contains { $0.weight == .error } }

    struct BudgetSetting: Hashable {
        var scope: SpendingLimit.Scope
        var window: BudgetWindow
        var amount: Money
    }

    /// Both providers, for clients that bring a credential of their own.
    static let passThrough = [
        Upstream(name: "anthropic", provider: .anthropic, url: "https://api.anthropic.com"),
        Upstream(name: "openai", provider: .openAI, url: "https://api.openai.com"),
    ]
}

/// `[serve]`: how the gateway listens, and what it takes.
struct ServeSettings: Hashable {
    /// `port`, `SUFFICE_SERVE_PORT`, `--port`.
    var port = 4141
    /// `dashboard_port`, `SUFFICE_SERVE_DASHBOARD_PORT`, `--dashboard-port`.
    var dashboardPort = 4142
    /// `threads`: event loops that serve clients.
    ///
    /// One serves thousands of requests a second for less CPU than several, since it wakes once for what came to many
    /// streams; more are for gateways that many share.
    var threads = 1
    /// `balancing`: `weighted`, `least-latency` or `headroom`.
    var balancing = Balancing.weighted
    /// `connect_ms`: until an upstream's connection stands.
    var connectMilliseconds = 10_000
    /// `first_byte_ms`: from a request's last byte to the reply's first.
    var firstByteMilliseconds = 600_000
    /// `idle_ms`: between two pieces of a reply.
    var idleMilliseconds = 300_000
    /// `stop_ms`: how long running replies may take when the gateway stops.
    var stopMilliseconds = 30_000
    /// `max_body_mb`.
    var maxBodyMegabytes = 32
    /// `hosts`, `origins`: what these header fields may say besides the loopback interface's own names.
    var hosts: [String] = []
    var origins: [String] = []
    /// `journal_days`: how long a file of the journal stays after its day, once it is in the database.
    var journalDays = 30
}

extension GatewaySettings.BudgetSetting {
    /// The limit in local days.
    func limit(in zone: Zone) -> SpendingLimit {
        let window = window
        return SpendingLimit(scope: scope, amount: amount, windowName: window.name) { time in
            window.window(at: time, in: zone)
        }
    }
}
