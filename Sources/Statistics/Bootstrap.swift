/// Says how far a total could have come out otherwise, had other clusters of the same kind been met.
///
/// Resamples whole clusters with replacement (here: sessions) because what lies within one hangs together: a
/// resample by call would call a figure certain that rests on three busy afternoons. Percentile intervals after
/// Efron (1979).
package struct Bootstrap: Sendable {
    package var resamples: Int
    /// The share of resamples inside the interval.
    package var level: Double
    package var seed: UInt64

    package init(resamples: Int = 1000, level: Double = 0.95, seed: UInt64) {
        self.resamples = resamples
        self.level = level
        self.seed = seed
    }

    /// The interval of a sum over clusters, most of which may contribute nothing.
    ///
    /// A resample draws as many clusters as there are. How many of them fall on those with a value is binomial, so
    /// only these are drawn one by one: the cost follows the values, not the clusters. The order of the values does
    /// not matter. `values` has one number for each cluster that contributes; `clusters` counts all. Of fewer than two
    /// clusters nothing is known: the interval starts at zero.
    package func intervalOfSum(of values: [Double], among clusters: Int) -> Interval {
        guard !values.isEmpty, resamples > 0 else { return Interval(low: 0, high: 0) }
        let values = values.sorted()
        let clusters = max(clusters, values.count)
        guard clusters > 1 else { return Interval(low: min(0, values[0]), high: max(0, values[0])) }
        let hits = BinomialSampler(trials: clusters, probability: Double(values.count) / Double(clusters))
        var generator = SeededGenerator(seed: seed)
        var sums: [Double] = []
        sums.reserveCapacity(resamples)
        values.withUnsafeBufferPointer { values in
            for _ in 0..<resamples {
                var sum = 0.0
                for _ in 0..<hits.draw(using: &generator) {
                    sum += values[generator.nextIndex(below: values.count)]
                }
                sums.append(sum)
            }
        }
        sums.sort()
        return Interval(low: sums[rank((1 - level) / 2)], high: sums[rank((1 + level) / 2)])
    }

    private func rank(_ quantile: Double) -> Int {
        min(resamples - 1, max(0, Int((quantile * Double(resamples)).rounded(.up)) - 1))
    }
}

extension Bootstrap {
    /// The interval of each of several figures that are computed together from clusters resampled as wholes.
    ///
    /// `body` gets how often each cluster was drawn and answers its figures, NaN where one is not defined for such a
    /// draw; a figure that is not defined for most draws has no interval.
    package func intervals(clusters: Int, of body: ([Double]) -> [Double]) -> [Interval?] {
        guard clusters > 1, resamples > 0 else { return [] }
        var generator = SeededGenerator(seed: seed)
        var draws: [[Double]] = []
        for _ in 0..<resamples {
            var counts = [Double](repeating: 0, count: clusters)
            for _ in 0..<clusters { counts[generator.nextIndex(below: clusters)] += 1 }
            let figures = body(counts)
            if draws.isEmpty { draws = Array(repeating: [], count: figures.count) }
            for (place, figure) in figures.enumerated() where figure.isFinite { draws[place].append(figure) }
        }
        return draws.map { draws in
            guard draws.count * 2 > resamples else { return nil }
            let sorted = draws.sorted()
            func value(_ quantile: Double) -> Double {
                sorted[min(sorted.count - 1, max(0, Int((quantile * Double(sorted.count)).rounded(.up)) - 1))]
            }
            return Interval(low: value((1 - level) / 2), high: value((1 + level) / 2))
        }
    }
}
