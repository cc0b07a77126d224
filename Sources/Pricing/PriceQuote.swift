import Domain

/// What a catalogue says of a model's price from a day on, with the gaps that catalogues have.
struct PriceQuote: Hashable, Sendable {
    /// One mode and prompt size; nil where the catalogue says nothing.
    struct Row: Hashable, Sendable {
        var tier: ServingMode.ServiceTier = .standard
        var above: Int = 0
        var input: TokenPrice?
        var output: TokenPrice?
        var cacheRead: TokenPrice?
        var cacheWrite5m: TokenPrice?
        var cacheWrite1h: TokenPrice?

        var isEmpty: Bool {
            input == nil && output == nil && cacheRead == nil && cacheWrite5m == nil && cacheWrite1h == nil
        }
    }

    var from: Day
    /// Ordered by tier, then by size.
    var rows: [Row]
    var fast: Factor?
    var usOnly: Factor?
    var regional: Factor?
    /// A search the provider runs, by the request.
    var webSearch: TokenPrice?
}

extension PriceQuote {
    /// The price with its gaps filled the way providers bill, or nil without a standard input and output price.
    ///
    /// - A cache read without a price is billed as input; so is a cache write, except Anthropic's: 1.25 times input for
    ///   five minutes, twice input for an hour. A long cache entry costs twice a short one where only that is listed.
    /// - A larger band keeps the proportions of the first one.
    /// - Anthropic's batches are half price. A listed batch or flex price keeps its share of standard in kinds and bands
    ///   it does not list; priority does so within the first band, and beyond that is served, and billed, as standard.
    func completed(provider: String) -> ModelPrice? {
        guard let standard = standardBands(isAnthropic: provider == "anthropic") else { return nil }
        let hasBatches = rows.contains { $0.tier == .batch }
        return ModelPrice(
            from: from,
            standard: standard,
            batch: provider == "anthropic" && !hasBatches ? halved(standard) : bands(of: .batch, from: standard),
            priority: bands(of: .priority, from: standard),
            flex: bands(of: .flex, from: standard),
            fast: fast,
            usOnly: usOnly,
            regional: regional,
            webSearch: webSearch ?? (provider == "anthropic" || provider == "openai" ? .tenDollarsAThousand : .zero)
        )
    }

    private func standardBands(isAnthropic: Bool) -> [PriceBand]? {
        let listed = rows.filter { $0.tier == .standard }.sorted { $0.above < $1.above }
        guard let first = listed.first, first.above == 0, let input = first.input, let output = first.output else {
            return nil
        }
        let short = first.cacheWrite5m ?? (isAnthropic ? input.scaled(by: .fiveMinutes) : input)
        let long =
            isAnthropic ? input.scaled(by: .twice) : first.cacheWrite5m.map { $0.scaled(by: .twice) } ?? input
        let base = Rates(
            input: input,
            output: output,
            cacheRead: first.cacheRead ?? input,
            cacheWrite5m: short,
            cacheWrite1h: first.cacheWrite1h ?? long
        )
        var bands = [PriceBand(rates: base)]
        for row in listed.dropFirst() {
            let larger = row.input ?? base.input
            bands.append(PriceBand(above: row.above, rates: row.filled(from: base, as: larger, over: base.input)))
        }
        return bands
    }

    private func bands(of tier: ServingMode.ServiceTier, from standard: [PriceBand]) -> [PriceBand]? {
        let listed = rows.filter { $0.tier == tier }
        guard let first = listed.first(where: { $0.above == 0 }), let input = first.input, let base = standard.first
        else { return nil }
        let sizes = Set(standard.map(\.above)).union(listed.map(\.above)).sorted()
        return sizes.map { size in
            let row = listed.first { $0.above == size }
            let usual = standard.last { $0.above <= size } ?? base
            guard let row else {
                let isServed = tier != .priority || size == 0
                let rates = isServed ? usual.rates.mapped { $0.scaled(by: input, over: base.rates.input) } : usual.rates
                return PriceBand(above: size, rates: rates)
            }
            let larger = row.input ?? input
            return PriceBand(above: size, rates: row.filled(from: usual.rates, as: larger, over: usual.rates.input))
        }
    }

    private func halved(_ bands: [PriceBand]) -> [PriceBand] {
        bands.map { band in PriceBand(above: band.above, rates: band.rates.mapped { $0.scaled(by: .half) }) }
    }
}

extension PriceQuote {
    /// Takes over what only another quote of the same day says.
    mutating func fill(from other: PriceQuote) {
        fast = fast ?? other.fast
        usOnly = usOnly ?? other.usOnly
        regional = regional ?? other.regional
        webSearch = webSearch ?? other.webSearch
        for row in other.rows {
            guard let index = rows.firstIndex(where: { $0.tier == row.tier && $0.above == row.above }) else {
                rows.append(row)
                continue
            }
            rows[index].input = rows[index].input ?? row.input
            rows[index].output = rows[index].output ?? row.output
            rows[index].cacheRead = rows[index].cacheRead ?? row.cacheRead
            rows[index].cacheWrite5m = rows[index].cacheWrite5m ?? row.cacheWrite5m
            rows[index].cacheWrite1h = rows[index].cacheWrite1h ?? row.cacheWrite1h
        }
        rows.sort { ($0.tier.rawValue, $0.above) < ($1.tier.rawValue, $1.above) }
    }
}

extension PriceQuote.Row {
    /// The row's rates, those it lacks taken from others in the proportion of two input prices.
    fileprivate func filled(from rates: Rates, as input: TokenPrice, over usual: TokenPrice) -> Rates {
        let proportional = rates.mapped { $0.scaled(by: input, over: usual) }
        return Rates(
            input: self.input ?? proportional.input,
            output: output ?? proportional.output,
            cacheRead: cacheRead ?? proportional.cacheRead,
            cacheWrite5m: cacheWrite5m ?? proportional.cacheWrite5m,
            cacheWrite1h: cacheWrite1h ?? proportional.cacheWrite1h
        )
    }
}

extension Factor {
    fileprivate static let half = Factor(millionths: 500_000)
    fileprivate static let twice = Factor(millionths: 2_000_000)
    /// Anthropic's five-minute cache write over its input price.
    fileprivate static let fiveMinutes = Factor(millionths: 1_250_000)
}

extension TokenPrice {
    /// A search at Anthropic and OpenAI.
    fileprivate static let tenDollarsAThousand = TokenPrice(femtoUSD: 10_000_000_000_000)
}
