/// Linear regression with a penalty on the squared weights, in closed form, for several targets at once.
///
/// Weights are found by features where there are fewer of them than rows, else by rows (the dual form; Saunders and
/// others, 1998). The constant is not penalised.
struct RidgeRegression {
    /// By target, then feature.
    private(set) var weights: [[Double]]
    /// By target.
    private(set) var constants: [Double]

    /// - Parameters:
    ///   - features: a row a prompt.
    ///   - targets: by target, then row; a row whose target is NaN says nothing about that target.
    ///   - penalty: what a weight's square costs, as a number for so many rows.
    init(_ features: DenseMatrix, targets: [[Double]], penalty: (_ rows: Int) -> Double) {
        weights = Array(repeating: Array(repeating: 0, count: features.columns), count: targets.count)
        constants = Array(repeating: 0, count: targets.count)
        // Targets that are known for the same rows share one decomposition.
        var alike: [[Int]: [Int]] = [:]
        for (target, values) in targets.enumerated() {
            alike[values.indices.filter { !values[$0].isNaN }, default: []].append(target)
        }
        for (rows, members) in alike where !rows.isEmpty {
            fit(features, targets, members: members, rows: rows, penalty: penalty(rows.count))
        }
    }

    private mutating func fit(
        _ features: DenseMatrix,
        _ targets: [[Double]],
        members: [Int],
        rows: [Int],
        penalty: Double
    ) {
        let mean = features.mean(of: rows)
        let centred = features.rows(rows, less: mean)
        let isDual = rows.count < features.columns
        let system = isDual ? centred.transposed : centred
        var gram = system.gram
        for index in 0..<gram.rows { gram[index, index] += max(penalty, 1e-9) }
        let averages = members.map { target in rows.reduce(0) { $0 + targets[target][$1] } / Double(rows.count) }
        let sides = zip(members, averages).map { target, average in
            let residuals = rows.map { targets[target][$0] - average }
            return isDual ? residuals : centred.transposedProduct(with: residuals)
        }
        guard let solutions = gram.solved(for: sides) else { return }
        for (index, target) in members.enumerated() {
            let found = isDual ? centred.transposedProduct(with: solutions[index]) : solutions[index]
            weights[target] = found
            constants[target] = averages[index] - zip(found, mean).reduce(0) { $0 + $1.0 * $1.1 }
        }
    }
}

extension DenseMatrix {
    /// By column: the sum of its numbers, each times the number of its row.
    func transposedProduct(with factors: [Double]) -> [Double] {
        var product = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            let factor = factors[row]
            for column in 0..<columns { product[column] += factor * self[row, column] }
        }
        return product
    }
}
