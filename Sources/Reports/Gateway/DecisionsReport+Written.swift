import Domain
import Pricing

extension DecisionsReport {
    package var json: JSON {
        [
            "schema": 1,
            "window": period.json(firstCall: rows.last?.exchange.intent.time),
            "timezone": .string(period.zone.name),
            "basis": "priced",
            "totals": totals.json,
            "tiers": .array(tiers.map { ["tier": .optional($0.tier?.name)] + $0.figures.json }),
            "firstByteMilliseconds": .array(
                latencies.map {
                    [
                        "model": .string($0.model.rawValue), "replies": .integer($0.milliseconds.count),
                        "p50": .integer($0.milliseconds.p50), "p90": .integer($0.milliseconds.p90),
                        "p99": .integer($0.milliseconds.p99),
                    ]
                }
            ),
            "decisions": .array(rows.map(\.json)),
        ]
    }

    package var page: Page {
        guard totals.requests > 0 else {
            return Page([.text("No request went through the gateway: \(period.title).")])
        }
        return Page([
            .headline("\(totals.requests.of("request")), \(totals.rerouted.grouped) of them rerouted: \(period.title)"),
            .table(sheet), .heading("Tiers"), .table(tierTable), .heading("First byte"), .table(latencyTable),
        ])
    }

    /// The newest requests, one a row.
    package var sheet: Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("time", key: "time")) { row in
                    let time = row.exchange.intent.time
                    return Table.Cell(period.zone.second(of: time), exact: time.description, tone: .dim)
                },
                Field(Table.Column("from", key: "sender", dropRank: 6)) { Table.Cell($0.sender) },
                Field(Table.Column("phase", key: "phase", dropRank: 7)) {
                    Table.Cell($0.exchange.intent.sender.phase?.rawValue ?? "")
                }
                .shown(if: rows.contains { $0.exchange.intent.sender.phase != nil }),
                Field(Table.Column("asked for", key: "requested", dropRank: 3)) { row in
                    let model = row.exchange.intent.decision.requested
                    return Table.Cell(model.short, exact: model.rawValue)
                },
                Field(Table.Column("served by", key: "served", dropRank: 1)) { row in
                    Table.Cell(row.served.short, exact: row.served.rawValue, tone: row.isRerouted ? .strong : .plain)
                },
                Field(Table.Column("would suffice", key: "chosen", dropRank: 5)) { row in
                    let model = row.exchange.intent.decision.chosen
                    return Table.Cell(model.short, exact: model.rawValue, tone: .dim)
                }.shown(if: rows.contains { !$0.exchange.intent.decision.isApplied }),
                Field(Table.Column("why", key: "reason", shortening: .middle(atLeast: 12), dropRank: 2)) {
                    Table.Cell($0.why, exact: $0.exchange.intent.decision.reason.rawValue)
                },
                Field(Table.Column("detail", key: "detail")) { Table.Cell($0.exchange.intent.decision.detail) }
                    .shown(if: false),
                Field(Table.Column("ended", key: "ending", dropRank: 4)) {
                    Table.Cell($0.ending, tone: $0.isFailed ? .warning : .dim)
                },
                Field(.figure("status", key: "status")) {
                    Table.Cell($0.exchange.outcome.map { String($0.status) } ?? "")
                }
                .shown(if: false),
                Field(.figure("first byte", key: "firstByteMilliseconds", dropRank: 8)) { row in
                    row.exchange.outcome?.firstByteMilliseconds.map {
                        Table.Cell("\($0.grouped) ms", exact: String($0))
                    }
                        ?? .empty
                },
                Field(.figure("cached", key: "cacheShare", dropRank: 9)) { row in
                    row.cacheShare.map { .share($0) } ?? .empty
                },
                Field(.figure("cost", key: "costUSD")) { .money($0.figures.cost) },
                Field(.figure("as asked for", key: "counterfactualUSD", dropRank: 5)) {
                    .money($0.figures.counterfactualCost)
                },
            ]
        )
    }

    package var tierTable: Table {
        Table(
            tiers,
            fields: [
                Field(Table.Column("tier", key: "tier")) { Table.Cell($0.tier?.name ?? "unknown") },
                Field(.figure("requests", key: "requests")) { .count($0.figures.requests) },
                Field(.figure("share", key: "share")) {
                    .share(Double($0.figures.requests) / Double(max(1, totals.requests)))
                },
                Field(.figure("cost", key: "costUSD")) { .money($0.figures.cost) },
                Field(.figure("as asked for", key: "counterfactualUSD")) { .money($0.figures.counterfactualCost) },
            ]
        )
    }

    package var latencyTable: Table {
        func field(_ title: String, _ value: @escaping (Quantiles) -> Int) -> Field<LatencyRow> {
            Field(.figure(title, key: title)) { row in
                let time = value(row.milliseconds)
                return Table.Cell("\(time.grouped) ms", exact: String(time))
            }
        }
        return Table(
            latencies,
            fields: [
                Field(Table.Column("model", key: "model")) { Table.Cell($0.model.short, exact: $0.model.rawValue) },
                Field(.figure("replies", key: "replies")) { .count($0.milliseconds.count) },
                field("p50", \.p50), field("p90", \.p90), field("p99", \.p99),
            ]
        )
    }
}

extension DecisionsReport.Row {
    fileprivate var sender: String {
        let sender = exchange.intent.sender
        return sender.app ?? sender.agent?.rawValue ?? ""
    }

    fileprivate var isRerouted: Bool { served != exchange.intent.decision.requested }

    fileprivate var why: String {
        let decision = exchange.intent.decision
        return decision.detail.isEmpty ? decision.reason.rawValue : "\(decision.reason.rawValue): \(decision.detail)"
    }

    fileprivate var ending: String {
        if figures.running > 0 { return "running" }
        guard let outcome = exchange.outcome else { return Exchange.Outcome.Ending.interrupted.rawValue }
        return outcome.ending == .failed ? "failed, \(outcome.status)" : outcome.ending.rawValue
    }

    fileprivate var isFailed: Bool { figures.failed + figures.refused + figures.interrupted > 0 }

    fileprivate var json: JSON {
        let intent = exchange.intent
        let outcome = exchange.outcome
        return [
            "id": .string(intent.id),
            "time": .time(intent.time),
            "app": .optional(intent.sender.app),
            "agent": .optional(intent.sender.agent?.rawValue),
            "project": .optional(intent.sender.project),
            "session": .optional(intent.sender.session),
            "phase": .optional(intent.sender.phase?.rawValue),
            "requested": .string(intent.decision.requested.rawValue),
            "chosen": .string(intent.decision.chosen.rawValue),
            "served": .string(served.rawValue),
            "isApplied": .bool(intent.decision.isApplied),
            "reason": .string(intent.decision.reason.rawValue),
            "detail": .string(intent.decision.detail),
            "upstream": .string(outcome?.upstream ?? intent.upstream),
            "ending": .optional(outcome?.ending.rawValue),
            "status": outcome.map { .integer($0.status) } ?? .null,
            "firstByteMilliseconds": outcome?.firstByteMilliseconds.map { .integer($0) } ?? .null,
            "cacheReadTokens": usage.map { .integer($0.cacheReadTokens) } ?? .null,
            "costUSD": .money(figures.cost),
            "counterfactualUSD": .money(figures.counterfactualCost),
        ]
    }
}
