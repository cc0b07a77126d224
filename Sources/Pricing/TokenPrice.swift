/// What one token costs, in femto-dollars (1e-15 US$): prices are decimals, and no listed one needs a smaller unit.
package struct TokenPrice: Hashable, Sendable, Comparable {
    package var femtoUSD: Int64

    /// Clamped to between nothing and a dollar a token, so that no product of tokens and prices overflows.
    package init(femtoUSD: Int64) { self.femtoUSD = min(max(femtoUSD, 0), 1_000_000_000_000_000) }

    package static let zero = TokenPrice(femtoUSD: 0)

    package static func < (a: TokenPrice, b: TokenPrice) -> Bool { a.femtoUSD < b.femtoUSD }

    /// Reads US$ per million tokens, such as `0.003625`.
    package init?(perMillion text: some StringProtocol) { self.init(bytesPerMillion: text.utf8) }

    init?(bytesPerMillion bytes: some Sequence<UInt8>) {
        guard let value = exactDecimal(bytes, scale: 9), value >= 0 else { return nil }
        self.init(femtoUSD: value)
    }

    /// Reads US$ per token, such as `5e-06`.
    package init?(perToken text: some StringProtocol) {
        guard let value = exactDecimal(text.utf8, scale: 15), value >= 0 else { return nil }
        self.init(femtoUSD: value)
    }

    /// The price a person typed as a number of US$ per million tokens, exactly as typed.
    package init?(perMillion dollars: Double) { self.init(perMillion: "\(dollars)") }

    /// US$ per million tokens as an exact decimal, such as `0.25`.
    package var perMillionText: String { decimalText(femtoUSD, scale: 9) }

    func scaled(by factor: Factor) -> TokenPrice {
        TokenPrice(femtoUSD: scaledHalfEven(femtoUSD, by: factor.millionths, over: 1_000_000))
    }

    func scaled(by numerator: TokenPrice, over denominator: TokenPrice) -> TokenPrice {
        guard denominator.femtoUSD > 0 else { return self }
        return TokenPrice(femtoUSD: scaledHalfEven(femtoUSD, by: numerator.femtoUSD, over: denominator.femtoUSD))
    }
}

/// What a mode multiplies prices by, such as 1.1 for inference in the US only; exact to a millionth.
package struct Factor: Hashable, Sendable {
    package var millionths: Int64

    package init(millionths: Int64) { self.millionths = min(max(millionths, 0), 1_000_000_000) }

    package init?(_ text: some StringProtocol) { self.init(bytes: text.utf8) }

    init?(bytes: some Sequence<UInt8>) {
        guard let value = exactDecimal(bytes, scale: 6), value > 0 else { return nil }
        self.init(millionths: value)
    }

    package static let one = Factor(millionths: 1_000_000)

    package static func * (a: Factor, b: Factor) -> Factor {
        Factor(millionths: scaledHalfEven(a.millionths, by: b.millionths, over: 1_000_000))
    }

    package var text: String { decimalText(millionths, scale: 6) }
}
