package import Domain
import Synchronization

/// What a usage costs on a model on a day.
///
/// Prices are those of the call's day. A call from before a model's first known price (a preview, or a catalogue that
/// was late) is billed at the first one. A model nobody priced is nil, never a default and never zero.
///
/// For more than a few calls ask a ``Pricer``, which remembers what it looked up.
package struct PriceBook: Sendable {
    private let table: PriceTable
    /// What `suffice prices update` added to the table, by name.
    private(set) var updates: [String: ModelRecord] = [:]
    private(set) var overrides: [PriceOverride] = []
    private var looked = Looked()

    /// The catalogue in the binary.
    package static let builtin = PriceBook(table: PriceTable(catalogue))

    init(table: PriceTable) { self.table = table }

    package func cost(
        of usage: Usage,
        on model: ModelID,
        mode: ServingMode = .standard,
        at time: Timestamp
    ) -> Money? {
        var pricer = Pricer(book: self)
        return pricer.cost(of: usage, on: model, mode: mode, at: time)
    }

    /// With earlier billed attempts, each on its own model; nil where one of them is unpriced.
    package func cost(of call: Call) -> Money? {
        var pricer = Pricer(book: self)
        return pricer.cost(of: call)
    }

    /// The price in force on a day.
    package func price(of model: ModelID, on day: Day) -> ModelPrice? {
        priced(model).flatMap { priced in priced.prices.last { $0.from <= day } ?? priced.prices.first }
    }

    /// Every price the model had, has or is announced to have, oldest first.
    package func prices(of model: ModelID) -> [ModelPrice] { priced(model)?.prices ?? [] }

    package func facts(of model: ModelID) -> ModelFacts? { priced(model)?.facts }

    /// Every model the book keeps a price for, sorted.
    package var models: [ModelID] {
        let named = overrides.filter { lookUp($0.model.rawValue) == nil }.map(\.model.rawValue)
        return Set(table.names).union(updates.keys).union(named).sorted().map { ModelID($0) }
    }

    /// The book with a user's own prices, which go before every catalogue's from their day on.
    package func overridden(by own: [PriceOverride]) -> PriceBook {
        changed { $0.overrides += own }
    }

    func updated(by records: [ModelRecord]) -> PriceBook {
        changed { book in
            for record in records {
                book.updates[record.name] = book.updates[record.name]?.updated(by: record) ?? record
            }
        }
    }

    private func changed(_ change: (inout PriceBook) -> Void) -> PriceBook {
        var book = self
        change(&book)
        book.looked = Looked()
        return book
    }
}

/// A model with its prices, and what its logged name asks for beyond them.
struct PricedModel: Sendable {
    var facts: ModelFacts
    /// Oldest first, never empty.
    var prices: [ModelPrice]
    var isFast = false
    var isRegional = false
}

extension PriceBook {
    /// The models looked up so far, those that are unknown too, and the families sorted out so far.
    private final class Looked: Sendable {
        let models = Mutex<[String: PricedModel?]>([:])
        let families = Mutex<[String: [FamilyMember]]>([:])
    }

    /// The models that can stand in for one another, without aliases and models that have no tier.
    func family(named name: String) -> [FamilyMember] {
        if let known = looked.families.withLock({ $0.isEmpty ? nil : $0[name] ?? [] }) { return known }
        let members = models.compactMap { model in
            // `gemini-flash-latest` is no model of its own, a dated name no newer one.
            ModelName.isPlain(model.rawValue) ? priced(model).flatMap { FamilyMember($0) } : nil
        }
        let families = Dictionary(grouping: members) { $0.model.facts.family }
        looked.families.withLock { $0 = families }
        return families[name] ?? []
    }

    func priced(_ model: ModelID) -> PricedModel? {
        if let known = looked.models.withLock({ $0[model.rawValue] }) { return known }
        let found = find(model)
        looked.models.withLock { $0[model.rawValue] = .some(found) }
        return found
    }

    private func find(_ model: ModelID) -> PricedModel? {
        let found = lookUp(model.rawValue)
        let own = overrides.filter { override in
            override.model == model
                || (found != nil && lookUp(override.model.rawValue)?.record.name == found?.record.name)
        }
        guard found != nil || !own.isEmpty else { return nil }
        var record = found?.record ?? ModelRecord(name: model.rawValue)
        for override in own.sorted(by: { $0.from ?? .earliest < $1.from ?? .earliest }) { record.apply(override) }
        let prices = record.quotes.compactMap { $0.completed(provider: record.provider) }
        guard let facts = record.facts, !prices.isEmpty else { return nil }
        let isFast = found?.candidate.isFast ?? false
        // A name that asks for fast service of a model never sold so is some other model.
        if isFast, !prices.contains(where: { $0.lists(ServingMode(isFast: true)) }) { return nil }
        return PricedModel(
            facts: facts,
            prices: prices,
            isFast: isFast,
            isRegional: found?.candidate.isRegional ?? false
        )
    }

    private func lookUp(_ logged: String) -> (record: ModelRecord, candidate: ModelName.Candidate)? {
        if let record = record(named: logged) { return (record, ModelName.Candidate(name: logged)) }
        for candidate in ModelName(logged).candidates {
            if let record = record(named: candidate.name) { return (record, candidate) }
        }
        return nil
    }

    /// What the table and its updates say of a model, overrides apart.
    func record(named name: String) -> ModelRecord? {
        guard let update = updates[name] else { return table.record(named: name) }
        return table.record(named: name)?.updated(by: update) ?? update
    }
}

extension ModelRecord {
    /// A model only its user knows.
    fileprivate init(name: String) {
        self.init(
            name: name,
            provider: "",
            contextWindow: nil,
            maxOutput: nil,
            capabilities: [],
            retired: nil,
            quotes: []
        )
    }

    /// Puts a user's price before all quotes from its day on.
    fileprivate mutating func apply(_ override: PriceOverride) {
        let from = override.from ?? quotes.first?.from ?? .earliest
        let before = quotes.last { $0.from <= from } ?? quotes.first
        let row = PriceQuote.Row(
            input: override.input,
            output: override.output,
            cacheRead: override.cacheRead,
            cacheWrite5m: override.cacheWrite5m,
            cacheWrite1h: override.cacheWrite1h
        )
        quotes.removeAll { $0.from >= from }
        quotes.append(
            PriceQuote(
                from: from,
                rows: [row],
                fast: before?.fast,
                usOnly: before?.usOnly,
                regional: before?.regional,
                webSearch: before?.webSearch
            )
        )
    }
}

extension Day {
    /// Before every log.
    fileprivate static let earliest = Day(number: 0)
}
