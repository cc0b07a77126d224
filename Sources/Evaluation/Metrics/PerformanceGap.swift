/// How much of the gap between a weak and a strong model a router recovers, as RouteLLM measures it.
///
/// PGR(c) = (quality at a share c of strong calls − weak) / (strong − weak), at the eleven shares 0, .1, … 1 that the
/// quantiles of the scores as thresholds give (Ong et al., "RouteLLM", 2024, and its evaluation code).
package struct PerformanceGap: Hashable, Sendable {
    /// PGR at the shares 0, .1, … 1.
    package var recovered: [Double]

    /// Takes the points of all whole percents; nil where the strong model is no better than the weak one.
    init?(_ points: [CurvePoint]) {
        guard points.count == PairCurve.steps + 1, let weak = points.first, let strong = points.last,
            strong.quality - weak.quality > 1e-12
        else { return nil }
        recovered = stride(from: 0, through: PairCurve.steps, by: PairCurve.steps / 10).map {
            (points[$0].quality - weak.quality) / (strong.quality - weak.quality)
        }
    }

    /// APGR: the mean PGR over all shares, by the trapezoid rule; one half for random choice, above one for an oracle.
    package var average: Double {
        let inner = recovered.dropFirst().dropLast().reduce(0, +)
        return (inner + (recovered[0] + recovered[10]) / 2) / 10
    }

    /// CPT: the least share of strong calls, 0...1, that recovers so much of the gap.
    ///
    /// By interpolation on the running maximum: quality may fall with more strong calls, the call-performance threshold
    /// asks when it was first reached.
    package func share(recovering target: Double) -> Double {
        var reached = recovered[0]
        guard reached < target else { return 0 }
        for index in 1..<recovered.count {
            let next = max(reached, recovered[index])
            if next >= target { return (Double(index - 1) + (target - reached) / (next - reached)) / 10 }
            reached = next
        }
        return 1
    }
}
