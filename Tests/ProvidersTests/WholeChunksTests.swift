import Testing

@testable import Providers

@Suite struct WholeChunksTests {
    private func bodies(_ text: String) -> [String]? {
        Array(text.utf8).withUnsafeBytes { bytes in
            WholeChunks(bytes).map { chunks in
                var found: [String] = []
                chunks.eachChunk { found.append(String(decoding: $0, as: UTF8.self)) }
                #expect(found.last == String(decoding: chunks.last, as: UTF8.self))
                #expect(chunks.bytes.elementsEqual(bytes))
                return found
            }
        }
    }

    @Test(arguments: [
        ("5\r\nhello\r\n", ["hello"]), ("1\r\n\n\r\n", ["\n"]),
        ("5\r\nhello\r\n00C\r\n, new world!\r\n", ["hello", ", new world!"]),
        ("2\r\n\r\n\r\n", ["\r\n"]),
    ])
    func `whole chunks are handed over in their order`(text: String, expected: [String]) {
        #expect(bodies(text) == expected)
    }

    @Test(arguments: [
        "", "5", "5\r\n", "5\r\nhell", "5\r\nhello", "5\r\nhello\r", "5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n",
        "5;a=b\r\nhello\r\n", "5\r\nhello!\r\n", "5\r\nhello\r\n5\r\nhel", "x\r\nhello\r\n", "5\nhello\n",
        "fffffffffffff\r\nhello\r\n",
    ])
    func `anything else is left to whoever reads byte by byte`(text: String) { #expect(bodies(text) == nil) }
}
