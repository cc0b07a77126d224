package import Domain

/// What recorded sessions would have cost through the router, beside what they cost and what hindsight would have made
/// of them.
package struct SimulationReport: Report {
    /// Money of the same calls, three ways.
    package struct Costs: Hashable, Sendable {
        /// As the ledger has it.
        package var unrouted = Money.zero
        package var routed = Money.zero
        /// The best that could be had at the router's own decision points.
        package var hindsight = Money.zero

        package init(unrouted: Money = .zero, routed: Money = .zero, hindsight: Money = .zero) {
            self.unrouted = unrouted
            self.routed = routed
            self.hindsight = hindsight
        }

        /// Below zero where routing cost more.
        package var saved: Money { unrouted - routed }

        package var possible: Money { unrouted - hindsight }

        /// Of what could have been saved, from 0 to 1, or below zero; nil where nothing could.
        package var shareOfPossible: Double? { possible > .zero ? saved.ratio(to: possible) : nil }

        /// By how much of its cost it grew dearer; below zero where it grew cheaper.
        package var growth: Double {
            if saved == .zero { return 0 }
            return unrouted > .zero ? -saved.ratio(to: unrouted) : .infinity
        }

        package static func += (a: inout Costs, b: Costs) {
            a.unrouted += b.unrouted
            a.routed += b.routed
            a.hindsight += b.hindsight
        }
    }

    package struct Row: Sendable {
        package var session: SessionID
        package var project: String
        package var calls = 0
        /// Calls that another model would have served.
        package var moved = 0
        /// Calls whose model has no price: in no figure of money.
        package var unpriced = 0
        package var costs = Costs()

        package init(session: SessionID, project: String) {
            self.session = session
            self.project = project
        }
    }

    package struct ProjectRow: Sendable {
        package var project: String
        package var sessions = 0
        package var calls = 0
        package var moved = 0
        package var costs = Costs()
    }

    /// Requests that were decided for one reason at one moment.
    package struct DecisionRow: Sendable {
        package var reason: Decision.Reason
        /// Where the requests stood in their conversations, such as `cache-expired`.
        package var moment: String
        package var requests: Int
        /// Of them, those that another model would have served.
        package var moved: Int

        package init(reason: Decision.Reason, moment: String, requests: Int, moved: Int) {
            self.reason = reason
            self.moment = moment
            self.requests = requests
            self.moved = moved
        }
    }

    package var period: Period
    /// What was simulated, in the user's words, such as `the default policy`.
    package var policy: String
    /// The dearest first.
    package var sessions: [Row]
    package var decisions: [DecisionRow]
    /// Calls of providers that the gateway does not speak to; they stay as they are.
    package var callsOfOthers: Int
    package var newestCall: Timestamp?

    package init(
        period: Period,
        policy: String,
        sessions: [Row],
        decisions: [DecisionRow],
        callsOfOthers: Int = 0,
        newestCall: Timestamp? = nil
    ) {
        self.period = period
        self.policy = policy
        self.sessions = sessions.sorted { ($1.costs.unrouted, $0.session) < ($0.costs.unrouted, $1.session) }
        self.decisions = decisions.sorted {
            ($1.moved, $1.requests, $0.reason.rawValue, $0.moment) < (
                $0.moved, $0.requests, $1.reason.rawValue, $1.moment
            )
        }
        self.callsOfOthers = callsOfOthers
        self.newestCall = newestCall
    }

    package var totals: Costs { sessions.reduce(into: Costs()) { $0 += $1.costs } }

    /// The dearest first.
    package var projects: [ProjectRow] {
        var rows: [String: ProjectRow] = [:]
        for session in sessions {
            rows[session.project, default: ProjectRow(project: session.project)].add(session)
        }
        return rows.values.sorted { ($1.costs.unrouted, $0.project) < ($0.costs.unrouted, $1.project) }
    }

    /// The session that routing makes dearer by the largest part, or cheaper by the smallest; of equals the dearest.
    package var worst: Row? {
        sessions.first.map { first in
            sessions.dropFirst().reduce(first) { $1.costs.growth > $0.costs.growth ? $1 : $0 }
        }
    }
}

extension SimulationReport.ProjectRow {
    fileprivate mutating func add(_ session: SimulationReport.Row) {
        sessions += 1
        calls += session.calls
        moved += session.moved
        costs += session.costs
    }
}

extension Money {
    /// Of whole numbers, so that a limit that is met to the digit is met.
    fileprivate func ratio(to whole: Money) -> Double { Double(nanoUSD) / Double(whole.nanoUSD) }
}
