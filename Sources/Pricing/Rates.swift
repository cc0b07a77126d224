import Domain

/// What a token of each kind costs.
package struct Rates: Hashable, Sendable {
    package var input: TokenPrice
    package var output: TokenPrice
    package var cacheRead: TokenPrice
    /// The provider's short cache entry: five minutes, or OpenAI's thirty.
    package var cacheWrite5m: TokenPrice
    /// The provider's long cache entry: an hour, or OpenAI's twelve.
    package var cacheWrite1h: TokenPrice

    package init(
        input: TokenPrice,
        output: TokenPrice,
        cacheRead: TokenPrice,
        cacheWrite5m: TokenPrice,
        cacheWrite1h: TokenPrice
    ) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite5m = cacheWrite5m
        self.cacheWrite1h = cacheWrite1h
    }

    func mapped(_ change: (TokenPrice) -> TokenPrice) -> Rates {
        Rates(
            input: change(input),
            output: change(output),
            cacheRead: change(cacheRead),
            cacheWrite5m: change(cacheWrite5m),
            cacheWrite1h: change(cacheWrite1h)
        )
    }

    /// The exact cost of the tokens in femto-dollars.
    @inline(__always)
    func femtoUSD(of usage: Usage) -> Int128 {
        product(usage.inputTokens, input) + product(usage.outputTokens, output)
            + product(usage.cacheReadTokens, cacheRead) + product(usage.cacheWrite5mTokens, cacheWrite5m)
            + product(usage.cacheWrite1hTokens, cacheWrite1h)
    }
}

/// What so many of something cost in femto-dollars; a negative count, which only a broken log has, costs nothing.
@inline(__always)
func product(_ count: Int, _ price: TokenPrice) -> Int128 {
    guard count > 0 else { return 0 }
    let (small, overflow) = Int64(count).multipliedReportingOverflow(by: price.femtoUSD)
    return overflow ? Int128(count) * Int128(price.femtoUSD) : Int128(small)
}

/// The rates of a whole request once its prompt passes a size.
package struct PriceBand: Hashable, Sendable {
    /// Prompt tokens (input, cache reads and cache writes together) above which the rates hold; 0 for the first band.
    package var above: Int
    package var rates: Rates

    package init(above: Int = 0, rates: Rates) {
        self.above = above
        self.rates = rates
    }
}
