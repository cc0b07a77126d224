package import Domain

/// A price the user states in `suffice.toml`, such as a negotiated one or that of a model no catalogue lists.
///
/// It is the standard price for prompts of every size; kinds left out follow from the input price as the provider
/// bills them. A factor for fast or US-only service stays the catalogue's; other modes have no price of their own.
package struct PriceOverride: Hashable, Sendable {
    package var model: ModelID
    /// Nil holds for all time.
    package var from: Day?
    package var input: TokenPrice
    package var output: TokenPrice
    package var cacheRead: TokenPrice?
    package var cacheWrite5m: TokenPrice?
    package var cacheWrite1h: TokenPrice?

    package init(
        model: ModelID,
        from: Day? = nil,
        input: TokenPrice,
        output: TokenPrice,
        cacheRead: TokenPrice? = nil,
        cacheWrite5m: TokenPrice? = nil,
        cacheWrite1h: TokenPrice? = nil
    ) {
        self.model = model
        self.from = from
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite5m = cacheWrite5m
        self.cacheWrite1h = cacheWrite1h
    }
}
