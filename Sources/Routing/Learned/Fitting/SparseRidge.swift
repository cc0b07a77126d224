/// Ridge regression on rows of which nearly all features are zero, by conjugate gradients (Hestenes and Stiefel, 1952).
///
/// Stops early on purpose: some tens of steps are as good as the last for ranking.
struct SparseRidge {
    private var starts: [Int] = [0]
    private var indices: [Int32] = []
    private var values: [Float] = []
    private let columns: Int

    init(_ rows: [[TermWeighting.Weighted]], columns: Int) {
        self.columns = columns
        for row in rows {
            for term in row {
                indices.append(Int32(term.index))
                values.append(term.weight)
            }
            starts.append(indices.count)
        }
    }

    /// The weights for a target, and its constant; rows whose target is NaN say nothing.
    func fit(_ target: [Double], penalty: Float) -> (weights: [Float], constant: Double) {
        let known = target.indices.filter { !target[$0].isNaN }
        var weights = [Float](repeating: 0, count: columns)
        guard !known.isEmpty else { return (weights, 0) }
        let mean = known.reduce(0) { $0 + target[$1] } / Double(known.count)
        var isKnown = [Bool](repeating: false, count: target.count)
        for row in known { isKnown[row] = true }
        let residuals = target.map { $0.isNaN ? 0 : Float($0 - mean) }
        var gradient = [Float](repeating: 0, count: columns)
        addTransposed(residuals, isKnown, to: &gradient)
        var direction = gradient
        var power = squares(gradient)
        let end = power * 1e-6
        for _ in 0..<40 where power > end && power > 0 {
            var curved = direction.map { $0 * penalty }
            addTransposed(product(with: direction), isKnown, to: &curved)
            let step = Float(power / dot(direction, curved))
            for index in 0..<columns {
                weights[index] += step * direction[index]
                gradient[index] -= step * curved[index]
            }
            let next = squares(gradient)
            let turn = Float(next / power)
            for index in 0..<columns { direction[index] = gradient[index] + turn * direction[index] }
            power = next
        }
        return (weights, mean)
    }

    private func product(with vector: [Float]) -> [Float] {
        vector.withUnsafeBufferPointer { vector in
            (0..<starts.count - 1).map { row in
                var sum: Float = 0
                for at in starts[row]..<starts[row + 1] { sum += values[at] * vector[Int(indices[at])] }
                return sum
            }
        }
    }

    private func addTransposed(_ factors: [Float], _ isKnown: [Bool], to sums: inout [Float]) {
        sums.withUnsafeMutableBufferPointer { sums in
            for row in 0..<starts.count - 1 where isKnown[row] {
                let factor = factors[row]
                for at in starts[row]..<starts[row + 1] { sums[Int(indices[at])] += factor * values[at] }
            }
        }
    }

    private func squares(_ vector: [Float]) -> Double { dot(vector, vector) }

    private func dot(_ a: [Float], _ b: [Float]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += Double(a[index]) * Double(b[index]) }
        return sum
    }
}
