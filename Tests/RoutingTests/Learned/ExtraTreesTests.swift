import Domain
import Statistics
import Testing

@testable import Routing

@Suite struct ExtraTreesTests {
    /// The weak model does well where either of two features is large, but not where both are.
    private func rows(_ count: Int = 400, known: (Int) -> Bool = { _ in true }) -> TrainingRows {
        var generator = SeededGenerator(seed: 1)
        let points = (0..<count).map { _ in
            [Float(generator.nextUnit() * 2 - 1), Float(generator.nextUnit() * 2 - 1)]
        }
        return TrainingRows(
            models: [ModelID("strong"), ModelID("weak")],
            prompts: points.map { PromptFeatures(surface: $0, terms: [], embedding: []) },
            scores: points.enumerated().map { [1, known($0) ? $1[0] * $1[1] > 0 ? 1 : 0 : .nan] },
            meanCost: [nil, nil]
        )
    }

    private func gap(_ scorer: some Scorer, _ x: Float, _ y: Float) -> Double {
        let scores = scorer.expectedScores(for: PromptFeatures(surface: [x, y], terms: [], embedding: []))
        return scores[0] - scores[1]
    }

    @Test func `learns what two features say only together`() throws {
        let trees = try #require(ExtraTrees(fitting: rows(), seed: 1))
        #expect(gap(trees, 0.6, -0.6) > gap(trees, 0.6, 0.6) + 0.25)
        #expect(gap(trees, -0.6, 0.6) > gap(trees, -0.6, -0.6) + 0.25)
    }

    @Test func `a model without results in a leaf is taken for what the prompts are for all`() throws {
        let trees = try #require(ExtraTrees(fitting: rows(known: { _ in false }), seed: 1))
        #expect(gap(trees, 0.6, -0.6) == 0)
    }

    @Test func `a leaf's mean is of at least ten rows, and so too few rows say the mean`() throws {
        let few = rows(19)
        let trees = try #require(ExtraTrees(fitting: few, seed: 1))
        #expect(trees.forest.nodes.allSatisfy { $0.feature == RegressionForest.leaf })
        let weak = mean(few.scores.map { $0[1] })
        #expect(abs(gap(trees, 0.6, -0.6) - (1 - weak)) < 1e-6)
    }

    @Test func `rows that are all alike grow trees without a branch`() throws {
        var rows = rows()
        for index in rows.prompts.indices { rows.prompts[index].surface = [1, 2] }
        let trees = try #require(ExtraTrees(fitting: rows, seed: 1))
        #expect(trees.forest.nodes.count == trees.forest.roots.count)
    }

    @Test func `words that stand together point in one direction`() throws {
        let texts = (0..<40).map { $0 % 2 == 0 ? "solve the equation for x" : "paint a picture of rain" }
        let prompts = texts.enumerated().map { PromptFeatures(of: "\($1) \($0 / 4)", embedding: nil) }
        let topics = try #require(LatentDirections(fitting: prompts))
        func nearness(_ a: String, _ b: String) -> Float {
            let (a, b) = (
                topics.position(of: PromptFeatures(of: a, embedding: nil)),
                topics.position(of: PromptFeatures(of: b, embedding: nil))
            )
            return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        }
        #expect(nearness("solve", "equation") > nearness("solve", "picture") + 0.01)
        #expect(nearness("paint", "rain") > nearness("paint", "equation") + 0.01)
    }

    @Test func `prompts that share no word have no directions`() {
        let prompts = ["one", "two", "three"].map { PromptFeatures(of: $0, embedding: nil) }
        #expect(LatentDirections(fitting: prompts) == nil)
    }

    /// A branch to itself, one out of the forest, one for a feature that is none, and a leaf without values.
    private static let unsound: [(UInt32, UInt32)] = [(0, 0), (0, 9), (7, 2), (RegressionForest.leaf, 5)]

    @Test(arguments: unsound)
    func `a forest that cannot be walked is none`(feature: UInt32, next: UInt32) {
        let leaf = RegressionForest.Node(feature: RegressionForest.leaf, threshold: 0, next: 0)
        let nodes = [RegressionForest.Node(feature: feature, threshold: 0, next: next), leaf, leaf]
        #expect(RegressionForest(nodes: nodes, roots: [0], values: [0, 0], targets: 2, inputs: 2) == nil)
    }
}
