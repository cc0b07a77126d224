import Testing

@testable import Routing

@Suite struct FamiliarityTests {
    private let rows = TrainingRows(RatedSamples.rated(200), embedding: nil)

    @Test func `the surface decides alone where a prompt looks like no training row`() throws {
        let scale = FeatureScale(fitting: rows.prompts.map(\.surface))
        let familiarity = Familiarity(fitting: rows, scale)
        func share(_ text: String) -> Double {
            familiarity.shareOfSurface(for: PromptFeatures(of: text, embedding: nil), scale)
        }
        #expect(share(RatedSamples.rated(1, seed: 8)[0].prompt) < 0.1)
        #expect(share("int main() { return x[0] + 12.5 * y; } // $5, 20%? \"no\"") > 0.9)
        let mean = rows.prompts.map { familiarity.shareOfSurface(for: $0, scale) }.reduce(0, +) / 200
        #expect(mean < 0.06)
    }

    @Test func `without rows nothing is strange`() {
        let scale = FeatureScale(mean: [0], spread: [1])
        let none = TrainingRows(models: [], prompts: [], scores: [], meanCost: [])
        let prompt = PromptFeatures(surface: [9], terms: [], embedding: [])
        #expect(Familiarity(fitting: none, scale).shareOfSurface(for: prompt, scale) == 0)
    }
}
