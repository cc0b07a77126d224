package import Domain

/// The key figures of a period, each with what it rests on and whether the user's target holds.
package struct KPIReport: Report {
    package enum Value: Hashable, Sendable {
        case share(Double)
        case money(Money)
    }

    package struct Row: Sendable {
        package var kpi: KPI
        /// Nil where nothing was logged that it could be reckoned from.
        package var value: Value?
        /// How many of ``KPI/counted`` it rests on.
        package var count: Int
        /// What was spent on them, for figures of money.
        package var spent: SpendFigures?
        /// What it is made of or reckoned from, or why there is none.
        package var note: String?
        /// `[kpi]` in `suffice.toml`, as it is written there.
        package var target: Double?

        /// Nil without a target, and where the data cannot tell.
        package var met: Bool? {
            guard let target, let value else { return nil }
            switch (value, kpi.direction) {
            case (.share(let share), .minimum): return share >= target
            case (.share(let share), .maximum): return share <= target
            case (.money(let money), .minimum): return money >= Money(approximatingUSD: target)
            case (.money(let money), .maximum):
                // Beyond the target a lower bound has missed it, below nobody knows.
                if money > Money(approximatingUSD: target) { return false }
                return isLowerBound ? nil : true
            }
        }

        /// Whether calls without a price are left out of the money.
        package var isLowerBound: Bool { spent.map { $0.unpricedCalls > 0 || $0.unpricedTokens > 0 } ?? false }
    }

    package var period: Period
    package var rows: [Row]
    package var totals: SpendFigures
    /// Largest first.
    package var unpriced: [UnpricedModels.Row]
    package var agentsOfUnknownBilling: [Agent]
    package var firstCall: Timestamp?
    package var lastCall: Timestamp?
    /// The newest call of all, in or out of the period.
    package var newestCall: Timestamp?

    package init(_ tally: KPITally, period: Period, targets: [KPI: Double] = [:], newestCall: Timestamp? = nil) {
        self.period = period
        rows = KPI.allCases.map { kpi in
            var row = tally.row(of: kpi)
            row.target = targets[kpi]
            return row
        }
        totals = tally.totals
        unpriced = tally.unpriced.rows
        agentsOfUnknownBilling = tally.agentsOfUnknownBilling.sorted { $0.rawValue < $1.rawValue }
        firstCall = tally.firstCall
        lastCall = tally.lastCall
        self.newestCall = newestCall ?? tally.lastCall
    }

    package subscript(kpi: KPI) -> Row? { rows.first { $0.kpi == kpi } }

    package var withTarget: [Row] { rows.filter { $0.target != nil } }
    package var missed: [Row] { rows.filter { $0.met == false } }
    /// With a target that the data cannot tell the truth of.
    package var undecided: [Row] { withTarget.filter { $0.met == nil } }
}

extension KPITally {
    fileprivate func row(of kpi: KPI) -> KPIReport.Row {
        let calls = totals.calls
        let prompt = totals.usage.promptTokens
        switch kpi {
        case .cacheHitRate: return share(kpi, totals.usage.cacheReadTokens, of: prompt)
        case .cacheHitCalls: return share(kpi, callsFromCache, of: callsWithPrompt)
        case .cheapShare: return share(kpi, callsByTier[.cheap] ?? 0, of: calls)
        case .balancedShare: return share(kpi, callsByTier[.balanced] ?? 0, of: calls)
        case .frontierShare: return share(kpi, callsByTier[.frontier] ?? 0, of: calls)
        case .unknownTierShare:
            let unknown = callsOfUnknownTier.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let names = unknown.map { "\($0.key) (\($0.value.of("call")))" }
            return share(kpi, unknown.reduce(0) { $0 + $1.value }, of: calls, note: names.firstFew)
        case .batchShare: return share(kpi, callsAtBatchPrice, of: calls)
        case .escalationRate:
            let steps = escalations.sorted { ($1.value, $0.key.text) < ($0.value, $1.key.text) }
            let names = steps.map { "\($0.key.text) (\($0.value.grouped))" }
            return share(kpi, escalatedTasks, of: tasks.count, note: names.firstFew)
        case .costPerSession: return cost(kpi, sessions, missing: "no sessions")
        case .costPerTask: return cost(kpi, tasks, missing: "no log names a prompt")
        case .costPerCommit: return cost(kpi, commits, missing: "no log names a commit")
        case .costPerMergedPR: return cost(kpi, mergedPRs, missing: "no log names a merge of a pull request")
        case .estimateAccuracy:
            return KPIReport.Row(kpi: kpi, count: 0, note: "no data yet: no rule has been applied")
        }
    }

    private func share(_ kpi: KPI, _ part: Int, of whole: Int, note: String? = nil) -> KPIReport.Row {
        guard whole > 0 else { return KPIReport.Row(kpi: kpi, count: 0, note: "no \(kpi.counted)s") }
        return KPIReport.Row(kpi: kpi, value: .share(Double(part) / Double(whole)), count: whole, note: note)
    }

    private func cost(_ kpi: KPI, _ yield: Yield, missing: String) -> KPIReport.Row {
        guard yield.count > 0 else { return KPIReport.Row(kpi: kpi, count: 0, note: missing) }
        let isPart = yield.sessions < sessions.count
        var row = KPIReport.Row(
            kpi: kpi,
            value: .money(yield.figures.cost.divided(by: yield.count)),
            count: yield.count,
            spent: yield.figures,
            note: isPart ? "in \(yield.sessions.grouped) of \(sessions.count.of("session"))" : nil
        )
        // Where nothing has a price there is no cost, not a cost of nothing.
        if row.isLowerBound, yield.figures.cost == .zero { row.value = nil }
        return row
    }
}

extension Escalation {
    fileprivate var text: String { from.replaced(by: to) }
}

extension [String] {
    /// Nil for none.
    fileprivate var firstFew: String? {
        guard !isEmpty else { return nil }
        return prefix(4).joined(separator: ", ") + (count > 4 ? " and \(count - 4) more" : "")
    }
}

extension Money {
    /// To the nearest billionth.
    fileprivate func divided(by count: Int) -> Money {
        let (quotient, remainder) = nanoUSD.quotientAndRemainder(dividingBy: Int64(count))
        return Money(nanoUSD: quotient + (remainder * 2 >= Int64(count) ? 1 : 0))
    }
}
