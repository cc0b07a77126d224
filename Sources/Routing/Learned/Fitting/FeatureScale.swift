/// Brings features to a mean of 0 and a spread of 1, as the training rows had them, and stops at three spreads.
struct FeatureScale: Hashable, Sendable {
    var mean: [Float]
    var spread: [Float]

    init(mean: [Float], spread: [Float]) {
        self.mean = mean
        self.spread = spread
    }

    init(fitting rows: [[Float]]) {
        let columns = rows.first?.count ?? 0
        let matrix = DenseMatrix(rows)
        let mean = matrix.mean(of: Array(rows.indices))
        var variance = [Double](repeating: 0, count: columns)
        for row in rows.indices {
            for column in 0..<columns {
                let distance = matrix[row, column] - mean[column]
                variance[column] += distance * distance / Double(rows.count)
            }
        }
        self.mean = mean.map { Float($0) }
        spread = variance.map { Float($0.squareRoot()) }
    }

    /// A feature that never changed in training says nothing: it becomes 0.
    func scaled(_ features: [Float]) -> [Float] {
        guard features.count == mean.count else { return mean.map { _ in 0 } }
        return features.indices.map { index in
            spread[index] > 1e-6 ? min(3, max(-3, (features[index] - mean[index]) / spread[index])) : 0
        }
    }
}
