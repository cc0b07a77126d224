/// Measurements that come in clusters, here of sessions: what lies within one hangs together.
///
/// Forty steps of five sessions are not forty measurements. The error of the mean is the cluster-robust one (Liang and
/// Zeger, 1986; with G/(G-1) for few clusters).
package struct ClusteredSample: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        package var value: Double
        /// How many of the population it stands for; above 0.
        package var weight: Double

        package init(_ value: Double, weight: Double = 1) {
            self.value = value
            self.weight = weight
        }
    }

    /// None is empty.
    package private(set) var clusters: [[Value]] = []
    package private(set) var count = 0
    package private(set) var totalWeight = 0.0
    private var weightedSum = 0.0

    package init(_ clusters: [[Value]] = []) {
        for cluster in clusters { add(cluster) }
    }

    package mutating func add(_ cluster: [Value]) {
        guard !cluster.isEmpty else { return }
        clusters.append(cluster)
        count += cluster.count
        for value in cluster {
            totalWeight += value.weight
            weightedSum += value.value * value.weight
        }
    }

    /// Nil without a value.
    package var mean: Double? { totalWeight > 0 ? weightedSum / totalWeight : nil }

    /// Nil of fewer than two clusters, of which nothing is known.
    package var standardError: Double? {
        guard clusters.count > 1, let mean else { return nil }
        let squares = clusters.reduce(0.0) { sum, cluster in
            let score = cluster.reduce(0.0) { $0 + $1.weight * ($1.value - mean) }
            return sum + score * score
        }
        let count = Double(clusters.count)
        return (squares * count / (count - 1)).squareRoot() / totalWeight
    }

    /// How far the mean strays in units of its error.
    var distribution: StudentT { StudentT(degreesOfFreedom: Double(max(1, clusters.count - 1))) }

    /// How many independent trials of a variance would have as large an error as the mean has.
    ///
    /// Where nothing varies the error says nothing, and a correlation within clusters is assumed instead. Few clusters
    /// may cancel out by chance: no more is believed than five times the values there are.
    func trials(ofVariance variance: Double, assuming correlation: Double) -> Double {
        let error = standardError ?? 0
        guard variance > 0 else { return max(1, effectiveCount(correlation: correlation)) }
        return max(1, min(variance / (error * error), 5 * Double(count)))
    }
}

extension ClusteredSample {
    /// Where the share lies of which values of 0 and 1 are the mean; 95% unless another level is given.
    ///
    /// Wilson's interval for as many trials as the values are worth by their cluster-robust error (Rao and Scott, 1992),
    /// with Student's t of the clusters less one (Korn and Graubard, 1998). Of fewer than two clusters nothing is known.
    package func shareInterval(level: Double = 0.95) -> Interval {
        guard let mean, clusters.count > 1 else { return Interval(low: 0, high: 1) }
        let trials = trials(ofVariance: mean * (1 - mean), assuming: PairedDifference.assumedCorrelation)
        return Interval.wilson(share: mean, trials: trials, z: distribution.quantile((1 + level) / 2))
    }
}

extension ClusteredSample {
    /// The share of the variance that lies between clusters, in 0...1, by analysis of variance (Fisher); weights aside.
    ///
    /// Nil where it cannot be told: fewer than two clusters, one value in each, or no variance at all.
    package var intraclassCorrelation: Double? {
        let total = Double(count)
        let groups = Double(clusters.count)
        guard groups > 1, total > groups else { return nil }
        let grand = clusters.joined().reduce(0) { $0 + $1.value } / total
        var (between, within) = (0.0, 0.0)
        for cluster in clusters {
            let mean = cluster.reduce(0) { $0 + $1.value } / Double(cluster.count)
            between += Double(cluster.count) * (mean - grand) * (mean - grand)
            within += cluster.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
        }
        let meanBetween = between / (groups - 1)
        let meanWithin = within / (total - groups)
        let squares = clusters.reduce(0.0) { $0 + Double($1.count * $1.count) }
        let size = (total - squares / total) / (groups - 1)
        let variance = meanBetween + (size - 1) * meanWithin
        guard variance > 0 else { return nil }
        return min(1, max(0, (meanBetween - meanWithin) / variance))
    }

    /// How many independent measurements of equal weight it is worth, given a correlation within clusters (Kish, 1965).
    package func effectiveCount(correlation: Double) -> Double {
        let total = Double(count)
        guard total > 0 else { return 0 }
        let squares = clusters.reduce(0.0) { $0 + Double($1.count * $1.count) }
        let designEffect = 1 + max(0, squares / total - 1) * correlation
        let squaredWeights = clusters.joined().reduce(0) { $0 + $1.weight * $1.weight }
        return totalWeight * totalWeight / squaredWeights / designEffect
    }
}
