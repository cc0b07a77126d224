/// Numbers in rows of one length, one behind the other.
struct DenseMatrix {
    let rows: Int
    let columns: Int
    var values: [Double]

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        values = Array(repeating: 0, count: rows * columns)
    }

    init(_ rows: [[Float]]) {
        self.rows = rows.count
        columns = rows.first?.count ?? 0
        values = rows.flatMap { $0.map(Double.init) }
    }

    subscript(row: Int, column: Int) -> Double {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// The rows named, less a vector.
    func rows(_ indices: [Int], less mean: [Double]) -> DenseMatrix {
        var taken = DenseMatrix(rows: indices.count, columns: columns)
        for (target, source) in indices.enumerated() {
            for column in 0..<columns { taken[target, column] = self[source, column] - mean[column] }
        }
        return taken
    }

    /// The mean of the rows named.
    func mean(of indices: [Int]) -> [Double] {
        var mean = [Double](repeating: 0, count: columns)
        for row in indices {
            for column in 0..<columns { mean[column] += self[row, column] }
        }
        return mean.map { $0 / Double(max(1, indices.count)) }
    }

    var transposed: DenseMatrix {
        var turned = DenseMatrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { turned[column, row] = self[row, column] }
        }
        return turned
    }

    /// The products of all pairs of columns: a symmetric matrix, of which the upper half is filled.
    var gram: DenseMatrix {
        var gram = DenseMatrix(rows: columns, columns: columns)
        values.withUnsafeBufferPointer { values in
            gram.values.withUnsafeMutableBufferPointer { gram in
                // Four rows at a time: a sum is read and written once for all of them.
                var row = 0
                while row < rows {
                    let (a, count) = (row * columns, min(4, rows - row))
                    let b = count > 1 ? a + columns : a
                    let c = count > 2 ? b + columns : a
                    let d = count > 3 ? c + columns : a
                    for column in 0..<columns {
                        let u = values[a + column]
                        let v = count > 1 ? values[b + column] : 0
                        let w = count > 2 ? values[c + column] : 0
                        let x = count > 3 ? values[d + column] : 0
                        let target = column * columns
                        for other in column..<columns {
                            gram[target &+ other] +=
                                (u * values[a &+ other] + v * values[b &+ other])
                                + (w * values[c &+ other] + x * values[d &+ other])
                        }
                    }
                    row += count
                }
            }
        }
        return gram
    }

    /// Solves the equations that this symmetric positive definite matrix stands for, for several right sides.
    ///
    /// By Cholesky's decomposition; only the upper half is read. Nil where the matrix is none such.
    func solved(for rightSides: [[Double]]) -> [[Double]]? {
        let size = rows
        var factor = self
        let isDefinite = factor.values.withUnsafeMutableBufferPointer { upper in
            for pivot in 0..<size {
                let diagonal = upper[pivot * size + pivot]
                guard diagonal > 0, diagonal.isFinite else { return false }
                let scale = 1 / diagonal.squareRoot()
                for column in pivot..<size { upper[pivot * size + column] *= scale }
                for row in pivot + 1..<max(size, pivot + 1) {
                    let above = upper[pivot * size + row]
                    guard above != 0 else { continue }
                    for column in row..<size {
                        upper[row &* size &+ column] -= above * upper[pivot &* size &+ column]
                    }
                }
            }
            return true
        }
        guard isDefinite else { return nil }
        return rightSides.map { right in
            var solution = right
            for row in 0..<size {
                solution[row] /= factor[row, row]
                for below in row + 1..<max(size, row + 1) { solution[below] -= factor[row, below] * solution[row] }
            }
            for row in stride(from: size - 1, through: 0, by: -1) {
                for behind in row + 1..<max(size, row + 1) { solution[row] -= factor[row, behind] * solution[behind] }
                solution[row] /= factor[row, row]
            }
            return solution
        }
    }
}
