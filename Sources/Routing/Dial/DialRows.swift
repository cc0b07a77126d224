package import Domain

/// Results that a dial is calibrated on: rows that the scorer did not learn from.
package struct DialRows: Hashable, Sendable {
    package var models: [ModelID]
    /// By row, then model: what the scorer expected.
    package var expected: [[Double]]
    /// By row, then model: what came out.
    package var scores: [[Double]]
    /// By model: dollars a request on the mean; nil where the data does not say.
    package var costsUSD: [Double?]

    /// Rows with a missing score are left out, as they would compare models on different requests.
    package init(models: [ModelID], expected: [[Double]], scores: [[Double]], costsUSD: [Double?]) {
        self.models = models
        let whole = zip(expected, scores).filter { row in
            row.0.count == models.count && row.1.count == models.count && row.0.allSatisfy(\.isFinite)
                && row.1.allSatisfy(\.isFinite)
        }
        self.expected = whole.map(\.0)
        self.scores = whole.map(\.1)
        self.costsUSD = costsUSD
    }

    package var count: Int { scores.count }

    /// By row: the score of the model that a rule chooses.
    func qualities(under rule: DialRule) -> [Double] {
        zip(expected, scores).compactMap { expected, scores in
            rule.model(expecting: expected, of: models).flatMap(models.firstIndex).map { scores[$0] }
        }
    }

    func meanScore(_ model: Int) -> Double { scores.reduce(0) { $0 + $1[model] } / Double(max(1, count)) }

    /// The model with the best mean score; of equals the first.
    var best: Int? {
        models.indices.max { (meanScore($0), -$0) < (meanScore($1), -$1) }
    }

    /// Dollars a request for all models, or nil.
    var knownCosts: [Double]? {
        let known = costsUSD.compactMap(\.self).filter { $0.isFinite && $0 >= 0 }
        return known.count == models.count ? known : nil
    }
}
