package import Foundation

/// Places texts in a space where the like lie near each other: the mean of a fixed vector a token.
///
/// No model runs: a text costs as many additions of rows as it has tokens. Made for the table of the `wordllama`
/// package, 32,000 rows of 256 half-precision numbers, which is mapped into memory and read where it lies.
package struct StaticEmbedding: Sendable {
    package let dimensions: Int
    private let tokenizer: BytePairTokenizer
    private let table: Data
    private let firstRow: Int
    private let rows: Int

    /// - Parameters:
    ///   - safetensors: a file with one tensor of type F16, a row a token.
    ///   - tokenizer: cuts texts into the table's tokens.
    /// - Throws: ``EmbeddingError/notATable(_:)``.
    package init(safetensors: Data, tokenizer: BytePairTokenizer) throws(EmbeddingError) {
        let layout = try safetensors.withUnsafeBytes { bytes in
            Result { () throws(EmbeddingError) in try SafetensorsHeader(bytes) }
        }.get()
        guard layout.columns % StaticEmbedding.lanes == 0 else {
            throw .notATable("its rows are no multiple of \(StaticEmbedding.lanes) long")
        }
        table = safetensors
        dimensions = layout.columns
        rows = layout.rows
        firstRow = layout.start
        self.tokenizer = tokenizer
    }

    /// The mean of the rows of a text's tokens, brought to length one; zeros for a text without tokens.
    package func vector(of text: [UInt8]) -> [Float] {
        var sum = [Float](repeating: 0, count: dimensions)
        let tokens = text.withUnsafeBufferPointer { tokenizer.tokens(of: $0) }
        // A text says the same words again and again: a row is fetched once.
        var counts = [UInt16](repeating: 0, count: rows)
        for token in tokens where token < rows && counts[Int(token)] < .max { counts[Int(token)] += 1 }
        table.withUnsafeBytes { table in
            sum.withUnsafeMutableBufferPointer { sum in
                for token in tokens where token < rows && counts[Int(token)] > 0 {
                    add(row: Int(token), times: Float(counts[Int(token)]), of: table, to: sum)
                    counts[Int(token)] = 0
                }
            }
        }
        // The mean and the sum have one direction.
        return sum.scaledToLengthOne()
    }

    private static var lanes: Int { 8 }

    @inline(__always)
    private func add(
        row: Int,
        times count: Float,
        of table: UnsafeRawBufferPointer,
        to sum: UnsafeMutableBufferPointer<Float>
    ) {
        let start = firstRow &+ row &* dimensions &* 2
        let target = UnsafeMutableRawBufferPointer(sum)
        for column in stride(from: 0, to: dimensions, by: StaticEmbedding.lanes) {
            let half = table.loadUnaligned(fromByteOffset: start &+ column &* 2, as: SIMD8<UInt16>.self)
            var place = target.loadUnaligned(fromByteOffset: column &* 4, as: SIMD8<Float>.self)
            place += single(half) * count
            target.storeBytes(of: place, toByteOffset: column &* 4, as: SIMD8<Float>.self)
        }
    }

    /// Half-precision numbers as single ones.
    ///
    /// The bits are moved to their places and the exponent's bias mended by a multiplication, which also takes care of
    /// subnormals. Infinities, which no table holds, become large numbers.
    @inline(__always)
    private func single(_ half: SIMD8<UInt16>) -> SIMD8<Float> {
        let wide = SIMD8<UInt32>(truncatingIfNeeded: half)
        let magnitude = unsafeBitCast((wide & 0x7FFF) &<< 13, to: SIMD8<Float>.self) * 0x1p112
        let bits = unsafeBitCast(magnitude, to: SIMD8<UInt32>.self) | (wide & 0x8000) &<< 16
        return unsafeBitCast(bits, to: SIMD8<Float>.self)
    }
}

extension [Float] {
    /// The vector of the same direction and length one; zeros stay zeros.
    package func scaledToLengthOne() -> [Float] {
        let length = reduce(into: 0.0) { $0 += Double($1) * Double($1) }.squareRoot()
        guard length > 0, length.isFinite else { return self }
        let scale = Float(1 / length)
        return map { $0 * scale }
    }
}
