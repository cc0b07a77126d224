/// Kernel ridge regression on what stands on the surface of a prompt, by random Fourier features.
///
/// A kind of task is a region of the surface (short questions without a mark, long ones with options) rather than a
/// direction. It needs more rows than ``SurfaceRidge`` and says little outside of the domains that it has seen.
package struct SurfaceKernel: Scorer {
    package static let name = "surfaceKernel"

    var scale: FeatureScale
    var scores: LinearScores
    private let fourier: FourierFeatures

    package init?(fitting rows: TrainingRows, seed: UInt64) {
        self.init(fitting: rows, ScoreDecomposition(rows))
    }

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition) {
        guard rows.prompts.count > 1, !rows.models.isEmpty else { return nil }
        let scale = FeatureScale(fitting: rows.prompts.map(\.surface))
        let fourier = FourierFeatures(inputs: scale.mean.count)
        let features = DenseMatrix(rows.prompts.map { fourier.values(of: scale.scaled($0.surface)) })
        self.init(
            scale: scale,
            scores: LinearScores(
                RidgeRegression(features, targets: decomposition.targets) { _ in SurfaceKernel.penalty },
                decomposition
            )
        )
    }

    init(scale: FeatureScale, scores: LinearScores) {
        self.scale = scale
        self.scores = scores
        fourier = FourierFeatures(inputs: scale.mean.count)
    }

    private static let penalty = 100.0

    package func expectedScores(for prompt: PromptFeatures) -> [Double] {
        scores.expectedScores(for: fourier.values(of: scale.scaled(prompt.surface)))
    }
}
