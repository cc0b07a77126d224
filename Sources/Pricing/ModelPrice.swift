package import Domain

/// What a model costs from a day on: every mode it is sold in, every size of prompt.
package struct ModelPrice: Hashable, Sendable {
    package var from: Day
    /// Smallest prompts first; the first band starts at 0.
    package var standard: [PriceBand]
    /// Nil where the provider lists no such price; ``bands(for:isRegional:)`` then answers the standard one.
    package var batch: [PriceBand]?
    package var priority: [PriceBand]?
    package var flex: [PriceBand]?
    /// What Anthropic's `speed: "fast"` multiplies every token by.
    package var fast: Factor?
    /// What `inference_geo: "us"` multiplies every token by.
    package var usOnly: Factor?
    /// What Bedrock's regional endpoints (`us.anthropic.…`) multiply every token by.
    package var regional: Factor?
    /// A search the provider runs, by the request.
    package var webSearch: TokenPrice

    /// Whether the mode has a price of its own; one that has none is billed as standard.
    package func lists(_ mode: ServingMode) -> Bool {
        let listsTier =
            switch mode.serviceTier {
            case .standard: true
            case .batch: batch != nil
            case .priority: priority != nil
            case .flex: flex != nil
            }
        let listsSpeed = !mode.isFast || (mode.serviceTier != .batch && (fast != nil || priority != nil))
        return listsTier && listsSpeed && (!mode.isUSOnly || usOnly != nil)
    }

    /// The bands that bill a request served this way.
    ///
    /// Factors multiply: fast in the US is both. Fast is a synchronous speed, so a batch is never fast; where a model
    /// has a priority price and no factor, fast is that price (Codex's fast tier is OpenAI's priority).
    package func bands(for mode: ServingMode, isRegional: Bool = false) -> [PriceBand] {
        var factor = Factor.one
        var listed: [PriceBand]? =
            switch mode.serviceTier {
            case .standard: standard
            case .batch: batch
            case .priority: priority
            case .flex: flex
            }
        if mode.isFast, mode.serviceTier != .batch {
            if let fast {
                factor = factor * fast
            } else if mode.serviceTier == .standard {
                listed = priority
            }
        }
        if mode.isUSOnly, let usOnly { factor = factor * usOnly }
        if isRegional, let regional { factor = factor * regional }
        let bands = listed ?? standard
        guard factor != .one else { return bands }
        return bands.map { band in
            PriceBand(above: band.above, rates: band.rates.mapped { $0.scaled(by: factor) })
        }
    }
}
