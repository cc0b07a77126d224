package import Domain

extension SpendReport {
    package var sheet: Table { table }

    package var page: Page {
        guard totals.calls > 0 else { return Page([.text(period.emptyText(newest: newestCall))]) }
        var page = Page([.headline(headline), .table(table)])
        page.blocks += notes
        page.blocks.append(
            .next(command: "suffice optimize\(period.flags)", brings: "what of this could have cost less")
        )
        return page
    }

    private var headline: String {
        let days = period.days(firstCall: firstCall, lastCall: lastCall).map { ", \($0)" } ?? ""
        return "\(totals.cost.dollars) \(totals.billing.noun) by \(grouping.rawValue): \(period.title)\(days)"
    }

    private var table: Table {
        let hasSplit = totals.billing.kinds > 1
        let fields: [Field<Row>] = [
            Field(Table.Column(grouping.rawValue, key: "key", shortening: grouping.shortening)) { Table.Cell($0.key) },
            Field(Table.Column("agent", key: "agent", dropRank: 5)) { Table.Cell($0.session?.agent.rawValue ?? "") }
                .shown(if: grouping == .session),
            Field(Table.Column("project", key: "project", shortening: .middle(atLeast: 12), dropRank: 4)) {
                Table.Cell($0.project ?? "")
            }.shown(if: grouping == .session),
            Field(.figure("calls", key: "calls", dropRank: 2)) { .count($0.figures.calls) },
            Field(.figure("input", key: "inputTokens", dropRank: 6)) { .tokens($0.figures.usage.inputTokens) },
            Field(.figure("output", key: "outputTokens", dropRank: 3)) { $0.figures.outputCell },
            Field(.figure("est. output", key: "estimatedOutputTokens", dropRank: 8)) {
                .tokens($0.figures.estimatedOutputTokens)
            }.shown(if: totals.lowerBoundCalls > 0),
            Field(.figure("cache read", key: "cacheReadTokens", dropRank: 4)) {
                .tokens($0.figures.usage.cacheReadTokens)
            },
            Field(.figure("5m write", key: "cacheWrite5mTokens", dropRank: 10)) {
                .tokens($0.figures.usage.cacheWrite5mTokens)
            }.shown(if: totals.usage.cacheWrite5mTokens > 0),
            Field(.figure("1h write", key: "cacheWrite1hTokens", dropRank: 9)) {
                .tokens($0.figures.usage.cacheWrite1hTokens)
            }.shown(if: totals.usage.cacheWrite1hTokens > 0),
            Field(.figure("api", key: "apiUSD", dropRank: 11)) { .money($0.figures.billing.api) }
                .shown(if: hasSplit && totals.billing.api != .zero),
            Field(.figure("subscription", key: "subscriptionUSD", dropRank: 11)) {
                .money($0.figures.billing.subscription)
            }.shown(if: hasSplit && totals.billing.subscription != .zero),
            Field(.figure("unknown", key: "unknownUSD", dropRank: 11)) { .money($0.figures.billing.unknown) }
                .shown(if: hasSplit && totals.billing.unknown != .zero),
            Field(.figure(totals.billing.noun, key: "costUSD")) { $0.figures.costCell },
            Field(.figure("unpriced calls", key: "unpricedCalls")) { .count($0.figures.unpricedCalls) }
                .shown(if: false),
            Field(.figure("unpriced tokens", key: "unpricedTokens")) { .tokens($0.figures.unpricedTokens) }
                .shown(if: false),
        ]
        return Table(rows, totals: Row(key: "total", figures: totals), fields: fields)
    }

    /// What to know before trusting the figures.
    package var notes: [Page.Block] {
        var notes: [Page.Block] = []
        if !unpriced.isEmpty { notes.append(.warning(unpricedText)) }
        if skippedLines > 0 {
            notes.append(.warning("\(skippedLines.of("line")) of logs could not be read; suffice doctor names them"))
        }
        if interruptedRequests > 0 {
            notes.append(
                .warning(
                    "\(interruptedRequests.of("request")) through the gateway without an end, still running or "
                        + "interrupted: what was billed for them is unknown, and in no figure"
                )
            )
        }
        if totals.lowerBoundCalls > 0 {
            notes.append(
                .note(
                    "≥ is a lower bound: \(totals.lowerBoundCalls.of("call")) logged less output than was billed (Claude "
                        + "Code before 2.1.59, or a reply that broke off); est. output is reckoned from the visible text."
                )
            )
        }
        notes.append(.note("Tokens are measured; money is priced at the list price of each call's day."))
        if let text = totals.billing.explanation(agents: agentsOfUnknownBilling) { notes.append(.note(text)) }
        if grouping == .tool {
            notes.append(.note("A call's figures are split evenly over its tool calls; calls without any are none."))
        }
        return notes
    }

    private var unpricedText: String {
        "unpriced, in no figure of money: \(unpriced.named); give a price with [[price]] in suffice.toml"
    }
}

extension SpendFigures {
    /// Marked where some of it is only a placeholder.
    var outputCell: Table.Cell {
        var cell = Table.Cell.tokens(usage.outputTokens)
        if lowerBoundCalls > 0 { cell.shown = "≥ " + cell.shown }
        return cell
    }

    /// Says when nothing of it could be priced; a sum that leaves calls out is a lower bound.
    package var costCell: Table.Cell {
        guard unpricedTokens > 0 || unpricedCalls > 0 else { return .money(cost) }
        guard cost != .zero else { return Table.Cell("unpriced", exact: cost.decimal, tone: .warning) }
        return Table.Cell("≥ " + cost.dollars, exact: cost.decimal)
    }
}

extension BillingSplit {
    /// What money is called: a bill only where all of it was billed.
    package var noun: String { subscription == .zero && unknown == .zero ? "cost" : "API value" }

    /// How much of the money was really billed; nil where all of it was.
    package func explanation(agents: [Agent]) -> String? {
        guard noun != "cost" else { return nil }
        let keys = agents.map(\.rawValue).joined(separator: ", ")
        let sayOnce = "say so once under [billing] in suffice.toml"
        if unknown == total { return "How it was paid is unknown (\(keys)): \(sayOnce)." }
        if subscription == total { return "All of it ran on a subscription: its API value is no bill." }
        var parts: [String] = []
        if api != .zero { parts.append("\(api.dollars) was billed by the token") }
        if subscription != .zero { parts.append("\(subscription.dollars) ran on a subscription, which is no bill") }
        if unknown != .zero {
            parts.append("how \(unknown.dollars) was paid is unknown (\(keys)): \(sayOnce)")
        }
        return "Of it, " + parts.joined(separator: "; ") + "."
    }
}
