import Domain

extension UpstreamsReport {
    package var json: JSON {
        [
            "schema": 1,
            "upstreams": .array(rows.map(\.json)),
            "budgets": .array(
                budgets.map {
                    [
                        "scope": .string($0.scope), "window": .string($0.window), "limitUSD": .money($0.limit),
                        "spentUSD": .money($0.spent), "resets": $0.resets.map { .time($0) } ?? .null,
                    ]
                }
            ),
            "failures": .array(
                failures.map {
                    [
                        "upstream": .string($0.failure.upstream), "ending": .string($0.failure.ending.rawValue),
                        "status": .integer($0.failure.status), "count": .integer($0.count), "last": .time($0.last),
                    ]
                }
            ),
        ]
    }

    package var sheet: Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("upstream", key: "upstream")) { Table.Cell($0.name) },
                Field(Table.Column("address", key: "url", shortening: .middle(atLeast: 14), dropRank: 7)) {
                    Table.Cell($0.url ?? "", tone: .dim)
                },
                Field(Table.Column("state", key: "state")) { Table.Cell($0.state, tone: $0.tone) },
                Field(.figure("requests", key: "requests", dropRank: 2)) { .count($0.requests) },
                Field(.figure("failed", key: "failed", dropRank: 3)) { .count($0.failed) },
                Field(.figure("first byte p50", key: "firstByteP50", dropRank: 4)) { $0.firstBytes.map(\.p50).cell },
                Field(.figure("p99", key: "firstByteP99", dropRank: 8)) { $0.firstBytes.map(\.p99).cell },
                Field(Table.Column("last reply", key: "lastReply", dropRank: 5)) { cell($0.lastReply) },
                Field(Table.Column("last failure", key: "lastFailure", dropRank: 6)) { cell($0.lastFailure) },
            ]
        )
    }

    package var budgetTable: Table {
        Table(
            budgets,
            fields: [
                Field(Table.Column("budget", key: "scope")) { Table.Cell($0.scope) },
                Field(Table.Column("a", key: "window", dropRank: 3)) { Table.Cell($0.window) },
                Field(.figure("spent", key: "spentUSD")) {
                    .money($0.spent, tone: $0.spent >= $0.limit ? .warning : .plain)
                },
                Field(.figure("limit", key: "limitUSD")) { .money($0.limit) },
                Field(.figure("used", key: "share", dropRank: 1)) {
                    $0.spent.share(of: $0.limit).map { .share($0 / 100) } ?? .empty
                },
                Field(Table.Column("starts anew", key: "resets", dropRank: 4)) { cell($0.resets) },
            ]
        )
    }

    package var failureTable: Table {
        Table(
            failures,
            fields: [
                Field(Table.Column("upstream", key: "upstream", dropRank: 3)) { Table.Cell($0.failure.upstream) },
                Field(Table.Column("what happened", key: "ending")) { Table.Cell($0.failure.ending.rawValue) },
                Field(.figure("status", key: "status")) { Table.Cell(String($0.failure.status)) },
                Field(.figure("times", key: "count")) { .count($0.count) },
                Field(Table.Column("last", key: "last", dropRank: 4)) { cell($0.last) },
            ]
        )
    }

    package var page: Page {
        var page = Page([.headline("\(rows.count.of("upstream")): \(period.title)"), .table(sheet)])
        if !budgets.isEmpty { page.blocks += [.heading("Budgets"), .table(budgetTable)] }
        if !failures.isEmpty { page.blocks += [.heading("Errors"), .table(failureTable)] }
        return page
    }

    private func cell(_ time: Timestamp?) -> Table.Cell {
        time.map { Table.Cell(period.zone.minute(of: $0), exact: $0.description) } ?? .empty
    }
}

extension UpstreamsReport.Row {
    /// In words: only what was seen, since nothing is sent to an upstream to try it.
    fileprivate var state: String {
        if failedInARow > 0 { return failedInARow == 1 ? "last request failed" : "last \(failedInARow) failed" }
        return lastReply == nil ? "not used yet" : "answering"
    }

    fileprivate var tone: Tone { failedInARow > 0 ? .warning : lastReply == nil ? .dim : .good }

    fileprivate var json: JSON {
        [
            "upstream": .string(name),
            "url": .optional(url),
            "state": .string(state),
            "requests": .integer(requests),
            "failed": .integer(failed),
            "failedInARow": .integer(failedInARow),
            "firstByteP50": firstBytes.map { .integer($0.p50) } ?? .null,
            "firstByteP99": firstBytes.map { .integer($0.p99) } ?? .null,
            "lastReply": lastReply.map { .time($0) } ?? .null,
            "lastFailure": lastFailure.map { .time($0) } ?? .null,
        ]
    }
}

extension Int? {
    fileprivate var cell: Table.Cell { map { Table.Cell("\($0.grouped) ms", exact: String($0)) } ?? .empty }
}
