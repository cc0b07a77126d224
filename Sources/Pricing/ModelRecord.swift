import Domain

/// A model as a price table keeps it: facts, and quotes in the order of their days.
struct ModelRecord: Hashable, Sendable {
    var name: String
    var provider: String
    var contextWindow: Int?
    var maxOutput: Int?
    var capabilities: Capabilities
    var retired: Day?
    var quotes: [PriceQuote]

    var facts: ModelFacts? {
        guard let first = quotes.first else { return nil }
        let lineage = Lineage(name: name, provider: provider)
        return ModelFacts(
            model: ModelID(name),
            provider: provider,
            family: lineage.family,
            tier: lineage.tier,
            contextWindow: contextWindow,
            maxOutput: maxOutput,
            capabilities: capabilities,
            availableFrom: first.from,
            retired: retired
        )
    }

    /// This record with what a newer table says of it, and its quotes from their days on.
    ///
    /// Quotes of the past stay; a quote of a day the newer table also quotes gives way to it.
    func updated(by newer: ModelRecord) -> ModelRecord {
        var record = newer
        record.contextWindow = newer.contextWindow ?? contextWindow
        record.maxOutput = newer.maxOutput ?? maxOutput
        record.retired = newer.retired ?? retired
        record.capabilities.formUnion(capabilities)
        let days = Set(newer.quotes.map(\.from))
        record.quotes = (quotes.filter { !days.contains($0.from) } + newer.quotes).sorted { $0.from < $1.from }
        return record
    }
}
