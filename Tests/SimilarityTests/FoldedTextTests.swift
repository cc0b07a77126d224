import Similarity
import Statistics
import Testing

@Suite struct FoldedTextTests {
    @Test(arguments: [
        ("", ""), (" \t\r\n ", ""), ("  Fix\tthe \n\n Bug ", "fix the bug"), ("STRASSE Straße", "strasse strasse"),
        ("Σίσυφος ΣΊΣΥΦΟΣ", "σίσυφοσ σίσυφοσ"), ("a\u{00A0}\u{2003}b\u{3000}c", "a b c"), ("ﬁne İI", "fine i̇i"),
        ("日本語 🤖", "日本語 🤖"), ("ПРИВЕТ", "привет"), ("Ⓐ Ａ", "ⓐ ａ"),
    ])
    func `case is folded and white space collapsed`(text: String, folded: String) {
        #expect(String(decoding: FoldedText(text).utf8, as: UTF8.self) == folded)
    }

    @Test(arguments: ["Straße", "ΐ ΰ ᾳ ὒ", "Größe ŉ ǰ", "ﬀ ﬃ ﬗ", "ა Ა ꭰ Ꭰ", "DŽ Dž dž", "ϐ θ ϑ ſ K Å"])
    func `a text, its capitals and its small letters fold to the same`(text: String) {
        #expect(FoldedText(text) == FoldedText(text.uppercased()))
        #expect(FoldedText(text) == FoldedText(text.uppercased().lowercased()))
    }

    @Test func `folding a folded text changes nothing, whatever it is made of`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let scalars = (0..<40).compactMap { _ in
                Unicode.Scalar(UInt32(generator.nextIndex(below: generator.nextIndex(below: 2) == 0 ? 0x600 : 0x20000)))
            }
            let folded = FoldedText(String(String.UnicodeScalarView(scalars)))
            #expect(FoldedText(String(decoding: folded.utf8, as: UTF8.self)) == folded)
        }
    }

    @Test func `equal texts have equal hashes, and the hash of a text never changes`() {
        #expect(FoldedText("A  b").stableHash == FoldedText("a B").stableHash)
        #expect(FoldedText("a b").stableHash != FoldedText("ab").stableHash)
        #expect(FoldedText("suffice").stableHash == 5_291_902_394_639_989_234)
    }
}
