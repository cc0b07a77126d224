/// The difference of two shares that were measured on the same steps, by session, and what it may be in truth.
///
/// A step counts 1 where only the first side succeeded, -1 where only the second did, else 0. The interval is Tango's for
/// as many trials as the steps are worth by their cluster-robust error (as Rao and Scott, 1992, do for shares, and Yang,
/// Sun and Hardin, Pharmaceutical Statistics 11, 2012, for paired ones), with Student's t of the sessions less one. How
/// often it covers the truth is simulated in its tests.
package struct PairedDifference: Hashable, Sendable {
    package let differences: ClusteredSample
    private let shares: PairedShares

    /// What steps of one session are taken to have in common where the data cannot say.
    package static let assumedCorrelation = 0.1

    /// - Parameter differences: values in -1...1.
    package init(_ differences: ClusteredSample) {
        self.differences = differences
        var shares = PairedShares(onlyFirst: 0, onlySecond: 0, trials: 1)
        for value in differences.clusters.joined() {
            shares.onlyFirst += max(0, value.value) * value.weight
            shares.onlySecond += max(0, -value.value) * value.weight
        }
        if differences.totalWeight > 0 {
            shares.onlyFirst /= differences.totalWeight
            shares.onlySecond /= differences.totalWeight
        }
        shares.trials = differences.trials(ofVariance: shares.variance, assuming: Self.assumedCorrelation)
        self.shares = shares
    }

    /// Nil without a pair.
    package var mean: Double? { differences.mean }

    package func interval(level: Double = 0.95) -> Interval {
        guard differences.clusters.count > 1 else { return Interval(low: -1, high: 1) }
        return shares.interval(reach: differences.distribution.quantile((1 + level) / 2))
    }

    /// How likely so high a difference would be, were the true one at this margin or below it.
    package func pValue(ofAtMost margin: Double) -> Double {
        guard differences.clusters.count > 1 else { return 1 }
        return 1 - differences.distribution.chance(below: shares.score(of: margin))
    }

    /// The shares for looking again and again: worth no more than if steps of a session had in common what is
    /// assumed, and less for few sessions by as much as Student's t is wider.
    ///
    /// Of many looks one finds sessions that happen to agree; an error that believed them would stop there.
    var cautiousShares: PairedShares {
        var shares = shares
        let least = differences.effectiveCount(correlation: max(correlation, PairedDifference.assumedCorrelation))
        let believed = min(shares.trials, least)
        let wider = differences.distribution.quantile(0.975) / 1.959_964
        shares.trials = believed / (wider * wider)
        return shares
    }

    package var correlation: Double { differences.intraclassCorrelation ?? PairedDifference.assumedCorrelation }

    /// How many independent pairs it is worth.
    package var effectiveCount: Double { differences.effectiveCount(correlation: correlation) }

    /// About how many more pairs would bring the interval to one side of a margin, were the difference what it seems.
    ///
    /// Nil where the difference lies so near the margin that no study of this kind would.
    package func pairsNeeded(against margin: Double, level: Double = 0.95, atMost limit: Int = 5000) -> Int? {
        guard let mean, differences.clusters.count > 1 else { return nil }
        let interval = interval(level: level)
        let reach = mean > margin ? mean - interval.low : interval.high - mean
        let distance = abs(mean - margin)
        guard distance > 0 else { return nil }
        let needed = Double(differences.count) * (reach / distance) * (reach / distance)
        guard needed.isFinite, needed <= Double(limit) else { return nil }
        return max(0, Int(needed.rounded(.up)) - differences.count)
    }
}
