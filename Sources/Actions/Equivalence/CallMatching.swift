/// Which call of one list stands for which of another, so that all together have most in common.
///
/// Not greedy: a call that fits two leaves the one to that which fits nothing else. Source: H. W. Kuhn, "The Hungarian
/// method for the assignment problem" (1955), in the form with potentials, cubic in the number of calls.
package struct CallMatching: Sendable {
    package struct Pair: Hashable, Sendable {
        /// Places in the first and the second list.
        package var first: Int
        package var second: Int
    }

    package private(set) var pairs: [Pair]
    /// The sum of the scores of all pairs.
    package private(set) var score: Double

    /// - Parameter scores: a row for each of the first, in it a score of 0 and more for each of the second.
    package init(scores: [[Double]]) {
        let (rows, columns) = (scores.count, scores.first?.count ?? 0)
        let size = max(rows, columns)
        // Among matchings of the same score the one that keeps the order of calls is taken.
        let order = 1.0e-9 / Double(max(1, size * size))
        let cost = (0..<size).map { row in
            (0..<size).map { column in
                guard row < rows, column < columns else { return 0.0 }
                return -scores[row][column] + order * Double(abs(row - column))
            }
        }
        pairs = CallMatching.assignment(cost).enumerated().compactMap { row, column in
            guard row < rows, column < columns, scores[row][column] > 0 else { return nil }
            return Pair(first: row, second: column)
        }
        score = pairs.reduce(0) { $0 + scores[$1.first][$1.second] }
    }

    /// For each row of a square table the column with which the sum of all costs is least.
    private static func assignment(_ cost: [[Double]]) -> [Int] {
        let size = cost.count
        var rowPotential = [Double](repeating: 0, count: size + 1)
        var columnPotential = rowPotential
        // Rows are counted from 1; 0 is none. Column 0 holds the row that is being placed.
        var rowOfColumn = [Int](repeating: 0, count: size + 1)
        var previous = rowOfColumn
        for row in 1..<(size + 1) {
            rowOfColumn[0] = row
            var column = 0
            var slack = [Double](repeating: .infinity, count: size + 1)
            var isUsed = [Bool](repeating: false, count: size + 1)
            repeat {
                isUsed[column] = true
                let row = rowOfColumn[column]
                var (least, next) = (Double.infinity, 0)
                for other in 1...size where !isUsed[other] {
                    let reduced = cost[row - 1][other - 1] - rowPotential[row] - columnPotential[other]
                    if reduced < slack[other] { (slack[other], previous[other]) = (reduced, column) }
                    if slack[other] < least { (least, next) = (slack[other], other) }
                }
                for other in 0...size {
                    if isUsed[other] {
                        rowPotential[rowOfColumn[other]] += least
                        columnPotential[other] -= least
                    } else {
                        slack[other] -= least
                    }
                }
                column = next
            } while rowOfColumn[column] != 0
            while column != 0 {
                rowOfColumn[column] = rowOfColumn[previous[column]]
                column = previous[column]
            }
        }
        var columns = [Int](repeating: 0, count: size)
        for column in 1..<(size + 1) { columns[rowOfColumn[column] - 1] = column - 1 }
        return columns
    }
}
