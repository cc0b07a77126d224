package import Domain

/// What is spent of a budget in the window that is now, and whether more may be.
package struct GuardReport: Report {
    package enum State: String, Sendable {
        case ok
        case warn
        case stop
        /// Below the stop line as far as prices are known, with calls of models that have none.
        case unknown
    }

    package var budget: Budget
    package var period: Period
    /// Everything in the window, by how it was paid.
    package var figures: SpendFigures
    /// Models whose calls count against the budget and have no price; most tokens first.
    package var unpriced: [UnpricedModels.Row]
    package var agentsOfUnknownBilling: [Agent]
    package var firstCall: Timestamp?
    /// The newest call of all, in or out of the window, where it was looked for.
    package var newestCall: Timestamp?

    package init(_ tally: GuardTally, period: Period, newestCall: Timestamp? = nil) {
        budget = tally.budget
        self.period = period
        figures = tally.figures
        unpriced = tally.unpriced.rows
        agentsOfUnknownBilling = tally.agentsOfUnknownBilling.sorted { $0.rawValue < $1.rawValue }
        firstCall = tally.firstCall
        self.newestCall = newestCall ?? tally.lastCall
    }

    /// What counts; a lower bound where calls have no price.
    package var spent: Money {
        budget.counts == .all ? figures.cost : figures.billing.api + figures.billing.unknown
    }

    /// Below zero where more was spent.
    package var remaining: Money { budget.amount - spent }

    package var share: Double { spent.usd / budget.amount.usd }

    /// Only unpriced calls below the stop line leave a doubt: beyond it, more money changes nothing.
    package var state: State {
        if spent >= budget.stopLine { return .stop }
        if !unpriced.isEmpty { return .unknown }
        return spent >= budget.warnLine ? .warn : .ok
    }

    /// Whether a script should go on.
    package var allows: Bool { state == .ok || state == .warn }

    /// The verdict in a sentence or two, for whoever sees nothing else of the report.
    package var verdict: String {
        let spent = "\(spentText) (\(shownShare))"
        switch state {
        case .ok: return "\(spent); \(remaining.dollars) remain until \(end)"
        case .warn: return "\(spent); only \(remaining.dollars) remain until \(end)"
        case .stop: return "\(spent): no more until \(end)"
        case .unknown:
            return "\(spent), but what has no price is not in it: \(unpriced.named); "
                + "give a price with [[price]] in suffice.toml"
        }
    }

    /// `$3.12 API value of $5.00 spent today`.
    var spentText: String {
        let noun = isBill ? "" : " API value"
        return "\(shownSpent)\(noun) of \(budget.amount.dollars) spent \(period.title)"
    }

    /// Whether what counts was billed by the token, as far as it is known.
    private var isBill: Bool {
        figures.billing.unknown == .zero && (budget.counts == .api || figures.billing.subscription == .zero)
    }

    var shownSpent: String { lowerBoundMark + spent.dollars }

    var lowerBoundMark: String { unpriced.isEmpty ? "" : "≥ " }

    var shownShare: String { (share * 100).percent }

    /// When the next window begins.
    var end: String { period.window.to.map { period.zone.minute(of: $0) } ?? "" }
}
