/// The best quality that a router's points reach at every cost: their non-decreasing convex hull, as RouterBench has it.
///
/// Between two points lies a coin that chooses between them; more money never means less quality (Hu et al.,
/// "RouterBench", 2024).
package struct QualityHull: Hashable, Sendable {
    /// Costs and qualities rise, ever less steeply.
    package private(set) var points: [CurvePoint] = []

    package init(_ points: [CurvePoint]) {
        for point in points.sorted(by: { ($0.cost, -$0.quality) < ($1.cost, -$1.quality) }) {
            if let last = self.points.last, point.quality <= last.quality { continue }
            while self.points.count > 1 {
                let (a, b) = (self.points[self.points.count - 2], self.points[self.points.count - 1])
                let isAbove =
                    (b.quality - a.quality) * (point.cost - a.cost) > (point.quality - a.quality) * (b.cost - a.cost)
                if isAbove { break }
                self.points.removeLast()
            }
            self.points.append(point)
        }
    }

    /// The quality at a cost; that of the nearest end outside the points.
    package func quality(at cost: Double) -> Double {
        guard let first = points.first, let last = points.last else { return 0 }
        if cost <= first.cost { return first.quality }
        guard let next = points.firstIndex(where: { $0.cost >= cost }) else { return last.quality }
        let (a, b) = (points[next - 1], points[next])
        return a.quality + (b.quality - a.quality) * (cost - a.cost) / (b.cost - a.cost)
    }

    /// The least cost that reaches a quality; nil where none does.
    package func cost(reaching quality: Double) -> Double? {
        guard let first = points.first, let next = points.firstIndex(where: { $0.quality >= quality - 1e-12 }) else {
            return nil
        }
        guard next > 0 else { return first.cost }
        let (a, b) = (points[next - 1], points[next])
        return a.cost + (b.cost - a.cost) * min(1, (quality - a.quality) / (b.quality - a.quality))
    }

    /// AIQ, the average improvement in quality: the mean quality over a range of costs.
    ///
    /// RouterBench integrates over the costs that all routers share; here the range is from the cheapest to the dearest
    /// single model's mean cost on the same prompts, which any scorer can be measured on. Of a range without width it is
    /// the quality there.
    package func averageQuality(over costs: ClosedRange<Double>) -> Double {
        guard let last = points.last else { return .nan }
        let width = costs.upperBound - costs.lowerBound
        guard width > 0 else { return last.quality }
        let inner = points.map(\.cost).filter { $0 > costs.lowerBound && $0 < costs.upperBound }
        let corners = [costs.lowerBound] + inner + [costs.upperBound]
        var area = 0.0
        for (from, to) in zip(corners, corners.dropFirst()) {
            area += (to - from) * (quality(at: from) + quality(at: to)) / 2
        }
        return area / width
    }
}
