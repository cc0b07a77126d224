package import Domain

extension TrainingRows {
    /// Rows to learn from which requests come out worse on a cheaper model, rather than by how much on the mean.
    ///
    /// A certificate counts only requests that come out worse; those that come out better do not make up for them. A scorer
    /// of these rows, fitted like any other, expects ``Claim/Row/gap`` as the chance to come out worse, and sorting by
    /// that sends the most requests for a given risk (Neyman and Pearson, 1933). Rows without a score of both are left out.
    package func comingOutWorse(on cheaper: ModelID, than stronger: ModelID, by claim: Claim) -> TrainingRows? {
        guard let low = models.firstIndex(of: cheaper), let high = models.firstIndex(of: stronger), low != high else {
            return nil
        }
        let known = scores.indices.filter { scores[$0][low].isFinite && scores[$0][high].isFinite }
        var worse = rows(known)
        worse.models = [cheaper, stronger]
        worse.meanCost = [meanCost[low], meanCost[high]]
        worse.scores = known.map { row in
            [
                claim.isWorse(Claim.Row(gap: 0, cheaperScore: scores[row][low], strongerScore: scores[row][high]))
                    ? 0 : 1, 1,
            ]
        }
        return worse
    }
}
