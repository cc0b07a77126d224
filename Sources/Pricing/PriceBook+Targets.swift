package import Domain

extension PriceBook {
    /// The cheapest current model of a lower tier of the same family that can serve the calls; nil where there is none
    /// or where it would cost no less.
    ///
    /// Current means priced, and served for two months more as far as its provider announced. "Can serve" is on the safe side: the largest prompt and the
    /// largest output together must fit the window, and an unknown limit fits nothing. Cheapest is by the price, on that
    /// day, of a call with the largest prompt of the needs and the mix that agents' sessions were measured to have:
    /// 97.4% cache reads, 2.2% cache writes, 0.03% input, 0.4% output. So cache prices decide, as they do in the bill,
    /// and a long-context price counts where such prompts are sent. A list price of input and output says little there.
    ///
    /// What else a model must be fit for is asked of each candidate.
    package func downgradeTarget(
        for model: ModelID,
        needs: Needs,
        on day: Day,
        where isFit: (ModelID) -> Bool = { _ in true }
    ) -> ModelID? {
        target(for: model, needs: needs, on: day) { candidate, original in
            candidate.tier < original.tier && isFit(candidate.model.facts.model)
        }
    }

    /// The cheapest current model of the next lower tier of the same family that can serve the calls, as
    /// ``downgradeTarget(for:needs:on:)`` understands it; nil also where the family has no model of that tier.
    package func nextTierTarget(
        for model: ModelID,
        needs: Needs,
        on day: Day,
        where isFit: (ModelID) -> Bool = { _ in true }
    ) -> ModelID? {
        target(for: model, needs: needs, on: day) { candidate, original in
            candidate.tier.rawValue + 1 == original.tier.rawValue && isFit(candidate.model.facts.model)
        }
    }

    /// The models of the families that can serve the calls and are served for two months more, in no order.
    package func ladder(of families: Set<String>, needs: Needs, on day: Day) -> [ModelFacts] {
        families.flatMap { family(named: $0) }.map(\.model.facts).filter { facts in
            facts.isWorthMovingTo(on: day) && facts.serves(needs)
        }
    }

    /// The cheapest current model that is newer than this one and meant for the same work; nil where none is cheaper.
    ///
    /// Opus gives way to a newer Opus and Fable to a newer Fable: within a tier, a different line of models is not taken
    /// for the same one.
    package func sameTierTarget(for model: ModelID, needs: Needs, on day: Day) -> ModelID? {
        target(for: model, needs: needs, on: day) { candidate, original in
            candidate.tier == original.tier && candidate.line == original.line
                && candidate.model.facts.availableFrom > original.model.facts.availableFrom
        }
    }

    private func target(
        for model: ModelID,
        needs: Needs,
        on day: Day,
        where fits: (_ candidate: FamilyMember, _ original: FamilyMember) -> Bool
    ) -> ModelID? {
        guard let original = priced(model).flatMap({ FamilyMember($0) }) else { return nil }
        let usage = needs.representativeUsage
        let cost = original.model.femtoUSD(of: usage, on: day)
        var best: (facts: ModelFacts, cost: Int128)?
        for candidate in family(named: original.model.facts.family) where fits(candidate, original) {
            let facts = candidate.model.facts
            guard facts.isWorthMovingTo(on: day), facts.serves(needs) else { continue }
            let price = candidate.model.femtoUSD(of: usage, on: day)
            guard price < cost else { continue }
            // At the same price the newer model.
            if let best, (best.cost, facts.availableFrom) <= (price, best.facts.availableFrom) { continue }
            best = (facts, price)
        }
        return best?.facts.model
    }
}

/// A model that has a place in its family's tiers.
struct FamilyMember: Sendable {
    var model: PricedModel
    var tier: Tier
    var line: String

    init?(_ model: PricedModel) {
        let lineage = Lineage(name: model.facts.model.rawValue, provider: model.facts.provider)
        guard let tier = lineage.tier else { return nil }
        self.model = model
        self.tier = tier
        line = lineage.line
    }
}

extension PricedModel {
    /// The standard price of a usage on a day.
    fileprivate func femtoUSD(of usage: Usage, on day: Day) -> Int128 {
        guard let price = prices.last(where: { $0.from <= day }) ?? prices.first,
            let band = price.standard.last(where: { $0.above == 0 || $0.above < usage.promptTokens })
        else { return 0 }
        return band.rates.femtoUSD(of: usage)
    }
}

extension ModelFacts {
    /// Served on the day, and not announced to be gone within two months.
    fileprivate func isWorthMovingTo(on day: Day) -> Bool {
        isCurrent(on: day) && isCurrent(on: day.advanced(byDays: 60))
    }

    fileprivate func serves(_ needs: Needs) -> Bool {
        guard let contextWindow, let maxOutput, needs.outputTokens <= maxOutput else { return false }
        let (tokens, overflow) = needs.promptTokens.addingReportingOverflow(needs.outputTokens)
        return !overflow && tokens <= contextWindow && capabilities.isSuperset(of: needs.capabilities)
    }
}

extension Needs {
    /// The measured mix of an agent's calls, at the size of the largest prompt (of 20,000 tokens at least).
    fileprivate var representativeUsage: Usage {
        let prompt = min(max(promptTokens, 20_000), 100_000_000)
        let input = prompt * 3 / 10_000
        let written = prompt * 22 / 1_000
        return Usage(
            inputTokens: input,
            outputTokens: prompt * 4 / 1_000,
            cacheReadTokens: prompt - input - written,
            cacheWrite5mTokens: written
        )
    }
}
