import Domain
import Routing
import Similarity
import Testing

@Suite struct PromptFeaturesTests {
    @Test(arguments: [
        ("What is 2 + 2?\nA. 3\nB. 4", " WHAT is  2 + 2?\r\n\r\nA. 3\tB. 4 "),
        ("Straße nach Köln", "STRASSE\u{00A0}NACH KÖLN"), ("def f(x): return x", "DEF f(x):\n    RETURN x"),
    ])
    func `white space and case change no feature`(a: String, b: String) {
        #expect(PromptFeatures(of: a, embedding: nil) == PromptFeatures(of: b, embedding: nil))
    }

    @Test(arguments: ["", " ", "?", "1", "🤖", "é", "a.", "(", "((((", "1.", "1,2.3,", "\u{0}", "▁", "日本語", "“x” £5 €6"])
    func `any text has as many surface features as every other, and all are numbers`(text: String) {
        let features = PromptFeatures(of: text, embedding: nil)
        #expect(features.surface.count == PromptFeatures(of: "Say hello", embedding: nil).surface.count)
        #expect(features.surface.allSatisfy { $0.isFinite })
        #expect(features.embedding.isEmpty)
    }

    @Test func `a place stands once, with how often its term does`() {
        let terms = PromptFeatures(of: "go go go stop", embedding: nil).terms
        #expect(Set(terms.map(\.place)).count == terms.count)
        // go ×3, go go ×2, stop, go stop.
        #expect(terms.map(\.weight).sorted() == [1, 1, 2, 3])
    }

    @Test func `every character of a script without spaces is a word`() {
        #expect(PromptFeatures(of: "数学の", embedding: nil).terms.count == 5)
    }

    @Test func `an agent's request differs from a bare prompt of the same words`() {
        var work = WorkSoFar()
        let bare = PromptFeatures(of: "fix it", embedding: nil)
        #expect(PromptFeatures(of: "fix it", embedding: nil, action: ActionFeatures(work)) == bare)
        work.lastResult = .init(bytes: 100, isError: true)
        work.tools = ["Edit", "MultiEdit", "Bash"]
        work.errors = 2
        work.turns = 7
        let features = PromptFeatures(of: "fix it", embedding: nil, action: ActionFeatures(work))
        #expect(features.terms == bare.terms)
        #expect(zip(features.surface, bare.surface).count { $0 != $1 } == 5)
        #expect(
            features.surface.prefix(features.surface.count - ActionFeatures.count).elementsEqual(
                bare.surface.prefix(features.surface.count - ActionFeatures.count)
            )
        )
    }
}
