/// Says, as whole sessions come in, whether a paired difference lies above a margin, below it, or about at it.
///
/// Two of Wald's sequential tests beside each other, as Sobel and Wald (1949) decide among three: one sets no difference
/// against the margin, the other the margin against twice the margin. Their likelihood ratio is that of the mean under
/// its cluster-robust error, so that a session counts for what it is worth; since the error is itself estimated, nothing
/// is said before ``leastClusters``. How often it errs is simulated in its tests.
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
        precondition(margin < 0, "a loss")
        self.margin = margin
        self.bounds = bounds
        self.leastClusters = leastClusters
        self.leastValues = leastValues
    }

    package func answer(to pairs: PairedDifference) -> Answer {
        guard pairs.differences.clusters.count >= leastClusters, pairs.differences.count >= leastValues,
            let error = pairs.cautiousError, error > 0
        else { return .open }
        func test(_ low: Double, _ high: Double) -> SequentialTest.Answer {
            bounds.answer(at: (pairs.guardedMean - (low + high) / 2) * (high - low) / (error * error))
        }
        switch (test(margin, 0), test(2 * margin, margin)) {
        case (.high, _): return .above
        case (_, .low): return .below
        case (.low, .high): return .near
        default: return .open
        }
    }
}
