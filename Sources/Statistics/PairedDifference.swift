/// The difference of two shares that were measured on the same steps, by session, and what it may be in truth.
///
/// A step counts 1 where only the first side succeeded, -1 where only the second did, else 0. Where few steps differ,
/// their variance says too little: one step of each sign is added, each a cluster of its own, which is Bonett and
/// Price's interval (2012) where every cluster is one step, and its cluster-robust form elsewhere.
package struct PairedDifference: Hashable, Sendable {
    package let differences: ClusteredSample
    private let guarded: ClusteredSample

    /// What steps of one session are taken to have in common where the data cannot say.
    package static let assumedCorrelation = 0.1

    /// - Parameter differences: values in -1...1.
    package init(_ differences: ClusteredSample) {
        self.differences = differences
        let count = Double(max(1, differences.count))
        let weight = differences.totalWeight / count
        var guarded = differences
        for sign in [1.0, -1.0] { guarded.add([ClusteredSample.Value(sign, weight: weight > 0 ? weight : 1)]) }
        self.guarded = guarded
    }

    /// Nil without a pair.
    package var mean: Double? { differences.mean }

    package func interval(level: Double = 0.95) -> Interval {
        guard differences.clusters.count > 1, let interval = guarded.interval(level: level) else {
            return Interval(low: -1, high: 1)
        }
        return Interval(low: max(-1, interval.low), high: min(1, interval.high))
    }

    /// How likely so high a difference would be, were the true one at this margin or below it.
    package func pValue(ofAtMost margin: Double) -> Double {
        guard differences.clusters.count > 1 else { return 1 }
        return guarded.chanceOfMean(atMost: margin) ?? 1
    }

    /// The error of the mean with its guard.
    var standardError: Double? { differences.clusters.count > 1 ? guarded.standardError : nil }

    /// The error of the mean for looking again and again: no smaller than if steps of a session had in common what is
    /// assumed, and wider for few sessions by as much as Student's t is.
    ///
    /// Of many looks one finds sessions that happen to agree; an error that believed them would stop there.
    var cautiousError: Double? {
        guard let standardError else { return nil }
        let count = guarded.effectiveCount(correlation: max(correlation, PairedDifference.assumedCorrelation))
        let mean = guardedMean
        var squares = 0.0
        for cluster in guarded.clusters {
            for value in cluster { squares += value.weight * (value.value - mean) * (value.value - mean) }
        }
        let student = StudentT(degreesOfFreedom: Double(guarded.clusters.count - 1)).quantile(0.975) / 1.959_964
        return max(standardError, (squares / guarded.totalWeight / count).squareRoot()) * student
    }

    var guardedMean: Double { guarded.mean ?? 0 }

    package var correlation: Double { differences.intraclassCorrelation ?? PairedDifference.assumedCorrelation }

    /// How many independent pairs it is worth.
    package var effectiveCount: Double { differences.effectiveCount(correlation: correlation) }

    /// About how many more pairs would bring the interval to one side of a margin, were the difference what it seems.
    ///
    /// Nil where the difference lies so near the margin that no study of this kind would.
    package func pairsNeeded(against margin: Double, level: Double = 0.95, atMost limit: Int = 5000) -> Int? {
        guard let mean, let standardError, differences.count > 0 else { return nil }
        let distance = abs(mean - margin)
        let reach = StudentT(degreesOfFreedom: 1000).quantile((1 + level) / 2) * standardError
        guard distance > 0 else { return nil }
        let needed = Double(differences.count) * (reach / distance) * (reach / distance)
        guard needed.isFinite, needed <= Double(limit) else { return nil }
        return max(0, Int(needed.rounded(.up)) - differences.count)
    }
}
