#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Compares what units of work came to before a change and after it, unit of like kind with unit of like kind.
///
/// Units are matched by stratum: the change is judged on the mix of work there was after it, with what each stratum
/// came to before (direct standardisation; Rosenbaum and Rubin 1984 for strata). So more of the cheap work after a
/// change is not taken for its effect. Units of a cluster hang together: what is uncertain is estimated by leaving out
/// whole clusters (the delete-one jackknife; Efron and Stein 1981 show that it errs on the wide side).
package struct MatchedComparison: Sendable {
    /// One unit of work.
    package struct Unit: Hashable, Sendable {
        /// Units of the same stratum are alike but for the change.
        package var stratum: Int
        /// Such as the session it belongs to.
        package var cluster: Int
        /// What is compared, such as its cost; not negative.
        package var value: Double

        package init(stratum: Int, cluster: Int, value: Double) {
            self.stratum = stratum
            self.cluster = cluster
            self.value = value
        }
    }

    /// Units of strata that are on both sides.
    package private(set) var matched = (before: 0, after: 0)
    package private(set) var clusters = (before: 0, after: 0)
    /// What the matched units after the change came to.
    package private(set) var actual = 0.0
    /// What units of their kinds came to before it, as many of each kind as there are after.
    package private(set) var expected = 0.0
    /// The same with one cluster left out, first those before.
    private var left: [Sums] = []

    package init(before: [Unit], after: [Unit]) {
        let strata = Set(before.map(\.stratum)).intersection(after.map(\.stratum))
        let before = before.filter { strata.contains($0.stratum) }
        let after = after.filter { strata.contains($0.stratum) }
        let sides = (before: Side(before), after: Side(after))
        matched = (before.count, after.count)
        clusters = (sides.before.clusters.count, sides.after.clusters.count)
        let sums = Sums(sides.before.totals, sides.after.totals)
        (actual, expected) = (sums.actual, sums.expected)
        // In a fixed order, so that sums do not depend on how sets are stored.
        for cluster in sides.before.clusters.keys.sorted() {
            left.append(Sums(sides.before.without(cluster), sides.after.totals))
        }
        for cluster in sides.after.clusters.keys.sorted() {
            left.append(Sums(sides.before.totals, sides.after.without(cluster)))
        }
    }

    /// The share that is saved, from below 0 (it costs more) to 1; nil where nothing was matched or it cost nothing.
    package var saving: Double? { expected > 0 ? 1 - actual / expected : nil }

    /// Where the saved share lies, at a level such as 0.95; nil where fewer than three clusters of a side are matched.
    ///
    /// On the logarithm of the ratio, whose estimates lie more evenly than the ratio's own; Student's t with the degrees
    /// of freedom of the side with fewer clusters, which is the safe choice (Welch's lie between that and both).
    package func savingInterval(level: Double = 0.95) -> Interval? {
        guard actual > 0, expected > 0,
            let error = error({ $0.actual > 0 && $0.expected > 0 ? log($0.actual / $0.expected) : nil })
        else { return nil }
        let reach = error * quantile(level)
        let ratio = log(actual / expected)
        return Interval(low: 1 - exp(ratio + reach), high: 1 - exp(ratio - reach))
    }

    /// How much more a unit comes to than before, on average: less than 0 where it comes to less.
    package var increase: Double? { matched.after > 0 ? (actual - expected) / Double(matched.after) : nil }

    /// Where ``increase`` lies; nil where fewer than three clusters of a side are matched.
    package func increaseInterval(level: Double = 0.95) -> Interval? {
        guard let increase, let error = error({ $0.count > 0 ? ($0.actual - $0.expected) / Double($0.count) : nil })
        else {
            return nil
        }
        let reach = error * quantile(level)
        return Interval(low: increase - reach, high: increase + reach)
    }

    private func quantile(_ level: Double) -> Double {
        studentQuantile((1 + level) / 2, freedom: Double(min(clusters.before, clusters.after) - 1))
    }

    /// The standard error of a figure of the sums.
    private func error(_ figure: (Sums) -> Double?) -> Double? {
        guard min(clusters.before, clusters.after) >= 3 else { return nil }
        var variance = 0.0
        for side in [left[..<clusters.before], left[clusters.before...]] {
            let figures = side.compactMap(figure)
            guard figures.count == side.count else { return nil }
            let mean = figures.reduce(0, +) / Double(figures.count)
            let squares = figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            variance += squares * Double(figures.count - 1) / Double(figures.count)
        }
        return variance.squareRoot()
    }

    private struct Sums {
        var actual = 0.0
        var expected = 0.0
        var count = 0

        init(_ before: [Int: Total], _ after: [Int: Total]) {
            for (stratum, total) in after.sorted(by: { $0.key < $1.key }) where total.count > 0 {
                // A stratum whose last cluster was left out says nothing.
                guard let known = before[stratum], known.count > 0 else { continue }
                actual += total.sum
                expected += Double(total.count) * known.sum / Double(known.count)
                count += total.count
            }
        }
    }

    private struct Total {
        var count = 0
        var sum = 0.0

        mutating func add(_ value: Double) {
            count += 1
            sum += value
        }
    }

    /// The units of one side, by stratum and by cluster.
    private struct Side {
        var totals: [Int: Total] = [:]
        var clusters: [Int: [Int: Total]] = [:]

        init(_ units: [Unit]) {
            for unit in units {
                totals[unit.stratum, default: Total()].add(unit.value)
                clusters[unit.cluster, default: [:]][unit.stratum, default: Total()].add(unit.value)
            }
        }

        func without(_ cluster: Int) -> [Int: Total] {
            var rest = totals
            for (stratum, total) in clusters[cluster] ?? [:] {
                rest[stratum]?.count -= total.count
                rest[stratum]?.sum -= total.sum
            }
            return rest
        }
    }
}
