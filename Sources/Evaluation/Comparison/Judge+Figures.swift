import Statistics

extension Judge {
    /// The figures of every curve with their intervals: questions are resampled, the same for all, duplicates together.
    func standings(of curves: [(name: String, trials: [Trial])], in rounds: [Round], bootstrap: Bootstrap) -> [Standing]
    {
        let clusters = Dictionary(uniqueKeysWithValues: Set(outcomes.keys).sorted().enumerated().map { ($1, $0) })
        let cluster = outcomes.keys.map { clusters[$0] ?? 0 }
        let tests = rounds.map { round in
            Test(
                cluster: round.test.map { cluster[$0] },
                singles: SingleModels(outcomes: round.test.map { points[$0] })
            )
        }
        func figures(weights: [Double]) -> [Figures] {
            var all = Array(repeating: [Figures](), count: curves.count)
            for (place, test) in tests.enumerated() {
                let weights = test.cluster.map { weights[$0] }
                let singles = test.singles.points(weights: weights)
                for curve in curves.indices {
                    all[curve].append(self.figures(of: curves[curve].trials[place].curve, weights, singles))
                }
            }
            return all.map { Figures(meanOf: $0) }
        }
        let plain = figures(weights: Array(repeating: 1, count: clusters.count))
        let intervals = bootstrap.intervals(clusters: clusters.count) { figures(weights: $0).flatMap(\.values) }
        let width = Figure.allCases.count
        return curves.indices.map { curve in
            var found: [Figure: Interval] = [:]
            for (offset, figure) in Figure.allCases.enumerated() where plain[curve][figure] != nil {
                let place = curve * width + offset
                found[figure] = place < intervals.count ? intervals[place] : nil
            }
            return Standing(
                name: curves[curve].name,
                figures: plain[curve],
                intervals: found,
                points: meanPoints(of: curves[curve].trials, in: tests)
            )
        }
    }

    /// What all curves of a round share.
    private struct Test {
        /// By prompt of the round.
        var cluster: [Int]
        var singles: SingleModels
    }

    private func meanPoints(of trials: [Trial], in tests: [Test]) -> [CurvePoint] {
        let all = zip(trials, tests).map { $0.curve.points(weights: Array(repeating: 1, count: $1.cluster.count)) }
        guard let first = all.first, all.allSatisfy({ $0.count == first.count }) else { return all.first ?? [] }
        return first.indices.map { place in
            CurvePoint(
                cost: all.reduce(0) { $0 + $1[place].cost } / Double(all.count),
                quality: all.reduce(0) { $0 + $1[place].quality } / Double(all.count)
            )
        }
    }

    private func figures(of curve: any RoutedCurve, _ weights: [Double], _ singles: [CurvePoint]) -> Figures {
        var figures = Figures()
        let points = curve.points(weights: weights)
        guard let top = points.last, let best = singles.best else { return figures }
        if isPair, let gap = PerformanceGap(points) {
            figures[.apgr] = gap.average
            figures[.cpt50] = gap.share(recovering: 0.5)
            figures[.cpt80] = gap.share(recovering: 0.8)
        }
        if !isPair { figures[.quality] = curve is SingleModels ? best.quality : top.quality }
        let hull = QualityHull(points)
        let costs = singles.map(\.cost)
        guard let cheapest = costs.min(), let dearest = costs.max() else { return figures }
        // One point among several is no curve.
        if points.count > 1 || dearest <= cheapest {
            figures[.aiq] = hull.averageQuality(over: cheapest...dearest)
        }
        guard best.cost > 0 else { return figures }
        for (figure, share) in [(Figure.costAt100, 1.0), (.costAt99, 0.99), (.costAt95, 0.95)] {
            figures[figure] = hull.cost(reaching: share * best.quality).map { $0 / best.cost }
        }
        return figures
    }
}
