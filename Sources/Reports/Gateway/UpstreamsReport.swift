package import Domain

/// How the gateway's upstreams are doing, what its budgets have left, and what went wrong.
package struct UpstreamsReport: Report {
    /// An `[[upstream]]` of the configuration.
    package struct Upstream: Hashable, Sendable {
        package var name: String
        package var url: String

        package init(name: String, url: String) {
            self.name = name
            self.url = url
        }
    }

    package struct Row: Sendable {
        package var name: String
        /// Nil for one that is in the journal only.
        package var url: String?
        package var requests = 0
        package var failed = 0
        /// Failures since the last reply that was whole.
        package var failedInARow = 0
        package var lastReply: Timestamp?
        package var lastFailure: Timestamp?
        package var firstBytes: Quantiles?
    }

    /// One limit of `[[budget]]` or of an app.
    package struct Budget: Sendable {
        /// `total`, `project:NAME` or `app:NAME`.
        package var scope: String
        /// `day`, `week` or `month`.
        package var window: String
        package var limit: Money
        package var spent: Money
        package var resets: Timestamp?

        package init(scope: String, window: String, limit: Money, spent: Money, resets: Timestamp?) {
            self.scope = scope
            self.window = window
            self.limit = limit
            self.spent = spent
            self.resets = resets
        }
    }

    package struct Failure: Hashable, Sendable {
        package var upstream: String
        package var ending: Exchange.Outcome.Ending
        package var status: Int
    }

    package struct FailureRow: Sendable {
        package var failure: Failure
        package var count: Int
        package var last: Timestamp
    }

    package var period: Period
    /// In the order of the configuration, then those of the journal by name.
    package var rows: [Row]
    package var budgets: [Budget]
    /// The latest first.
    package var failures: [FailureRow]

    package init(_ tally: UpstreamsTally, configured: [Upstream], budgets: [Budget], period: Period) {
        self.period = period
        self.budgets = budgets
        var rows = configured.map { upstream in
            var row = tally.rows[upstream.name] ?? Row(name: upstream.name)
            row.url = upstream.url
            return row
        }
        let names = Set(configured.map(\.name))
        rows += tally.rows.values.filter { !names.contains($0.name) }.sorted { $0.name < $1.name }
        self.rows = rows.map { row in
            var row = row
            row.firstBytes = Quantiles(tally.firstBytes[row.name] ?? [])
            return row
        }
        failures = tally.failures.map { FailureRow(failure: $0, count: $1.count, last: $1.last) }
            .sorted {
                ($1.last, $0.failure.upstream, $0.failure.status) < ($0.last, $1.failure.upstream, $1.failure.status)
            }
    }
}

/// Takes exchanges one at a time, by when they came.
package struct UpstreamsTally {
    private(set) var rows: [String: UpstreamsReport.Row] = [:]
    private(set) var firstBytes: [String: [Int]] = [:]
    private(set) var failures: [UpstreamsReport.Failure: (count: Int, last: Timestamp)] = [:]

    package init() {}

    package mutating func add(_ exchange: Exchange) {
        // What never left this machine says nothing of an upstream.
        guard let outcome = exchange.outcome, outcome.ending != .refused else { return }
        let name = outcome.upstream
        var row = rows[name] ?? UpstreamsReport.Row(name: name)
        row.requests += 1
        switch outcome.ending {
        case .finished, .clientLeft, .refused:
            row.failedInARow = 0
            row.lastReply = max(row.lastReply ?? outcome.time, outcome.time)
        case .failed where (400..<500).contains(outcome.status) && outcome.status != 429:
            // The request's own fault: the upstream is there and answers.
            row.failedInARow = 0
            row.lastReply = max(row.lastReply ?? outcome.time, outcome.time)
            note(exchange, outcome)
        case .failed, .truncated, .interrupted:
            row.failed += 1
            row.failedInARow += 1
            row.lastFailure = max(row.lastFailure ?? outcome.time, outcome.time)
            note(exchange, outcome)
        }
        rows[name] = row
        if let time = outcome.firstByteMilliseconds { firstBytes[name, default: []].append(time) }
    }

    private mutating func note(_ exchange: Exchange, _ outcome: Exchange.Outcome) {
        let failure = UpstreamsReport.Failure(
            upstream: outcome.upstream,
            ending: outcome.ending,
            status: outcome.status
        )
        let known = failures[failure]
        failures[failure] = ((known?.count ?? 0) + 1, max(known?.last ?? outcome.time, outcome.time))
    }
}
