import Domain

extension Money {
    /// A cent: what a claim saves less than is not worth a line of a list.
    static let smallChange = Money(nanoUSD: 10_000_000)
}
