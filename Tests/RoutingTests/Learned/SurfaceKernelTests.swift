import Domain
import Statistics
import Testing

@testable import Routing

@Suite struct SurfaceKernelTests {
    @Test func `learns a region of the surface that no direction tells`() throws {
        var generator = SeededGenerator(seed: 1)
        let points = (0..<400).map { _ in
            [Float(generator.nextUnit() * 2 - 1), Float(generator.nextUnit() * 2 - 1)]
        }
        let rows = TrainingRows(
            models: [ModelID("strong"), ModelID("weak")],
            prompts: points.map { PromptFeatures(surface: $0, terms: [], embedding: []) },
            scores: points.map { [1, $0[0] * $0[1] > 0 ? 1 : 0] },
            meanCost: [nil, nil]
        )
        let kernel = try #require(SurfaceKernel(fitting: rows, seed: 1))
        let ridge = try #require(SurfaceRidge(fitting: rows, seed: 1))
        func gain(_ scorer: some Scorer, _ x: Float, _ y: Float) -> Double {
            let scores = scorer.expectedScores(for: PromptFeatures(surface: [x, y], terms: [], embedding: []))
            return scores[0] - scores[1]
        }
        #expect(gain(kernel, 0.7, -0.7) > gain(kernel, 0.7, 0.7) + 0.2)
        #expect(gain(kernel, -0.7, 0.7) > gain(kernel, -0.7, -0.7) + 0.2)
        #expect(abs(gain(ridge, 0.7, -0.7) - gain(ridge, 0.7, 0.7)) < 0.1)
    }

    @Test func `features of another length than it was fitted to say nothing`() {
        #expect(FourierFeatures(inputs: 3).values(of: [1, 2]) == Array(repeating: 0, count: FourierFeatures.count))
    }
}
