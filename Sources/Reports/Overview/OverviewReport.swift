import Domain

/// The first answer a new user sees: what was spent, what of it is recoverable, and what to do next.
package struct OverviewReport: Report {
    package var spend: SpendReport
    package var optimize: OptimizeReport

    package init(spend: SpendReport, optimize: OptimizeReport) {
        self.spend = spend
        self.optimize = optimize
    }

    package var page: Page {
        guard spend.totals.calls > 0 else {
            return Page([.text(spend.period.emptyText(newest: spend.newestCall))])
        }
        var short = spend
        short.rows = Array(spend.rows.prefix(8))
        var page = Page()
        for block in short.page.blocks {
            if case .next = block { continue }
            page.blocks.append(block)
            if case .table = block, spend.rows.count > short.rows.count {
                page.blocks.append(.note("and \((spend.rows.count - short.rows.count).of("smaller row"))"))
            }
        }
        page.blocks += optimize.summary
        return page
    }

    package var json: JSON { ["schema": 1, "spend": spend.json, "optimize": optimize.json] }

    package var sheet: Table { spend.sheet }
}

extension OptimizeReport {
    /// The findings in a few lines, with the command that shows more.
    fileprivate var summary: [Page.Block] {
        guard callsAnalyzed > 0 else { return [] }
        var blocks: [Page.Block] = [.headline(headline)]
        let width = found.prefix(5).map(\.saving.dollars.count).max() ?? 0
        for kind in found.prefix(5) {
            let dollars = kind.saving.dollars
            let indent = String(repeating: " ", count: width - dollars.count)
            blocks.append(.text("\(indent)\(dollars)  \(kind.kind), \(kind.findings.count.of("finding"))"))
        }
        if found.count > 5 {
            blocks.append(.text("and \((found.count - 5).of("smaller kind")); they overlap and do not add up"))
        }
        blocks.append(.note("Savings are estimates; nothing was re-run."))
        if let knownHeadroom { blocks.append(.note(knownHeadroom)) }
        blocks.append(.next(command: "suffice optimize\(period.flags)", brings: "which work, and what to do about it"))
        return blocks
    }
}
