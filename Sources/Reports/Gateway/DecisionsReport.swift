package import Domain

/// The newest requests through the gateway, each with what was decided for it and why, and what all of them came to.
package struct DecisionsReport: Report {
    /// A request: what was asked for, what served it, and what that came to.
    package struct Row: Sendable {
        package var exchange: Exchange
        package var figures: GatewayFigures

        /// The model that served, as far as it is known.
        package var served: ModelID { exchange.outcome?.model ?? exchange.intent.decision.served }
        package var usage: Usage? { exchange.outcome?.usage }
        /// The part of the prompt that was read from the cache, from 0 to 1; nil where nobody said.
        package var cacheShare: Double? {
            guard let usage, usage.promptTokens > 0 else { return nil }
            return Double(usage.cacheReadTokens) / Double(usage.promptTokens)
        }
    }

    /// The requests that one tier served; nil for models of none.
    package struct TierRow: Sendable {
        package var tier: Tier?
        package var figures: GatewayFigures
    }

    /// How long the first byte of a model's replies took.
    package struct LatencyRow: Sendable {
        package var model: ModelID
        package var milliseconds: Quantiles
    }

    package var period: Period
    /// The newest first; no more than ``DecisionsTally/kept``.
    package var rows: [Row]
    package var totals: GatewayFigures
    /// The cheap first.
    package var tiers: [TierRow]
    /// Most replies first.
    package var latencies: [LatencyRow]

    package init(_ tally: DecisionsTally, period: Period) {
        self.period = period
        rows = tally.newest.reversed()
        totals = tally.totals
        tiers = tally.tiers.map { TierRow(tier: Tier(rawValue: $0), figures: $1) }
            .sorted { ($0.tier?.rawValue ?? .max) < ($1.tier?.rawValue ?? .max) }
        latencies = tally.firstBytes.compactMap { model, times in
            Quantiles(times).map { LatencyRow(model: model, milliseconds: $0) }
        }
        .sorted { ($1.milliseconds.count, $0.model) < ($0.milliseconds.count, $1.model) }
    }
}

/// The middle and the slow end of a set of measurements, by nearest rank.
package struct Quantiles: Hashable, Sendable {
    package var count: Int
    package var p50: Int
    package var p90: Int
    package var p99: Int

    /// Nil for none.
    package init?(_ values: [Int]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        func rank(_ percent: Int) -> Int { sorted[min(sorted.count - 1, (sorted.count * percent + 99) / 100 - 1)] }
        count = sorted.count
        (p50, p90, p99) = (rank(50), rank(90), rank(99))
    }
}

/// Takes exchanges one at a time, by when they came, and keeps the newest.
package struct DecisionsTally {
    /// How many requests are told one by one; sums are of all.
    package static let kept = 200

    private let runningSince: Timestamp?
    private let cost: (Call) -> Money?
    private let tier: (ModelID) -> Tier?
    private var ring: [DecisionsReport.Row] = []
    private var next = 0
    private(set) var totals = GatewayFigures()
    /// By raw value; -1 for models of none.
    private(set) var tiers: [Int: GatewayFigures] = [:]
    private(set) var firstBytes: [ModelID: [Int]] = [:]

    /// Starts with none; `runningSince` is when the gateway began that is running now, nil where nothing tells of one.
    package init(
        runningSince: Timestamp? = nil,
        cost: @escaping (Call) -> Money?,
        tier: @escaping (ModelID) -> Tier?
    ) {
        self.runningSince = runningSince
        self.cost = cost
        self.tier = tier
    }

    package mutating func add(_ exchange: Exchange) {
        let figures = GatewayFigures(exchange, runningSince: runningSince, cost: cost)
        let row = DecisionsReport.Row(exchange: exchange, figures: figures)
        totals += figures
        tiers[tier(row.served)?.rawValue ?? -1, default: GatewayFigures()] += figures
        if let time = exchange.outcome?.firstByteMilliseconds { firstBytes[row.served, default: []].append(time) }
        if ring.count < DecisionsTally.kept {
            ring.append(row)
        } else {
            ring[next] = row
            next = (next + 1) % DecisionsTally.kept
        }
    }

    /// The oldest first.
    var newest: [DecisionsReport.Row] { Array(ring[next...] + ring[..<next]) }
}
