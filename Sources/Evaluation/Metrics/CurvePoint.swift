/// What routing comes to at one position of its dial.
package struct CurvePoint: Hashable, Sendable {
    /// The mean cost of a request: in US$, or as a share of calls to the stronger model where costs are unknown.
    package var cost: Double
    /// The mean score of a request, 0...1.
    package var quality: Double

    package init(cost: Double, quality: Double) {
        self.cost = cost
        self.quality = quality
    }
}

/// A way to route that was tried on prompts whose outcomes are known.
protocol RoutedCurve: Sendable {
    /// A point for every position of its dial, from the cheapest on; each prompt counts as often as its weight says.
    func points(weights: [Double]) -> [CurvePoint]
}
