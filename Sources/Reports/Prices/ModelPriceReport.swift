package import Domain
package import Pricing

/// Everything a model ever cost: by day, by mode, by size of prompt.
package struct ModelPriceReport: Report {
    package var facts: ModelFacts
    /// Oldest first.
    package var prices: [ModelPrice]

    /// Nil for a model nobody priced.
    package init?(_ model: ModelID, in book: PriceBook) {
        guard let facts = book.facts(of: model) else { return nil }
        self.facts = facts
        prices = book.prices(of: model)
    }

    private struct Row {
        var from: Day
        var mode: String
        var band: PriceBand
    }

    private var rows: [Row] {
        prices.flatMap { price in
            price.modes.flatMap { name, bands in bands.map { Row(from: price.from, mode: name, band: $0) } }
        }
    }

    package var page: Page {
        let known = [
            facts.provider, facts.tier?.name,
            facts.contextWindow.map { "\($0.compact) window" },
            facts.maxOutput.map { "\($0.compact) output" },
            facts.retired.map { "retired \($0)" },
        ]
        let line = known.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
        var page = Page([.headline("\(facts.model), US$ per million tokens")])
        if !line.isEmpty { page.blocks.append(.text(line)) }
        page.blocks.append(.table(sheet))
        if let factors { page.blocks.append(.note(factors)) }
        page.blocks.append(.note("A call is priced at its own day. A larger band holds for the whole request."))
        page.blocks.append(.next(command: "suffice spend --by model", brings: "what you spent on it"))
        return page
    }

    private var factors: String? {
        guard let last = prices.last else { return nil }
        let parts = [
            last.fast.map { "fast service costs \($0.text) times as much" },
            last.usOnly.map { "US-only inference \($0.text) times" },
            last.regional.map { "regional endpoints \($0.text) times" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ") + "."
    }

    package var json: JSON {
        ["schema": 1] + facts.json + ["prices": .array(prices.map(\.json))]
    }

    package var sheet: Table {
        Table(
            rows,
            fields: [
                Field(Table.Column("from", key: "from")) { Table.Cell($0.from.description) },
                Field(Table.Column("mode", key: "mode", dropRank: 1)) { Table.Cell($0.mode) },
                Field(.figure("prompt over", key: "abovePromptTokens", dropRank: 5)) { .tokens($0.band.above) },
            ] + ModelPrice.fields { $0.band.rates }
        )
    }
}
