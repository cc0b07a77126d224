package import Domain

/// What the calls of a period cost, by whatever the user asked for; the rows sum to the totals exactly.
package struct SpendReport: Report {
    package struct Row: Sendable {
        /// A day, a model's name, a project's folder and so on.
        package var key: String
        /// The session a row stands for, where rows are sessions.
        package var session: SessionID?
        package var project: String?
        package var figures: SpendFigures
    }

    package var grouping: SpendGrouping
    package var period: Period
    package var rows: [Row]
    package var totals: SpendFigures
    /// Largest first.
    package var unpriced: [UnpricedModels.Row]
    /// Parts of logs that could not be read.
    package var skippedLines: Int
    /// Requests through the gateway without an end: what the provider served is unknown, and in no figure.
    package var interruptedRequests: Int
    package var firstCall: Timestamp?
    package var lastCall: Timestamp?
    /// The newest call of all, in or out of the period.
    package var newestCall: Timestamp?
    package var agentsOfUnknownBilling: [Agent]

    package init(
        _ tally: SpendTally,
        period: Period,
        skippedLines: Int = 0,
        interruptedRequests: Int = 0,
        newestCall: Timestamp? = nil
    ) {
        grouping = tally.grouping
        self.period = period
        rows = tally.rows.map { Row($0, $1, of: tally) }
        if grouping.isChronological {
            rows.sort { $0.key < $1.key }
        } else {
            rows.sort { ($1.figures.cost, $0.key) < ($0.figures.cost, $1.key) }
        }
        totals = tally.totals
        unpriced = tally.unpriced.rows
        self.skippedLines = skippedLines
        self.interruptedRequests = interruptedRequests
        firstCall = tally.firstCall
        lastCall = tally.lastCall
        self.newestCall = newestCall ?? tally.lastCall
        agentsOfUnknownBilling = tally.agentsOfUnknownBilling.sorted { $0.rawValue < $1.rawValue }
    }
}

extension SpendReport.Row {
    fileprivate init(_ key: SpendTally.Key, _ figures: SpendFigures, of tally: SpendTally) {
        switch key {
        case .text(let text): self.init(key: text, figures: figures)
        case .session(let id):
            self.init(key: id.name, session: id, project: tally.projects[id], figures: figures)
        case .day(let number):
            let day = Day(number: number)
            switch tally.grouping {
            case .week: self.init(key: day.week, figures: figures)
            case .month: self.init(key: day.month, figures: figures)
            default: self.init(key: day.description, figures: figures)
            }
        }
    }
}
