import Domain
package import Evaluation
import Routing
import Statistics

/// A cascade that was found, and what it gives on rows that it was not found from.
package struct CascadeReport: Report {
    package var found: CascadeFitting
    package var notes: [String]

    package init(_ found: CascadeFitting, notes: [String] = []) {
        self.found = found
        self.notes = notes
    }
}

extension CascadeReport {
    private var tried: [ModelID] { found.fitted.cascade.attempts.map(\.model) }

    package var json: JSON {
        [
            "schema": 1, "try": .array(tried.map { .string($0.rawValue) }),
            "last": .string(found.fitted.cascade.last.rawValue),
            "acceptedGains": .array(found.fitted.cascade.attempts.map { .number($0.acceptedGain) }),
            "budgetPer1000USD": per1000(found.budgetUSD), "learnedRows": .integer(found.learnedRows),
            "heldOutRows": .integer(found.heldOutRows), "quality": mean(found.quality) { .figure($0) },
            "costPer1000USD": mean(found.cost, per1000), "escalations": .figure(found.escalations),
            "shares": .object(found.shares.map { (key: $0.model.rawValue, value: .figure($0.share)) }),
            "alone": ["quality": .figure(found.aloneQuality), "costPer1000USD": per1000(found.aloneCost)],
            "notes": .array(notes.map { .string($0) }),
        ]
    }

    private func per1000(_ usd: Double) -> JSON { .money(Money(approximatingUSD: usd * 1000)) }

    private func mean(_ mean: CascadeFitting.Mean, _ json: (Double) -> JSON) -> JSON {
        [
            "value": json(mean.value), "low": mean.interval.map { json($0.low) } ?? .null,
            "high": mean.interval.map { json($0.high) } ?? .null,
        ]
    }

    package var sheet: Table {
        Table(
            found.shares,
            fields: [
                Field(Table.Column("model", key: "model")) { Table.Cell($0.model.rawValue) },
                Field(.figure("share answered", key: "share")) {
                    Table.Cell(($0.share * 100).percent, exact: "\($0.share)")
                },
            ]
        )
    }

    package var page: Page {
        let last = found.fitted.cascade.last
        var page = Page([
            .headline(
                "Mean score \(text(found.quality) { $0.decimals(3) }), \(text(found.cost, dollars)) a thousand requests"
            ),
            .text(
                "\(last) alone scores \(found.aloneQuality.decimals(3)) at \(dollars(found.aloneCost)) a thousand requests."
            ),
            .table(sheet),
            .text(
                "Found on \(found.learnedRows.of("row")) for at most \(dollars(found.budgetUSD)) a thousand requests, measured "
                    + "on \(found.heldOutRows.grouped) others; \(found.escalations.decimals(2)) models are asked beyond the first."
            ),
        ])
        page.blocks += notes.map { .note($0) }
        guard !tried.isEmpty else {
            page.blocks.append(.note("No cascade does better for the money: \(last) alone."))
            return page
        }
        let names = tried.map { "\"\($0)\"" }.joined(separator: ", ")
        page.blocks.append(
            .note(
                "The gateway judges by it once suffice.toml says [routing] cascade = { try = [\(names)] }, for requests to \(last)."
            )
        )
        page.blocks.append(.next(command: "suffice serve --check", brings: "whether the configuration fits it"))
        return page
    }

    private func dollars(_ usd: Double) -> String { Money(approximatingUSD: usd * 1000).dollars }

    private func text(_ mean: CascadeFitting.Mean, _ text: (Double) -> String) -> String {
        guard let interval = mean.interval else { return text(mean.value) }
        return "\(text(mean.value)) [\(text(interval.low)) to \(text(interval.high))]"
    }
}
