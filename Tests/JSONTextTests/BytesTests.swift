import JSONText
import Statistics
import TestSupport
import Testing

@Suite struct BytesTests {
    private static let hard: [UInt8] = [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    private func isValid(_ bytes: [UInt8], in guarded: borrowing GuardedBytes) -> Bool {
        isValidUTF8(guarded.place(bytes))
    }

    @Test func `three bytes at each edge of UTF-8 are judged as the library judges them`() throws {
        let guarded = GuardedBytes(capacity: 64)
        for a in BytesTests.hard {
            for b in BytesTests.hard {
                for c in BytesTests.hard {
                    for bytes in [[a, b], [a, b, c]] {
                        let expected = String(validating: bytes, as: UTF8.self) != nil
                        try #require(isValid(bytes, in: guarded) == expected, "\(bytes)")
                    }
                }
            }
        }
    }

    @Test(arguments: [0xE0, 0xED, 0xF0, 0xF1, 0xF4, 0xF5] as [UInt8])
    func `and so are four`(first: UInt8) throws {
        let guarded = GuardedBytes(capacity: 64)
        for second in BytesTests.hard {
            for third in [0x41, 0x80, 0xBF, 0xC2] as [UInt8] {
                for fourth in [0x41, 0x80, 0xBF, 0xC2] as [UInt8] {
                    let bytes = [first, second, third, fourth]
                    let expected = String(validating: bytes, as: UTF8.self) != nil
                    try #require(isValid(bytes, in: guarded) == expected, "\(bytes)")
                }
            }
        }
    }

    @Test func `one wrong byte anywhere in a long text is found`() throws {
        let guarded = GuardedBytes(capacity: 4096)
        var random = SeededGenerator(seed: 3)
        let pieces = ["a", "plain ASCII of some length", "é", "中", "🙂"]
        for _ in 0..<300 {
            let text = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            var bytes = Array(text.utf8)
            var isWhole = isValid(bytes, in: guarded)
            #expect(isWhole)
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            isWhole = isValid(bytes, in: guarded)
            try #require(isWhole == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
        }
    }

    /// Hashes are stored: a change here makes every database forget which calls it has seen.
    @Test(
        arguments: [
            (0, 0, 0x3370_0587_D498_A3C0),
            (1, 0, 0x7D5E_EE61_4DAB_03F2),
            (8, 0, 0xC84D_EE76_8E30_3E7B),
            (15, 0, 0xAB54_4E1C_9131_3F45),
            (16, 0, 0x0F45_798F_2539_086D),
            (63, 0, 0x6FF3_FE1E_EBF1_DCB6),
            (64, 0, 0x9C32_A386_DA5C_AF58),
            (65, 0, 0xCBD8_0958_F423_4FB0),
            (200, 0, 0xD871_6B71_BD4E_8ADF),
            (200, 7, 0xAC33_B9CB_93DD_2084),
        ] as [(Int, UInt64, UInt64)]
    )
    func `the stored hash never changes`(count: Int, seed: UInt64, hash: UInt64) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }
        let guarded = GuardedBytes(capacity: 256)
        #expect(stableHash(guarded.place(bytes), seed: seed) == hash)
    }

    @Test func `a text is hashed as its bytes are`() {
        let text = "msg_01G5é"
        #expect(stableHash(text) == Array(text.utf8).withUnsafeBytes { stableHash($0) })
        #expect(stableHash("") == stableHash(UnsafeRawBufferPointer(start: nil, count: 0)))
    }

    @Test func `no two of many texts that differ a little share a hash`() {
        var hashes: Set<UInt64> = []
        var texts = 0
        for length in 0..<70 {
            var bytes = [UInt8](repeating: 0, count: length)
            for index in -1..<length {
                if index >= 0 { bytes[index] = 1 }
                hashes.insert(bytes.withUnsafeBytes { stableHash($0) })
                if index >= 0 { bytes[index] = 0 }
                texts += 1
            }
        }
        #expect(hashes.count == texts)
    }

    @Test(arguments: [("", nil, nil), ("abc", nil, nil), ("\n", 0, 0), ("a\nb\nc", 1, 3)] as [(String, Int?, Int?)])
    func `line feeds are found from both ends`(text: String, first: Int?, last: Int?) {
        let guarded = GuardedBytes(capacity: 64)
        let bytes = guarded.place(Array(text.utf8))
        #expect(firstLineFeed(in: bytes) == first)
        #expect(lastLineFeed(in: bytes) == last)
    }
}
