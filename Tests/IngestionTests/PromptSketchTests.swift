import JSONText
import Testing

@testable import Ingestion

@Suite struct PromptSketchTests {
    /// The share of places two prompts' sketches have in common.
    private func likeness(_ a: String, _ b: String) -> Double {
        let sketches = [a, b].map(sketch)
        return Double(zip(sketches[0], sketches[1]).count(where: { $0 == $1 })) / Double(PromptSketch.size)
    }

    private func sketch(_ text: String) -> [UInt32] {
        Array("\"\(text)\"".utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            return scanner.text().map(PromptSketch.of) ?? []
        }
    }

    @Test(arguments: ["", " ", "...", "\\n"])
    func `a prompt without words has none`(text: String) {
        #expect(sketch(text).isEmpty)
    }

    @Test(arguments: ["a", "two words", "one two three four five six seven eight nine"])
    func `a prompt is like itself, whatever its case and punctuation`(text: String) {
        #expect(sketch(text).count == PromptSketch.size)
        #expect(likeness(text, text.uppercased()) == 1)
        #expect(likeness(text, text.replacing(" ", with: ",\\n ") + "!") == 1)
    }

    @Test func `near repeats are alike and others are not`() {
        let words = (0..<60).map { "word\($0)" }
        let text = words.joined(separator: " ")
        #expect(likeness(text, text + " please") > 0.7)
        #expect(likeness(text, (60..<120).map { "word\($0)" }.joined(separator: " ")) < 0.2)
        #expect(likeness("mend the failing test in the parser", "write a poem about the sea and ships") < 0.3)
    }
}
