import Similarity
import Testing

@Suite struct BytePairTokenizerTests {
    @Test(arguments: [
        ("", []), ("low", [267]), (" low", [256, 267]), ("low lower", [267, 268]), ("slow", [256, 261, 266]),
        ("lo  w", [265, 256, 256, 260]), ("wol", [256, 260, 259, 258]), ("é", [256, 0xC3, 0xA9]),
        ("low</s>low", [267, 269, 267]), ("▁low", [256, 267]),
    ])
    func `the pairs learned first are joined first`(text: String, tokens: [UInt32]) throws {
        #expect(try tokenizer().tokens(of: text) == tokens)
    }

    @Test(arguments: [
        "", "{", "[]", "{\"model\":{\"vocab\":{},\"merges\":[]}}",
        TokenizerSample.json.replacing("\"byte_fallback\":true", with: "\"byte_fallback\":false"),
        TokenizerSample.json.replacing("\"l o\"", with: "\"l x\""),
        TokenizerSample.json.replacing("\"<0x41>\":65", with: "\"<0xQQ>\":65"),
        TokenizerSample.json.replacing("\"pre_tokenizer\":null", with: "\"pre_tokenizer\":{\"type\":\"Whitespace\"}"),
        String(TokenizerSample.json.dropLast(40)),
    ])
    func `what is no such tokenizer is named, never a crash`(json: String) {
        #expect(throws: EmbeddingError.self) { try TokenizerSample.tokenizer(json) }
    }

    private func tokenizer() throws -> BytePairTokenizer { try TokenizerSample.tokenizer() }
}

/// A vocabulary of 256 bytes, `▁`, six letters and a few words.
enum TokenizerSample {
    static let json: String = {
        let bytes = (0..<256).map { "\"<0x\($0 < 16 ? "0" : "")\(String($0, radix: 16, uppercase: true))>\":\($0)" }
        let texts = ["▁", "e", "l", "o", "w", "s", "r", "er", "lo", "▁lo", "low", "▁low", "▁lower", "</s>"]
        let vocabulary = bytes + texts.enumerated().map { "\"\($1)\":\(256 + $0)" }
        let merges = ["l o", "▁ lo", "lo w", "▁lo w", "e r", "▁low er"].map { "\"\($0)\"" }
        return """
            {"added_tokens":[{"id":269,"content":"</s>"}],
            "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"}]},"pre_tokenizer":null,
            "model":{"type":"BPE","byte_fallback":true,"vocab":{\(vocabulary.joined(separator: ","))},
            "merges":[\(merges.joined(separator: ","))]}}
            """
    }()

    static func tokenizer(_ json: String = json) throws -> BytePairTokenizer {
        var json = json
        return try json.withUTF8 { try BytePairTokenizer(json: UnsafeRawBufferPointer($0)) }
    }
}
