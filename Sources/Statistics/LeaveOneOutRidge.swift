/// A linear prediction that shrinks what the rows do not bear out.
///
/// Least squares with a penalty on the squared coefficients of standardised features (Hoerl and Kennard, 1970), in
/// closed form; the penalty is the one that predicts left-out rows best, which the closed form says without refitting
/// (Allen's PRESS, 1974). Meant for tens of features: the time grows with their cube.
package struct LeaveOneOutRidge: Hashable, Sendable, Codable {
    /// By feature, in its own unit.
    package let coefficients: [Double]
    package let intercept: Double
    /// Chosen among ``penalties``, as a multiple of the number of rows.
    package let penalty: Double
    /// The mean squared error on rows left out one at a time.
    package let leaveOneOutError: Double

    package static let penalties = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]

    /// Nil with fewer than two rows, or where rows differ in length or hold what is no finite number.
    package init?(features: [[Double]], targets: [Double], penalties: [Double] = Self.penalties) {
        guard features.count == targets.count, features.count > 1, let width = features.first?.count,
            features.allSatisfy({ $0.count == width && $0.allSatisfy(\.isFinite) }), targets.allSatisfy(\.isFinite)
        else { return nil }
        let scale = Standardization(features)
        let rows = features.map(scale.applied(to:))
        let mean = targets.reduce(0, +) / Double(targets.count)
        let centred = targets.map { $0 - mean }
        let gram = SymmetricMatrix(gramOf: rows, width: width)
        let moments = (0..<width).map { column in
            zip(rows, centred).reduce(0) { $0 + $1.0[column] * $1.1 }
        }
        var best: (penalty: Double, error: Double, solution: [Double])?
        for penalty in penalties {
            guard let factor = gram.choleskyFactor(addingToDiagonal: penalty * Double(rows.count)) else { continue }
            let solution = factor.solve(moments)
            let error = Self.leaveOneOutError(rows, centred, solution: solution, factor: factor)
            if error < best?.error ?? .infinity { best = (penalty, error, solution) }
        }
        guard let best else { return nil }
        penalty = best.penalty
        leaveOneOutError = best.error
        coefficients = zip(best.solution, scale.deviations).map { $0 / $1 }
        intercept = mean - zip(coefficients, scale.means).reduce(0) { $0 + $1.0 * $1.1 }
    }

    package func prediction(for features: [Double]) -> Double {
        zip(coefficients, features).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    /// A left-out row's residual is its own over what its leverage leaves; 1/n of leverage is the mean's.
    private static func leaveOneOutError(
        _ rows: [[Double]],
        _ targets: [Double],
        solution: [Double],
        factor: CholeskyFactor
    ) -> Double {
        let share = 1 / Double(rows.count)
        var sum = 0.0
        for (row, target) in zip(rows, targets) {
            let leverage = share + factor.squaredLengthOfForwardSolution(row)
            let residual = target - zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 }
            let leftOut = residual / max(1e-6, 1 - leverage)
            sum += leftOut * leftOut
        }
        return sum * share
    }
}

/// Brings features to a mean of 0 and a deviation of 1; one that never changes becomes 0.
private struct Standardization {
    var means: [Double]
    var deviations: [Double]

    init(_ rows: [[Double]]) {
        let width = rows[0].count
        let count = Double(rows.count)
        means = Array(repeating: 0, count: width)
        for row in rows { for column in 0..<width { means[column] += row[column] / count } }
        var variances = Array(repeating: 0.0, count: width)
        for row in rows {
            for column in 0..<width {
                let difference = row[column] - means[column]
                variances[column] += difference * difference / count
            }
        }
        deviations = variances.map { $0 > 1e-18 ? $0.squareRoot() : .infinity }
    }

    func applied(to row: [Double]) -> [Double] {
        row.indices.map { (row[$0] - means[$0]) / deviations[$0] }
    }
}
