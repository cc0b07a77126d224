import JSONText
import Testing

@Suite struct UnescapingTests {
    private func raw(_ spelled: String, _ body: (RawText) -> Void) throws {
        try Array(#""\#(spelled)""#.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            let text = scanner.text()
            body(try #require(text))
        }
    }

    @Test(arguments: [
        (#"a\nb\"c\\d\/e"#, "a\nb\"c\\d/e"), (#"\u00e9\ud83d\ude00"#, "é😀"), (#"\ud83d"#, "\u{FFFD}"),
        (#"\u\u\u12"#, "\u{FFFD}\u{FFFD}\u{FFFD}12"), ("", ""), ("plain", "plain"),
    ])
    func `escapes are resolved, and what is none becomes the sign for that`(spelled: String, text: String) throws {
        try raw(spelled) { raw in
            #expect(raw.string == text)
            #expect(raw.unescaped == Array(text.utf8))
        }
    }

    @Test func `a buffer is written from a place on, and grows`() throws {
        var buffer: [UInt8] = Array("keep".utf8)
        try raw(String(repeating: #"\u"#, count: 10_000)) { raw in
            let end = raw.unescape(into: &buffer, at: 4)
            #expect(end == 4 + 30_000)
            #expect(String(decoding: buffer[..<4], as: UTF8.self) == "keep")
        }
        try raw(#"a\tb"#) { raw in
            #expect(raw.unescape(into: &buffer) == 3)
            #expect(String(decoding: buffer[..<3], as: UTF8.self) == "a\tb")
        }
    }
}
