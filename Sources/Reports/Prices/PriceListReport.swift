package import Domain
package import Pricing

/// What every known model costs on a day, per million tokens.
package struct PriceListReport: Report {
    package struct Row: Sendable {
        package var facts: ModelFacts
        package var price: ModelPrice
    }

    package var day: Day
    package var rows: [Row]
    /// Retired models that were left out; their prices still hold for calls of their days.
    package var retired: Int

    /// Lists the models an agent can be given on the day, or all that ever had a price; with a part of a name, in any
    /// case, only those that have it in theirs.
    package init(_ prices: PriceBook, on day: Day, naming name: String? = nil, all: Bool) {
        self.day = day
        rows = []
        retired = 0
        for model in prices.models {
            if let name, !model.rawValue.lowercased().contains(name.lowercased()) { continue }
            guard let facts = prices.facts(of: model), let price = prices.price(of: model, on: day) else { continue }
            if all || (facts.isCurrent(on: day) && facts.tier != nil) {
                rows.append(Row(facts: facts, price: price))
            } else {
                retired += 1
            }
        }
        rows.sort { ($0.facts.provider, $0.facts.model) < ($1.facts.provider, $1.facts.model) }
    }

    package var page: Page {
        var page = Page([.headline("\(rows.count.of("model")) on \(day), US$ per million tokens"), .table(sheet)])
        if retired > 0 {
            page.blocks.append(
                .note("\(retired.of("model")) retired or of no use to an agent not shown; --all shows all.")
            )
        }
        if let first = rows.first {
            page.blocks.append(
                .next(command: "suffice prices show \(first.facts.model)", brings: "every price it had, and its modes")
            )
        }
        return page
    }

    package var json: JSON {
        [
            "schema": 1,
            "day": .string(day.description),
            "models": .array(rows.map { $0.facts.json + $0.price.json }),
        ]
    }

    package var sheet: Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("model", key: "model", shortening: .middle(atLeast: 18))) {
                    Table.Cell($0.facts.model.rawValue)
                },
                Field(Table.Column("provider", key: "provider", dropRank: 7)) { Table.Cell($0.facts.provider) },
                Field(Table.Column("tier", key: "tier", dropRank: 6)) { Table.Cell($0.facts.tier?.name ?? "") },
            ] + ModelPrice.fields { $0.price.base }
                + [
                    Field(Table.Column("from", key: "from", dropRank: 8)) { Table.Cell($0.price.from.description) },
                    Field(Table.Column("retired", key: "retired", dropRank: 9)) {
                        Table.Cell($0.facts.retired?.description ?? "")
                    },
                ]
        )
    }
}

extension ModelPrice {
    /// The price of an ordinary request: standard service, a prompt of usual size.
    var base: Rates? { standard.first?.rates }

    static func fields<Row>(_ rates: @escaping (Row) -> Rates?) -> [Field<Row>] {
        func field(
            _ title: String,
            _ key: String,
            rank: Int,
            _ price: @escaping (Rates) -> TokenPrice
        ) -> Field<Row> {
            Field(.figure(title, key: key, dropRank: rank)) { row in
                Table.Cell(rates(row).map { price($0).perMillionText } ?? "")
            }
        }
        return [
            field("input", "inputUSDPerMillion", rank: 0, \.input),
            field("output", "outputUSDPerMillion", rank: 0, \.output),
            field("cache read", "cacheReadUSDPerMillion", rank: 2, \.cacheRead),
            field("5m write", "cacheWrite5mUSDPerMillion", rank: 4, \.cacheWrite5m),
            field("1h write", "cacheWrite1hUSDPerMillion", rank: 3, \.cacheWrite1h),
        ]
    }

    var json: JSON {
        var json: JSON = ["from": .string(from.description)]
        for (name, bands) in modes {
            json = json + .object([(key: name, value: .array(bands.map(\.json)))])
        }
        for (name, factor) in [("fastFactor", fast), ("usOnlyFactor", usOnly), ("regionalFactor", regional)] {
            if let factor { json = json + .object([(key: name, value: .exact(factor.text))]) }
        }
        return json + ["webSearchUSD": .exact(webSearch.perRequestText)]
    }

    var modes: [(name: String, bands: [PriceBand])] {
        [("standard", standard), ("batch", batch), ("priority", priority), ("flex", flex)].compactMap { name, bands in
            bands.map { (name, $0) }
        }
    }
}

extension PriceBand {
    fileprivate var json: JSON {
        [
            "abovePromptTokens": .integer(above),
            "inputUSDPerMillion": .exact(rates.input.perMillionText),
            "outputUSDPerMillion": .exact(rates.output.perMillionText),
            "cacheReadUSDPerMillion": .exact(rates.cacheRead.perMillionText),
            "cacheWrite5mUSDPerMillion": .exact(rates.cacheWrite5m.perMillionText),
            "cacheWrite1hUSDPerMillion": .exact(rates.cacheWrite1h.perMillionText),
        ]
    }
}

extension TokenPrice {
    /// The price of one of what is billed by the piece: the unit is a dollar's 1e-15.
    fileprivate var perRequestText: String { Money(nanoUSD: femtoUSD / 1_000_000).decimal }
}

extension Tier {
    var name: String {
        switch self {
        case .cheap: "cheap"
        case .balanced: "balanced"
        case .frontier: "frontier"
        }
    }
}

extension ModelFacts {
    var json: JSON {
        [
            "model": .string(model.rawValue),
            "provider": .string(provider),
            "family": .string(family),
            "tier": .optional(tier?.name),
            "contextWindow": contextWindow.map { .integer($0) } ?? .null,
            "maxOutput": maxOutput.map { .integer($0) } ?? .null,
            "availableFrom": .string(availableFrom.description),
            "retired": .optional(retired?.description),
        ]
    }
}
