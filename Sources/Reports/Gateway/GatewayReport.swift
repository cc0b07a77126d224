package import Domain

/// What went through the gateway in a period: by whom, for what, on which models, why, and what it saved.
package struct GatewayReport: Report {
    /// What rows stand for; the raw value is the key of their list in JSON.
    package enum Grouping: String, CaseIterable, Sendable {
        case app = "apps"
        /// The model that served.
        case model = "models"
        case phase = "phases"
        case decision = "decisions"
        case project = "projects"
        case session = "sessions"
        case upstream = "upstreams"
    }

    package struct Row: Sendable {
        package var grouping: Grouping
        package var key: String
        package var figures: GatewayFigures
    }

    package var period: Period
    package var totals: GatewayFigures
    /// Most requests first.
    package var rows: [Grouping: [Row]]
    package var firstRequest: Timestamp?

    package init(_ tally: GatewayTally, period: Period) {
        self.period = period
        totals = tally.totals
        firstRequest = tally.firstRequest
        rows = tally.figures.reduce(into: [:]) { rows, group in
            rows[group.key] = group.value.map { Row(grouping: group.key, key: $0, figures: $1) }
                .sorted { ($1.figures.requests, $0.key) < ($0.figures.requests, $1.key) }
        }
    }
}

/// Adds exchanges up, one at a time.
package struct GatewayTally {
    private let runningSince: Timestamp?
    private let cost: (Call) -> Money?
    private(set) var totals = GatewayFigures()
    private(set) var figures: [GatewayReport.Grouping: [String: GatewayFigures]] = [:]
    private(set) var firstRequest: Timestamp?

    /// Starts with none; `runningSince` is when the gateway began that is running now, nil where nothing tells of one.
    package init(runningSince: Timestamp? = nil, cost: @escaping (Call) -> Money?) {
        self.runningSince = runningSince
        self.cost = cost
    }

    package mutating func add(_ exchange: Exchange) {
        let one = GatewayFigures(exchange, runningSince: runningSince, cost: cost)
        totals += one
        firstRequest = min(firstRequest ?? exchange.intent.time, exchange.intent.time)
        for grouping in GatewayReport.Grouping.allCases {
            figures[grouping, default: [:]][grouping.key(of: exchange), default: GatewayFigures()] += one
        }
    }
}

extension GatewayReport.Grouping {
    /// Empty for none.
    fileprivate func key(of exchange: Exchange) -> String {
        let intent = exchange.intent
        switch self {
        case .app: return intent.sender.app ?? intent.sender.agent?.rawValue ?? ""
        case .model: return exchange.outcome?.model.rawValue ?? intent.decision.served.rawValue
        case .phase: return intent.sender.phase?.rawValue ?? ""
        case .decision: return intent.decision.reason.rawValue
        case .project: return intent.sender.project ?? ""
        case .session: return intent.sender.session ?? ""
        case .upstream: return exchange.outcome?.upstream ?? intent.upstream
        }
    }
}
