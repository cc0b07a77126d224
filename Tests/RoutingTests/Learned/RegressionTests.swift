import Domain
import Statistics
import Testing

@testable import Routing

@Suite struct RegressionTests {
    @Test(arguments: [(rows: 40, columns: 5), (rows: 5, columns: 40), (rows: 7, columns: 7)])
    func `by rows or by features, ridge regression is the same minimum`(rows: Int, columns: Int) {
        let features = Self.matrix(rows, columns)
        let target = (0..<rows).map { features[$0, 0] * 2 - features[$0, 1] + 3 }
        let fit = RidgeRegression(features, targets: [target]) { _ in 0.5 }
        // At the minimum the slope of the squared errors is opposite to that of the penalty.
        let errors: [Double] = (0..<rows).map { row in
            let sum: Double = (0..<columns).reduce(0.0) { $0 + fit.weights[0][$1] * features[row, $1] }
            return target[row] - fit.constants[0] - sum
        }
        #expect(abs(errors.reduce(0, +)) < 1e-6)
        for column in 0..<columns {
            let slope: Double = (0..<rows).reduce(0.0) { $0 + errors[$1] * features[$1, column] }
            #expect(abs(slope - 0.5 * fit.weights[0][column]) < 1e-6)
        }
    }

    @Test func `rows without a target say nothing about it`() {
        let features = Self.matrix(20, 3)
        let target = (0..<20).map { features[$0, 2] }
        let holes = target.enumerated().map { $0 < 10 ? $1 : .nan }
        let fit = RidgeRegression(features, targets: [target, holes]) { _ in 1 }
        var half = DenseMatrix(rows: 10, columns: 3)
        for row in 0..<10 { for column in 0..<3 { half[row, column] = features[row, column] } }
        let alone = RidgeRegression(half, targets: [Array(target.prefix(10))]) { _ in 1 }
        #expect(zip(fit.weights[1], alone.weights[0]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(zip(fit.weights[0], alone.weights[0]).contains { abs($0 - $1) > 1e-6 })
    }

    @Test func `conjugate gradients find what the closed form finds`() {
        let dense = Self.matrix(30, 8)
        let rows = (0..<30).map { row in
            (0..<8).map { TermWeighting.Weighted(index: $0, weight: Float(dense[row, $0])) }
        }
        let target = (0..<30).map { dense[$0, 3] - dense[$0, 5] }
        let mean = target.reduce(0, +) / 30
        let sparse = SparseRidge(rows, columns: 8).fit(target, penalty: 2)
        var gram = dense.gram
        for index in 0..<8 { gram[index, index] += 2 }
        let closed = gram.solved(for: [dense.transposedProduct(with: target.map { $0 - mean })])?[0] ?? []
        #expect(zip(sparse.weights, closed).allSatisfy { abs(Double($0) - $1) < 1e-3 })
    }

    @Test func `a matrix that is not positive definite has no solution`() {
        #expect(DenseMatrix([[1, 2], [2, 1]]).solved(for: [[1, 1]]) == nil)
    }

    @Test func `weights are drawn to the prior and never negative`() {
        var fit = NonNegativeFit(prior: [0.5, 0.5])
        fit.add([1, 0], target: 1, share: 1)
        fit.add([0, 1], target: -1, share: 1)
        #expect(fit.weights(priorRows: 0) == [1, 0])
        let bound = fit.weights(priorRows: 1e9)
        #expect(bound.allSatisfy { abs($0 - 0.5) < 1e-3 })
    }

    @Test func `where every model was asked everything the parts of a score are its two-way means`() {
        let rows = TrainingRows(
            models: ["a", "b"].map { ModelID($0) },
            prompts: [],
            scores: [[1, 0], [0.5, 0.5]],
            meanCost: [nil, nil]
        )
        let parts = ScoreDecomposition(rows)
        #expect(parts.means == [0.75, 0.25])
        #expect(parts.ease == [0, 0])
        #expect(parts.deviations == [[0.25, -0.25], [-0.25, 0.25]])
    }

    private static func matrix(_ rows: Int, _ columns: Int) -> DenseMatrix {
        var generator = SeededGenerator(seed: 11)
        var matrix = DenseMatrix(rows: rows, columns: columns)
        for row in 0..<rows { for column in 0..<columns { matrix[row, column] = generator.nextUnit() - 0.5 } }
        return matrix
    }
}
