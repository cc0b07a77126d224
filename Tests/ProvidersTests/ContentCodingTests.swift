import Foundation
import Statistics
import Testing

@testable import Providers

@Suite struct ContentCodingTests {
    private static let text =
        #"{"model":"claude-opus-4-8","max_tokens":16,"messages":[{"role":"user","content":"hello hello hello hello"}]}"#
    /// `0:0,1:1,2:4,…`, the squares modulo 977: unlike enough for a code of its own.
    private static let squares = (0..<120).map { "\($0):\($0 * $0 % 977)," }.joined()

    /// As zlib 1.3 writes them; the last is two files packed one behind the other, the first with its name.
    private static let samples: [(ContentCoding, String, String)] = [
        // A block with the code that is given, one that is stored, and one with a code of its own.
        (
            .gzip,
            "H4sIAAAAAAACA6tWys1PSc1RslJKzkksTUnVzS8oLdY10bVQ0lHKTayIL8nPTs0rVrIyNAPyU4uLE9NTgbzoaqWi/JxUoK7S4tQioNLk/LyS1LwSoEBGak5OvgIGqVQbWwsAZpNZ62wAAAA=",
            text
        ),
        (
            .gzip,
            "H4sIAAAAAAAEAwFsAJP/eyJtb2RlbCI6ImNsYXVkZS1vcHVzLTQtOCIsIm1heF90b2tlbnMiOjE2LCJtZXNzYWdlcyI6W3sicm9sZSI6InVzZXIiLCJjb250ZW50IjoiaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8ifV19ZpNZ62wAAAA=",
            text
        ),
        (
            .gzip,
            """
            H4sIAAAAAAACAx2SyRXEMAxCG9LB2pf+C5ufOeURWxgQ757oqdiF+K3EaUmepdR5SV+szFXI3qjoO30MMGEgO40QdWZWlNEtUYaZ\
            1oID1GfD2ZwbNxdO3noXsJheBIinJ8T80lYsLrvE8goWq6sP9fV3NtffTaQw5+8WFtdbOB2WFkeKmjhSesWREiOOEwX1+XI2F8XN\
            vUR7PN5xCb1+IOOBlvCbNom4TRLJa5UoTPIPP5kS+MknsThoyQcXqSk5gSDhLCHhZkLCXOZtSBLK4x9KdCRR4i6JEu4XSkixULIg\
            u1WX8sNbYWdGKhlrqeJRUF+ykSITNlZkki7NflKa9ZB929mutHM/pAl2VRo38aTr5kNNvtLDykya7ZDa4MZHBjdMj92gf9jOk4kz\
            FAxCpmQK4SCW45wN60iZpSEp+9g7pWHFBTKSGVkiwfAGvmVZjpssbljAIgQbO7RMZVHylQ0SmPXB8sfQOC16Hw+lenFf7x5MPXyh\
            +rr2EPSML4pQqw9J6FTK65RJaW/uh7FmX5kJmXH6a0txKXB+XaXBnR9uOsWHkOKbZufj8gMHeaYqOAMAAA==
            """,
            squares
        ),
        (
            .deflate,
            "eNpli0EKgDAMBL8iOduDICL9iogUXRRMG2laEMS/m7uXgRl2H4qygcnTyqFucHJVdb0bqaUY7qXIiaTku8EcqmGH2fRQFoa9qiLbdJVUkIqFA8zS/Ejv/H6oFCS8",
            text
        ),
        // Without zlib's frame.
        (
            .deflate,
            "ZYtBCoAwDAS/IjnbgyAi/YqIFF0UTBtpWhDEv5u7l4EZdh+KsoHJ08qhbnByVXW9G6mlGO6lyImk5LvBHKphh9n0UBaGvaoi23SVVJCKhQPM0vxI7/x+",
            text
        ),
        (
            .gzip,
            "H4sICAAAAAAC/2EuanNvbgCrVsrNT0nNUbJSSs5JLE1J1c0vKC3WNdG1UNJRyk2siC/Jz07NK1ayMjQD8lOLixPTAfI7NQwyAAAAH4sIAAAAAAAC/0stVrKKrlYqys9JVbJSKi1OLVLSUUrOzytJzSsBCmSk5uTkK2CQSrWxtQDnol3dOgAAAA==",
            text
        ),
    ]

    private func decoded(_ coding: ContentCoding, _ bytes: [UInt8], limit: Int = 1 << 20) throws -> String {
        String(decoding: try bytes.withUnsafeBytes { try coding.decoded($0, limit: limit) }, as: UTF8.self)
    }

    private func bytes(_ base64: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: base64))) }

    @Test(arguments: samples)
    func `what zlib packed is as it was`(coding: ContentCoding, packed: String, text: String) throws {
        let packed = try bytes(packed)
        #expect(try decoded(coding, packed) == text)
        #expect(try decoded(coding, packed, limit: text.utf8.count) == text)
        #expect(throws: ContentCoding.Fault.tooLong) { try decoded(coding, packed, limit: text.utf8.count - 1) }
    }

    @Test(arguments: samples)
    func `a byte short is damaged, wherever it ends`(coding: ContentCoding, packed: String, text: String) throws {
        let packed = try bytes(packed)
        for count in 0..<packed.count {
            let part = Array(packed[..<count])
            // The first of two files is whole.
            if let first = try? decoded(coding, part) {
                #expect(text.hasPrefix(first) && first.utf8.count < text.utf8.count)
            }
        }
    }

    @Test func `changed bits are found, or change nothing`() throws {
        var random = SeededGenerator(seed: 1)
        for (coding, packed, text) in Self.samples where coding == .gzip {
            let packed = try bytes(packed)
            for _ in 0..<2000 {
                var changed = packed
                changed[random.nextIndex(below: changed.count)] ^= 1 << UInt8(random.nextIndex(below: 8))
                if let read = try? decoded(coding, changed, limit: 10_000) { #expect(read == text) }
            }
        }
    }

    @Test func `bytes of any kind are read or refused`() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<3000 {
            let bytes = (0..<random.nextIndex(below: 200)).map { _ in UInt8(random.nextIndex(below: 256)) }
            _ = try? decoded(.deflate, bytes, limit: 10_000)
            let header: [UInt8] = [0x1F, 0x8B, 8, bytes.first ?? 0, 0, 0, 0, 0, 0, 3]
            _ = try? decoded(.gzip, header + bytes, limit: 10_000)
        }
    }

    @Test(arguments: ["br", "zstd", "identity", "", "gzip, deflate"])
    func `other codings are not known`(name: String) { #expect(ContentCoding(name: name) == nil) }
}
