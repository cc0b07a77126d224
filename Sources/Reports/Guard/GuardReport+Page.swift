import Domain

extension GuardReport {
    package var sheet: Table { table }

    package var page: Page {
        var page = Page([.headline(headline), .table(table)])
        page.blocks += notes
        if !allows {
            page.blocks.append(
                .next(
                    command: "suffice optimize\(period.flags)",
                    brings: "what of this could have cost less"
                )
            )
        }
        return page
    }

    private var headline: String {
        "\(state.rawValue): \(figures.calls > 0 ? spentText : "no calls \(period.title)")"
    }

    private var table: Table {
        let fields: [Field<GuardReport>] = [
            Field(Table.Column("state", key: "state")) { Table.Cell($0.state.rawValue, tone: $0.state.tone) },
            Field(.figure("spent", key: "spentUSD")) { Table.Cell($0.shownSpent, exact: $0.spent.decimal) },
            Field(.figure("share", key: "share")) {
                Table.Cell($0.lowerBoundMark + $0.shownShare, exact: "\($0.roundedShare)")
            },
            Field(.figure("remains", key: "remainingUSD")) {
                Table.Cell(($0.unpriced.isEmpty ? "" : "≤ ") + $0.remaining.dollars, exact: $0.remaining.decimal)
            },
            Field(.figure("budget", key: "budgetUSD")) { .money($0.budget.amount) },
            Field(.figure("warns at", key: "warnUSD", dropRank: 2)) { .money($0.budget.warnLine) },
            Field(.figure("stops at", key: "stopUSD", dropRank: 1)) { .money($0.budget.stopLine) },
            Field(.figure("until", key: "until", dropRank: 3)) {
                Table.Cell($0.end, exact: $0.period.window.to?.description ?? "")
            },
            Field(.figure("api", key: "apiUSD")) { .money($0.figures.billing.api) }.shown(if: false),
            Field(.figure("subscription", key: "subscriptionUSD")) { .money($0.figures.billing.subscription) }
                .shown(if: false),
            Field(.figure("unknown", key: "unknownUSD")) { .money($0.figures.billing.unknown) }.shown(if: false),
            Field(.figure("unpriced tokens", key: "unpricedTokens")) { report in
                .tokens(report.unpriced.reduce(0) { $0 + $1.tokens })
            }.shown(if: false),
        ]
        return Table([self], fields: fields)
    }

    private var notes: [Page.Block] {
        guard figures.calls > 0 else {
            let newest = newestCall.map { "The newest call is from \(period.zone.day(of: $0))." }
            return [.note(newest ?? "No log holds any call yet.")]
        }
        var notes: [Page.Block] = []
        if !unpriced.isEmpty {
            let doubt = state == .unknown ? "nobody can tell whether the budget holds" : "more was spent than this"
            notes.append(
                .warning("unpriced: \(unpriced.named); \(doubt) until [[price]] in suffice.toml gives a price")
            )
        }
        if figures.lowerBoundCalls > 0 {
            notes.append(
                .note(
                    "\(figures.lowerBoundCalls.of("call")) logged less output than was billed: more was spent than this."
                )
            )
        }
        if budget.counts == .api, figures.billing.subscription != .zero {
            notes.append(
                .note(
                    "\(figures.billing.subscription.dollars) that a subscription covers is not counted (--billing api)."
                )
            )
        }
        if let text = figures.billing.explanation(agents: agentsOfUnknownBilling) { notes.append(.note(text)) }
        notes.append(.note("Days are those of \(period.zone.name); money is priced at each call's day's list price."))
        return notes
    }
}

extension GuardReport.State {
    fileprivate var tone: Tone {
        switch self {
        case .ok: .good
        case .warn, .stop, .unknown: .warning
        }
    }
}
