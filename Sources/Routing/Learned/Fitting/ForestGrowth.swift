import Statistics

/// Grows a ``RegressionForest`` of splits drawn at random, of which each node keeps the best (extremely randomized trees;
/// Geurts, Ernst and Wehenkel, 2006).
struct ForestGrowth {
    private static let trees = 100
    private static let rowsOfLeaf = 10
    /// Known scores of one model that are worth a leaf's word; fewer draw it towards what the prompts are for all.
    private static let resultsOfLeaf = 5
    /// Each tree sees no more rows than these: the forest's size and time stay bounded.
    private static let rowsOfTree = 8192
    /// Of the features that vary, how many a node tries.
    private static let shareTried = 0.3

    private let decomposition: ScoreDecomposition
    private let models: Int
    private let inputs: Int
    /// By feature, then row.
    private let columns: [[Float]]
    /// By row, then model: how much better than its mean the model did; where it was not asked, the prompt's ease.
    private let gains: [Float]
    /// Features that are not the same in all rows, in an order that each draw changes.
    private var varying: [Int]

    private var nodes: [RegressionForest.Node] = []
    private var roots: [UInt32] = []
    private var values: [Float] = []
    /// The rows of the tree that grows, those of a node in one run.
    private var order: [Int32] = []
    private var generator: SeededGenerator

    /// The inputs are the features of each prompt, of one length.
    init(_ inputs: [[Float]], _ decomposition: ScoreDecomposition, seed: UInt64) {
        let width = inputs.first?.count ?? 0
        self.inputs = width
        self.decomposition = decomposition
        let models = decomposition.means.count
        self.models = models
        columns = (0..<width).map { feature in inputs.map { $0[feature] } }
        varying = columns.indices.filter { [columns] in columns[$0].contains { [first = columns[$0][0]] in $0 != first }
        }
        gains = decomposition.ease.indices.flatMap { row in
            (0..<models).map { model in
                let deviation = decomposition.deviations[model][row]
                return Float(decomposition.ease[row] + (deviation.isNaN ? 0 : deviation))
            }
        }
        generator = SeededGenerator(seed: seed)
    }

    mutating func forest() -> RegressionForest? {
        let all = decomposition.ease.indices.map { Int32($0) }
        for _ in 0..<ForestGrowth.trees {
            order = all
            if all.count > ForestGrowth.rowsOfTree {
                order.shuffle(using: &generator)
                order.removeLast(all.count - ForestGrowth.rowsOfTree)
            }
            roots.append(UInt32(nodes.count))
            grow(0..<order.count)
        }
        return RegressionForest(nodes: nodes, roots: roots, values: values, targets: models, inputs: inputs)
    }

    private mutating func grow(_ rows: Range<Int>) {
        guard rows.count >= 2 * ForestGrowth.rowsOfLeaf, let split = bestSplit(of: rows) else {
            nodes.append(
                RegressionForest.Node(
                    feature: RegressionForest.leaf,
                    threshold: 0,
                    next: UInt32(values.count / models)
                )
            )
            values += worth(of: rows)
            return
        }
        let place = nodes.count
        nodes.append(
            RegressionForest.Node(feature: UInt32(split.feature), threshold: split.threshold, next: 0)
        )
        let column = columns[split.feature]
        let middle = order[rows].partition { column[Int($0)] >= split.threshold }
        grow(rows.lowerBound..<middle)
        nodes[place].next = UInt32(nodes.count)
        grow(middle..<rows.upperBound)
    }

    /// By model: what the rows say that it does better or worse than its mean.
    private func worth(of rows: Range<Int>) -> [Float] {
        let members = order[rows].map { Int($0) }
        let ease = members.reduce(0) { $0 + decomposition.ease[$1] } / Double(max(1, members.count))
        return decomposition.deviations.map { deviations in
            let known = members.lazy.map { deviations[$0] }.filter { !$0.isNaN }
            return Float(ease + known.reduce(0, +) / Double(max(ForestGrowth.resultsOfLeaf, known.count)))
        }
    }

    private struct Split {
        var feature: Int
        var threshold: Float
    }

    /// Of thresholds drawn evenly between the least and the greatest value of some features, the one that leaves the
    /// least variance; nil where none leaves less than there is, or enough rows on both sides.
    private mutating func bestSplit(of rows: Range<Int>) -> Split? {
        var best: Split?
        var untried = varying.count
        var wanted = max(1, Int((ForestGrowth.shareTried * Double(varying.count)).rounded()))
        var below = [Float](repeating: 0, count: models)
        let totals = sums(of: rows)
        var mostExplained = totals.reduce(0) { $0 + $1 * $1 } / Float(rows.count) + 1e-5
        while wanted > 0, untried > 0 {
            let drawn = generator.nextIndex(below: untried)
            untried -= 1
            varying.swapAt(drawn, untried)
            let feature = varying[untried]
            let (least, greatest) = extremes(of: feature, in: rows)
            guard least < greatest else { continue }
            wanted -= 1
            let threshold = least + Float(generator.nextUnit()) * (greatest - least)
            let count = sum(of: rows, below: threshold, of: feature, into: &below)
            guard count >= ForestGrowth.rowsOfLeaf, rows.count - count >= ForestGrowth.rowsOfLeaf else { continue }
            var explained: Float = 0
            for model in 0..<models {
                let above = totals[model] - below[model]
                explained += below[model] * below[model] / Float(count) + above * above / Float(rows.count - count)
            }
            guard explained > mostExplained else { continue }
            mostExplained = explained
            best = Split(feature: feature, threshold: threshold)
        }
        return best
    }

    private func extremes(of feature: Int, in rows: Range<Int>) -> (Float, Float) {
        columns[feature].withUnsafeBufferPointer { column in
            order.withUnsafeBufferPointer { order in
                var (least, greatest) = (Float.infinity, -Float.infinity)
                for place in rows {
                    let value = column[Int(order[place])]
                    least = min(least, value)
                    greatest = max(greatest, value)
                }
                return (least, greatest)
            }
        }
    }

    private func sums(of rows: Range<Int>) -> [Float] {
        var sums = [Float](repeating: 0, count: models)
        for place in rows {
            let start = Int(order[place]) * models
            for model in 0..<models { sums[model] += gains[start + model] }
        }
        return sums
    }

    /// Sums by model the gains of those rows whose feature is below a threshold; answers how many there are.
    private func sum(
        of rows: Range<Int>,
        below threshold: Float,
        of feature: Int,
        into sums: inout [Float]
    ) -> Int {
        columns[feature].withUnsafeBufferPointer { column in
            order.withUnsafeBufferPointer { order in
                gains.withUnsafeBufferPointer { gains in
                    sums.withUnsafeMutableBufferPointer { sums in
                        var count = 0
                        sums.update(repeating: 0)
                        for place in rows {
                            let row = Int(order[place])
                            guard column[row] < threshold else { continue }
                            count &+= 1
                            let start = row &* models
                            for model in 0..<models { sums[model] += gains[start &+ model] }
                        }
                        return count
                    }
                }
            }
        }
    }
}
