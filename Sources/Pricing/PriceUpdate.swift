package import Domain

/// What `suffice prices update` changes: keep ``table`` in the data folder and load it with
/// ``PriceBook/adding(table:)`` from then on.
package struct PriceUpdate: Sendable {
    /// The book with the update in it.
    package var book: PriceBook
    /// Models that are new or cost something else from the day on.
    package var changed: [ModelID]
    /// All updates so far, as text.
    package var table: String
}

extension PriceBook {
    /// Takes in a LiteLLM price file from a day on: models and prices that differ become entries of that day.
    ///
    /// The past is never rewritten, and a model that left the file keeps its last price.
    package func merging(litellm bytes: [UInt8], effectiveFrom day: Day) throws(PricingError) -> PriceUpdate {
        let news = try LiteLLMCatalogue(bytes, from: day).records.compactMap { record in changed(record, on: day) }
        let book = updated(by: news)
        return PriceUpdate(
            book: book,
            changed: news.map { ModelID($0.name) },
            table: PriceTableText.text(of: book.updates.values.sorted { $0.name < $1.name })
        )
    }

    /// The book with updates kept earlier.
    package func adding(table text: String) throws(PricingError) -> PriceBook {
        updated(by: try PriceTableText.records(in: Array(text.utf8)))
    }

    /// The record where it says something new; a factor that a file does not give is not one it takes away.
    private func changed(_ record: ModelRecord, on day: Day) -> ModelRecord? {
        guard var quote = record.quotes.first, quote.completed(provider: record.provider) != nil else { return nil }
        let known = self.record(named: record.name)?.quotes.last { $0.from <= day }
        guard let known else { return record }
        quote.fast = quote.fast ?? known.fast
        quote.usOnly = quote.usOnly ?? known.usOnly
        quote.regional = quote.regional ?? known.regional
        var same = quote
        same.from = known.from
        if same.completed(provider: record.provider) == known.completed(provider: record.provider) { return nil }
        var changed = record
        changed.quotes = [quote]
        return changed
    }
}
