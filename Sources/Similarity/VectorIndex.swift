/// Vectors of length one, searched exactly: every one is compared.
package struct VectorIndex: Sendable {
    package let dimensions: Int
    package let count: Int
    /// One behind the other.
    package let values: [Float]

    /// Vectors of one length that is a multiple of 8; nil where they are not.
    package init?(_ vectors: [[Float]]) {
        guard let dimensions = vectors.first?.count, dimensions > 0, dimensions % 8 == 0,
            vectors.allSatisfy({ $0.count == dimensions })
        else { return nil }
        self.dimensions = dimensions
        count = vectors.count
        values = Array(vectors.joined())
    }

    /// Vectors that lie one behind the other; nil where they do not fill their dimensions.
    package init?(dimensions: Int, values: [Float]) {
        guard dimensions > 0, dimensions % 8 == 0, !values.isEmpty, values.count % dimensions == 0 else { return nil }
        self.dimensions = dimensions
        self.values = values
        count = values.count / dimensions
    }

    /// The cosine of each vector with another of length one, in their order.
    package func similarities(to vector: [Float]) -> [Float] {
        guard vector.count == dimensions else { return Array(repeating: 0, count: count) }
        return [Float](unsafeUninitializedCapacity: count) { similarities, written in
            values.withUnsafeBytes { values in
                vector.withUnsafeBytes { vector in
                    for row in 0..<count {
                        similarities[row] = VectorIndex.dot(
                            values,
                            row &* dimensions &* 4,
                            vector,
                            dimensions
                        )
                    }
                }
            }
            written = count
        }
    }

    @inline(__always)
    private static func dot(
        _ values: UnsafeRawBufferPointer,
        _ start: Int,
        _ vector: UnsafeRawBufferPointer,
        _ dimensions: Int
    ) -> Float {
        var sums = SIMD8<Float>.zero
        for offset in stride(from: 0, to: dimensions &* 4, by: 32) {
            sums +=
                values.loadUnaligned(fromByteOffset: start &+ offset, as: SIMD8<Float>.self)
                * vector.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
        }
        return sums.sum()
    }
}
