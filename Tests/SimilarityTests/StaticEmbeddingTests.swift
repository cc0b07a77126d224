import Foundation
import Similarity
import Testing

@Suite struct StaticEmbeddingTests {
    @Test func `a text lies in the direction of its tokens' mean`() throws {
        // ▁low is (1, 0, …), ▁lower is (0, 2, …).
        let embedding = try sample([267: [0: 0x3C00], 268: [1: 0x4000]])
        let vector = embedding.vector(of: Array("low lower".utf8))
        #expect(abs(vector[0] - 1 / Float(5).squareRoot()) < 1e-6)
        #expect(abs(vector[1] - 2 / Float(5).squareRoot()) < 1e-6)
        #expect(vector[2...].allSatisfy { $0 == 0 })
    }

    @Test(arguments: [
        (UInt16(0x3C00), Float(1)), (0xC000, -2), (0x0001, 0x1p-24), (0x83FF, -0x1.FF8p-15), (0x7BFF, 65504),
        (0x3555, 0x1.554p-2),
    ])
    func `half-precision numbers are read exactly`(bits: UInt16, value: Float) throws {
        let vector = try sample([267: [0: bits, 1: 0x3C00]]).vector(of: Array("low".utf8))
        #expect(abs(vector[0] / vector[1] - value) <= abs(value) * 1e-6)
    }

    @Test func `a text of unknown tokens has no direction`() throws {
        #expect(try sample([:]).vector(of: Array("low".utf8)) == [Float](repeating: 0, count: 8))
    }

    @Test(arguments: [
        "", "{}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,8],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2,8],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2,4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[9223372036854775807,8],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[-1,-8],\"data_offsets\":[0,16]}}",
    ])
    func `a file that is no such table is named, never a crash`(header: String) throws {
        #expect(throws: EmbeddingError.self) {
            try StaticEmbedding(
                safetensors: Self.file(header, Data(count: 16)),
                tokenizer: TokenizerSample.tokenizer()
            )
        }
    }

    @Test func `a file cut anywhere is named`() throws {
        let whole = Self.file(
            "{\"a\":{\"dtype\":\"F16\",\"shape\":[1,8],\"data_offsets\":[0,16]}}",
            Data(count: 16)
        )
        let tokenizer = try TokenizerSample.tokenizer()
        for count in 0..<whole.count {
            #expect(throws: EmbeddingError.self) {
                try StaticEmbedding(safetensors: Data(whole.prefix(count)), tokenizer: tokenizer)
            }
        }
    }

    /// 271 rows of eight zeros but for the bits named.
    private func sample(_ rows: [Int: [Int: UInt16]]) throws -> StaticEmbedding {
        var numbers = [UInt16](repeating: 0, count: 271 * 8)
        for (row, values) in rows { for (column, bits) in values { numbers[row * 8 + column] = bits.littleEndian } }
        let data = numbers.withUnsafeBytes { Data($0) }
        let header = "{\"a\":{\"dtype\":\"F16\",\"shape\":[271,8],\"data_offsets\":[0,\(271 * 16)]}}"
        return try StaticEmbedding(
            safetensors: Self.file(header, data),
            tokenizer: TokenizerSample.tokenizer()
        )
    }

    private static func file(_ header: String, _ data: Data) -> Data {
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8) + data
    }
}
