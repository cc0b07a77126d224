import Domain
import Evaluation
import Routing
import Testing

@Suite struct ParaphraseTests {
    private static let cases: [(rule: Paraphrase, text: String, other: String?)] = [
        (.synonyms, "Show the car. Why?", "Display the automobile. Why?"),
        (.synonyms, "Showing a card", nil),
        (.wordOrder, "One is two. Why? Say it", "Say it One is two. Why?"),
        (.wordOrder, "What is 3.5 and 2", nil),
        (.wordOrder, "A b. C d.\nA. B.", "C d. A b.\nA. B."),
        (.politeness, "x", "Hello! Could you please help me with this?\nx\nThank you very much."),
    ]

    @Test(arguments: cases)
    func `a rule says the same otherwise, or nothing`(rule: Paraphrase, text: String, other: String?) {
        #expect(rule.applied(to: text) == other)
    }

    @Test func `a comparison says how often its scorer sends a paraphrase elsewhere`() throws {
        var plan = Comparison.Plan(
            scorers: [LexicalRidge.self],
            features: { text, _ in PromptFeatures(of: text, embedding: nil) },
            division: .folds(3)
        )
        let rows = (0..<90).map { index in
            RatedPrompt(
                id: "\(index)",
                prompt: index % 2 == 0 ? "Show me item \(index). Then stop." : "Prove lemma \(index)",
                results: [
                    .init(model: ModelID("a"), score: index % 2 == 0 ? 1 : 0), .init(model: ModelID("b"), score: 1),
                ]
            )
        }
        #expect(try Comparison(plan, training: rows).flips.isEmpty)
        plan.paraphrased = LexicalRidge.self
        let flips = try Comparison(plan, training: rows).flips
        #expect(flips.map(\.paraphrase) == Paraphrase.allCases)
        #expect(flips.allSatisfy { $0.flipped <= $0.prompts } && flips[0].prompts == 30)
    }
}
