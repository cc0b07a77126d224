/// A symmetric matrix by its lower half, row by row.
struct SymmetricMatrix {
    let width: Int
    var lower: [Double]

    /// The products of all columns with each other.
    init(gramOf rows: [[Double]], width: Int) {
        self.width = width
        lower = Array(repeating: 0, count: width * (width + 1) / 2)
        for row in rows {
            var place = 0
            for i in 0..<width {
                let value = row[i]
                for j in 0...i {
                    lower[place] += value * row[j]
                    place += 1
                }
            }
        }
    }

    /// Nil where the matrix is not positive definite.
    func choleskyFactor(addingToDiagonal ridge: Double) -> CholeskyFactor? {
        var factor = lower
        for i in 0..<width {
            let rowI = i * (i + 1) / 2
            for j in 0...i {
                let rowJ = j * (j + 1) / 2
                var sum = factor[rowI + j]
                for k in 0..<j { sum -= factor[rowI + k] * factor[rowJ + k] }
                if i == j {
                    guard case let pivot = sum + ridge, pivot > 0 else { return nil }
                    factor[rowI + i] = pivot.squareRoot()
                } else {
                    factor[rowI + j] = sum / factor[rowJ + j]
                }
            }
        }
        return CholeskyFactor(width: width, lower: factor)
    }
}

/// The lower triangle whose product with its mirror is a matrix; solves equations with that matrix.
struct CholeskyFactor {
    let width: Int
    let lower: [Double]

    func solve(_ right: [Double]) -> [Double] {
        var solution = forward(right)
        for i in (0..<width).reversed() {
            for k in i + 1..<max(width, i + 1) { solution[i] -= lower[k * (k + 1) / 2 + i] * solution[k] }
            solution[i] /= lower[i * (i + 1) / 2 + i]
        }
        return solution
    }

    /// The length of a vector as the inverse of the matrix measures it, squared: a row's leverage.
    func squaredLengthOfForwardSolution(_ right: [Double]) -> Double {
        forward(right).reduce(0) { $0 + $1 * $1 }
    }

    private func forward(_ right: [Double]) -> [Double] {
        var solution = right
        for i in 0..<width {
            let row = i * (i + 1) / 2
            for k in 0..<i { solution[i] -= lower[row + k] * solution[k] }
            solution[i] /= lower[row + i]
        }
        return solution
    }
}
