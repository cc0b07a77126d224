/// Says, as whole sessions come in, whether a paired difference lies above a margin, below it, or about at it.
///
/// Two of Wald's sequential tests beside each other, as Sobel and Wald (1949) decide among three: one sets no difference
/// against the margin, the other the margin against twice the margin. Each ratio is that of the greatest likelihoods the
/// two differences can have, for as many trials as the steps are worth: the likelihood is deflated by the design effect
/// (Rao and Scott, 1992), at least by that of ``PairedDifference/assumedCorrelation``. How often it errs is simulated in
/// its tests, for correlations within sessions up to 0.3.
package struct MarginTest: Hashable, Sendable {
    package enum Answer: String, Hashable, Sendable {
        case open
        case above
        case below
        /// Neither clearly: more of the same would not tell.
        case near
    }

    /// The largest loss that is borne, below 0, such as -0.1.
    package let margin: Double
    package let bounds: SequentialTest.Bounds
    package let leastClusters: Int
    package let leastValues: Int

    package init(
        margin: Double,
        bounds: SequentialTest.Bounds = SequentialTest.Bounds(),
        leastClusters: Int = 10,
        leastValues: Int = 40
    ) {
        precondition(-0.5 < margin && margin < 0, "a loss, and twice as much")
        self.margin = margin
        self.bounds = bounds
        self.leastClusters = leastClusters
        self.leastValues = leastValues
    }

    package func answer(to pairs: PairedDifference) -> Answer {
        guard pairs.differences.clusters.count >= leastClusters, pairs.differences.count >= leastValues else {
            return .open
        }
        let shares = pairs.cautiousShares
        let likelihoods = [2 * margin, margin, 0].map { shares.logLikelihood(of: $0) }
        func test(_ low: Int, _ high: Int) -> SequentialTest.Answer {
            // Where neither can be, as where every step is better, the one that is nearer is taken.
            guard likelihoods[low] > -.infinity || likelihoods[high] > -.infinity else {
                return shares.difference > 0 ? .high : .low
            }
            return bounds.answer(at: likelihoods[high] - likelihoods[low])
        }
        switch (test(1, 2), test(0, 1)) {
        case (.high, _): return .above
        case (_, .low): return .below
        case (.low, .high): return .near
        default: return .open
        }
    }
}
