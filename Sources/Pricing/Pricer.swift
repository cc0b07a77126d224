package import Domain

/// Prices many calls: what a model costs in a mode is worked out once and remembered.
package struct Pricer: Sendable {
    package let book: PriceBook
    /// The prices of all slots, one after the other; see ``Slot``.
    private var prices: [Price] = []
    private var slots: [Slot] = []
    private var last = 0
    /// Where the slots are that a short walk does not find.
    private var index: [Key: Int] = [:]

    package init(book: PriceBook) { self.book = book }

    /// Nil where the model has no known price.
    package mutating func cost(
        of usage: Usage,
        on model: ModelID,
        mode: ServingMode = .standard,
        at time: Timestamp
    ) -> Money? {
        let slot = slot(for: Key(model: model, mode: mode))
        return femtoUSD(of: usage, in: slot, at: time).map { Money(femtoUSD: $0) }
    }

    /// With earlier billed attempts, each on its own model; nil where one of them is unpriced.
    package mutating func cost(of call: Call) -> Money? {
        let slot = slot(for: Key(model: call.model, mode: call.mode))
        guard var sum = femtoUSD(of: call.usage, in: slot, at: call.time) else { return nil }
        for attempt in call.earlierAttempts where attempt.usage != .zero {
            let slot = self.slot(for: Key(model: attempt.model, mode: call.mode))
            guard let cost = femtoUSD(of: attempt.usage, in: slot, at: call.time) else { return nil }
            sum += cost
        }
        return Money(femtoUSD: sum)
    }

    /// What a token of each kind costs in a request of this usage: a long prompt has dearer ones.
    ///
    /// Nil where the model has no known price.
    package mutating func rates(
        for usage: Usage,
        on model: ModelID,
        mode: ServingMode = .standard,
        at time: Timestamp
    ) -> Rates? {
        let slot = slot(for: Key(model: model, mode: mode))
        return price(of: usage.billedPromptTokens, in: slot, at: time)?.rates
    }

    /// The cost of a usage as if its prompt were short: without what a provider adds for long ones.
    package mutating func costWithoutLongContext(
        of usage: Usage,
        on model: ModelID,
        mode: ServingMode = .standard,
        at time: Timestamp
    ) -> Money? {
        let slot = slot(for: Key(model: model, mode: mode))
        guard let price = price(of: 0, in: slot, at: time) else { return nil }
        return Money(femtoUSD: price.femtoUSD(of: usage))
    }
}

extension Pricer {
    private struct Key: Hashable {
        var model: ModelID
        var mode: ServingMode
    }

    /// A model in a mode, and where its prices stand: the first that fits a call bills it; none where it is unpriced.
    private struct Slot {
        var key: Key
        var prices: Range<Int>
    }

    /// What bills the calls from a time on whose prompt passes a size.
    private struct Price {
        var from: Timestamp
        var above: Int
        var rates: Rates
        var webSearch: TokenPrice

        func femtoUSD(of usage: Usage) -> Int128 {
            rates.femtoUSD(of: usage) + product(usage.webSearchRequests, webSearch)
        }
    }

    private func femtoUSD(of usage: Usage, in slot: Int, at time: Timestamp) -> Int128? {
        price(of: usage.billedPromptTokens, in: slot, at: time)?.femtoUSD(of: usage)
    }

    private func price(of prompt: Int, in slot: Int, at time: Timestamp) -> Price? {
        for at in slots[slot].prices where prices[at].from <= time && prices[at].above < prompt { return prices[at] }
        return nil
    }

    /// The slot of a model in a mode; calls come in runs of few models, so a walk beats a hash.
    private mutating func slot(for key: Key) -> Int {
        if last < slots.count, slots[last].key == key { return last }
        for near in 0..<min(slots.count, 8) where slots[near].key == key {
            last = near
            return near
        }
        last = index[key] ?? fill(key)
        return last
    }

    private mutating func fill(_ key: Key) -> Int {
        let start = prices.count
        if let model = book.priced(key.model) { append(model, mode: key.mode) }
        slots.append(Slot(key: key, prices: start..<prices.count))
        index[key] = slots.count - 1
        return slots.count - 1
    }

    /// Newest first, and of one day the largest prompts first; the first known price also bills what came before it.
    private mutating func append(_ model: PricedModel, mode: ServingMode) {
        var mode = mode
        if model.isFast { mode.isFast = true }
        for (age, price) in model.prices.enumerated().reversed() {
            for band in price.bands(for: mode, isRegional: model.isRegional).reversed() {
                prices.append(
                    Price(
                        from: age == 0 ? Timestamp(milliseconds: .min) : price.from.start,
                        above: band.above == 0 ? -1 : band.above,
                        rates: band.rates,
                        webSearch: price.webSearch
                    )
                )
            }
        }
    }
}

extension Usage {
    /// The whole prompt, as ``promptTokens``, for counts that may be negative or overflow.
    fileprivate var billedPromptTokens: Int {
        func saturated(_ a: Int, _ b: Int) -> Int {
            let (sum, overflow) = max(a, 0).addingReportingOverflow(max(b, 0))
            return overflow ? .max : sum
        }
        return saturated(
            saturated(inputTokens, cacheReadTokens),
            saturated(cacheWrite5mTokens, cacheWrite1hTokens)
        )
    }
}

extension Rates {
    /// What tokens of these kinds cost, rounded once; searches apart.
    package func cost(of usage: Usage) -> Money { Money(femtoUSD: femtoUSD(of: usage)) }
}

extension Money {
    /// Rounds half to even, and saturates.
    fileprivate init(femtoUSD: Int128) { self.init(nanoUSD: roundedHalfEven(femtoUSD, over: 1_000_000)) }
}
