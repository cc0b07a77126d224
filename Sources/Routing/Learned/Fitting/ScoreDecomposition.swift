/// Scores taken apart: how good a model is, how hard a prompt is for all, and what is left.
///
/// Learning the parts one by one lets a model with few results share what the others' results say about difficulty: its
/// own column starts from theirs and learns only where it differs.
struct ScoreDecomposition {
    /// By model.
    let means: [Double]
    /// By prompt: how much better than the models' means the models did on it.
    let ease: [Double]
    /// By model, then prompt: what is left of the score; NaN where the model was not asked, or only one was.
    let deviations: [[Double]]

    /// Two-way means, found by alternating; exact at once where every model was asked everything.
    init(_ rows: TrainingRows) {
        let models = rows.models.indices
        var means = models.map { _ in 0.0 }
        var ease = [Double](repeating: 0, count: rows.scores.count)
        for round in 0..<10 {
            for model in models {
                var (sum, count) = (0.0, 0.0)
                for (row, scores) in rows.scores.enumerated() where !scores[model].isNaN {
                    sum += scores[model] - ease[row]
                    count += 1
                }
                if count > 0 { means[model] = sum / count }
            }
            var change = 0.0
            for (row, scores) in rows.scores.enumerated() {
                var (sum, count) = (0.0, 0.0)
                for model in models where !scores[model].isNaN {
                    sum += scores[model] - means[model]
                    count += 1
                }
                let value = count > 0 ? sum / count : 0
                change = max(change, abs(value - ease[row]))
                ease[row] = value
            }
            if round > 0, change < 1e-9 { break }
        }
        // A model nobody asked is taken for an average one.
        let asked = models.filter { model in rows.scores.contains { !$0[model].isNaN } }
        let average = asked.isEmpty ? 0 : asked.reduce(0) { $0 + means[$1] } / Double(asked.count)
        for model in models where !asked.contains(model) { means[model] = average }

        self.means = means
        self.ease = ease
        deviations = models.map { model in
            rows.scores.enumerated().map { row, scores in
                let others = scores.count { !$0.isNaN }
                return others > 1 ? scores[model] - means[model] - ease[row] : .nan
            }
        }
    }

    /// What regressions learn: the ease, then each model's deviations.
    var targets: [[Double]] { [ease] + deviations }

    /// Scores from predictions of ``targets``.
    func scores(_ predictions: [Double]) -> [Double] {
        means.indices.map { means[$0] + predictions[0] + predictions[$0 + 1] }
    }
}
